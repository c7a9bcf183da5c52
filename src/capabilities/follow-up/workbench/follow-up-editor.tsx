import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App, Input } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { uuidv7 } from 'uuidv7';
import type { FollowUpClass } from '#clinical/follow-up/follow-up-class.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { validateAnswers } from '#kernel/form-validate.ts';
import { ageInYears, plainDate } from '#kernel/plain-date.ts';
import { ApiProblem, callApi } from '#platform/browser/api-client.ts';
import { dropDraft, keepDraft, readDraft } from '#platform/browser/draft-store.ts';
import { FormScreen } from '#platform/browser/form-renderer/form-screen.tsx';
import { SaveBar } from '#platform/browser/form-renderer/save-bar.tsx';
import { useActor } from '#platform/browser/session.tsx';
import type { EndpointResponse } from '#standards/endpoint.ts';
import { hypertensionFollowUp2017 } from '#standards/forms/hypertension-follow-up/2017.ts';
import { correctFollowUp, type FollowUpRecord, type prepareFollowUp, recordFollowUp } from '../contract.ts';
import { evaluateHypertensionFollowUp } from '../domain/evaluate-hypertension-follow-up.ts';
import { CrisisBanner, JudgementPanel } from './judgement-panel.tsx';

interface EditorProps {
  readonly residentId: string;
  readonly start: EndpointResponse<typeof prepareFollowUp>;
  readonly corrected?: FollowUpRecord;
}

interface SheetDraft {
  readonly answers: FormAnswers;
  readonly touched: readonly string[];
  readonly operationId: string;
  readonly recordId: string;
  readonly laterReason: string;
  readonly correctionReason: string;
}

/** Fields the rules propose until the doctor decides otherwise. */
const proposedFields = ['visitClass', 'nextVisitDate'] as const;

/** The sheet being filled: live judgement beside it, kept as a draft until the server has it. */
export function FollowUpEditor({ residentId, start, corrected }: EditorProps) {
  const actor = useActor();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message } = App.useApp();
  const draftName = `follow-up:${residentId}:${corrected?.recordId ?? 'new'}`;
  const [draft, setDraft] = useState<SheetDraft>(
    () => readDraft<SheetDraft>(draftName)?.content ?? freshDraft(start, corrected, actor.name, actor.today),
  );
  const [problem, setProblem] = useState<ApiProblem>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    keepDraft(draftName, draft);
  }, [draft, draftName]);

  const today = plainDate(actor.today);
  const birthDate = plainDate(start.subject.birthDate);
  const subject = useMemo(
    () => ({ ageYears: ageInYears(birthDate, today), sex: start.subject.sex }),
    [birthDate, today, start.subject.sex],
  );
  const previousClasses = useMemo(() => previousClassesOf(start, corrected), [start, corrected]);
  const evaluation = useMemo(
    () => evaluateHypertensionFollowUp(draft.answers, { birthDate, previousClasses }, today),
    [draft.answers, birthDate, previousClasses, today],
  );
  const answers = useMemo(() => withProposals(draft, evaluation), [draft, evaluation]);
  const live = useMemo(
    () => validateAnswers(hypertensionFollowUp2017, answers, { today, ...subject }),
    [answers, today, subject],
  );
  const shownErrors = [
    ...live.errors.filter((issue) => !['missing', 'needs-text'].includes(issue.code)),
    ...(problem?.code === 'invalid-input' ? problem.issues : []),
  ];
  const isInCrisis = evaluation.crisis.kind === 'decided' && evaluation.crisis.value;

  const change = (id: string, value: unknown) => {
    setProblem(undefined);
    setDraft((old) => ({
      ...old,
      answers: { ...old.answers, [id]: value },
      touched: old.touched.includes(id) ? old.touched : [...old.touched, id],
    }));
  };

  const save = async (confirmed: readonly string[] = []) => {
    setBusy(true);
    setProblem(undefined);
    const body = {
      operationId: draft.operationId,
      recordId: draft.recordId,
      formEdition: start.formEdition,
      answers: live.answers as Record<string, unknown>,
      confirmed: [...confirmed],
      ...(draft.laterReason ? { laterThanRuleReason: draft.laterReason } : {}),
    };
    try {
      const outcome = corrected
        ? await callApi(correctFollowUp, {
            params: { recordId: corrected.recordId },
            body: { ...body, reason: draft.correctionReason },
          })
        : await callApi(recordFollowUp, { body: { ...body, residentId } });
      dropDraft(draftName);
      void message.success(
        `已保存。${outcome.nextTask ? `下次随访 ${outcome.nextTask.dueOn}。` : ''}${
          outcome.management
            ? outcome.management.standard
              ? '本年度管理规范。'
              : '本年度管理尚不规范。'
            : ''
        }`,
        4,
      );
      for (const key of [['resident', residentId], ['follow-ups', residentId], ['worklist'], ['county']]) {
        void client.invalidateQueries({ queryKey: key });
      }
      void navigate({ to: '/residents/$residentId', params: { residentId } });
    } catch (error) {
      if (error instanceof ApiProblem) setProblem(error);
      else throw error;
    } finally {
      setBusy(false);
    }
  };

  const prefilled = new Set(
    Object.keys(start.prefill).filter((id) => !corrected && !draft.touched.includes(id)),
  );
  const needsLaterReason =
    problem?.issues.some((issue) => issue.code === 'later-than-rule') || draft.laterReason !== '';
  return (
    <main className="page">
      <div className="row spread">
        <h1>{corrected ? `更正 ${corrected.occurredOn} 的随访` : '高血压患者随访服务记录表'}</h1>
        <span className="small soft">
          {start.previous
            ? `上次 ${start.previous.occurredOn}：${String(start.previous.answers.sbp ?? '—')}/${String(start.previous.answers.dbp ?? '—')}；浅蓝底为上次带入，请核对`
            : '首次随访'}
        </span>
      </div>
      {isInCrisis && <CrisisBanner decision={evaluation.crisis} />}
      {corrected && (
        <div className="card">
          <div className="field">
            <label className="field-label" data-required htmlFor="correction-reason">
              更正原因
            </label>
            <Input
              id="correction-reason"
              maxLength={200}
              value={draft.correctionReason}
              onChange={(event) => setDraft((old) => ({ ...old, correctionReason: event.target.value }))}
            />
          </div>
          <p className="small soft">原来的版本会保留，任何人都能看到谁在何时为何更正。</p>
        </div>
      )}
      <div className="visit-layout">
        <FormScreen
          edition={hypertensionFollowUp2017}
          answers={{ ...answers, ...pickComputed(live.answers) }}
          subject={subject}
          errors={shownErrors}
          warnings={live.warnings}
          prefilled={prefilled}
          onChange={change}
        />
        <aside className="side">
          <JudgementPanel evaluation={evaluation} />
          {needsLaterReason && (
            <div className="card">
              <label htmlFor="later-reason">晚于规则的理由</label>
              <Input.TextArea
                id="later-reason"
                maxLength={200}
                autoSize
                value={draft.laterReason}
                onChange={(event) => setDraft((old) => ({ ...old, laterReason: event.target.value }))}
              />
            </div>
          )}
        </aside>
      </div>
      <SaveBar
        problem={problem}
        busy={busy}
        onSave={() => void save()}
        onConfirm={() => void save(problem?.issues.map((issue) => `${issue.path}:${issue.code}`))}
        label={corrected ? '保存更正' : '保存随访'}
      />
    </main>
  );
}

function freshDraft(
  start: EditorProps['start'],
  corrected: FollowUpRecord | undefined,
  doctorName: string,
  today: string,
): SheetDraft {
  const ids = { operationId: uuidv7(), recordId: uuidv7(), laterReason: '', correctionReason: '' };
  if (corrected) return { ...ids, answers: corrected.answers, touched: [...proposedFields] };
  const usual = {
    visitDate: today,
    visitMethod: '1',
    symptoms: ['1'],
    adr: '1',
    complication: '1',
    bpSource: '1',
  };
  return { ...ids, answers: { ...start.prefill, ...usual, doctorSign: doctorName }, touched: [] };
}

/** Classes before the visit; a correction does not count itself. */
function previousClassesOf(
  start: EditorProps['start'],
  corrected: FollowUpRecord | undefined,
): FollowUpClass[] {
  const classes = start.subject.previousClasses as FollowUpClass[];
  return corrected && corrected.recordId === start.previous?.recordId ? classes.slice(1) : classes;
}

/** The doctor's answers, with class and next date as the rules propose them until the doctor sets them. */
function withProposals(
  draft: SheetDraft,
  evaluation: ReturnType<typeof evaluateHypertensionFollowUp>,
): FormAnswers {
  const { classification, plan } = evaluation;
  const proposed: Record<string, unknown> = {};
  if (classification.kind === 'decided') proposed.visitClass = String(classification.value.formClass);
  if (plan.kind === 'decided') proposed.nextVisitDate = plan.value.proposedOn;
  const open = proposedFields.filter((id) => !draft.touched.includes(id));
  return { ...draft.answers, ...Object.fromEntries(open.map((id) => [id, proposed[id]])) };
}

function pickComputed(answers: FormAnswers): FormAnswers {
  return { bmi: answers.bmi, bmiTarget: answers.bmiTarget };
}
