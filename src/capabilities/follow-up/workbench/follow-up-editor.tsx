import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App, Input } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { AssessmentPanel } from '#capabilities/assessment/workbench/assessment-panel.tsx';
import { programLabels } from '#capabilities/residents/domain/program.ts';
import type { FollowUpClass } from '#clinical/follow-up/follow-up-class.ts';
import { ageInYears, plainDate } from '#kernel/plain-date.ts';
import type { FieldIssue } from '#kernel/problem.ts';
import { ApiProblem, callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { dropDraft, keepDraft, readDraft } from '#platform/browser/draft-store.ts';
import { EditionNote } from '#platform/browser/form-renderer/edition-note.tsx';
import { FormScreen } from '#platform/browser/form-renderer/form-screen.tsx';
import { SaveBar } from '#platform/browser/form-renderer/save-bar.tsx';
import { useBegunEditions } from '#platform/browser/form-renderer/use-sheet-on-its-day.ts';
import { useActor } from '#platform/browser/session.tsx';
import {
  correctFollowUp,
  type FollowUpOutcome,
  type FollowUpRecord,
  type FollowUpStart,
  recordVisit,
} from '../contract.ts';
import { followUpPrograms } from '../domain/follow-up-programs.ts';
import type { MergedSheet } from '../domain/merge-sheets.ts';
import { readVisit, type SheetReading } from '../domain/read-visit.ts';
import { signsOfVisit } from '../domain/signs-of-visit.ts';
import { CrisisBanner, JointVisitPanel, JudgementPanel } from './judgement-panel.tsx';
import { mergedOn, useVisitOnItsDay } from './use-visit-on-its-day.ts';
import { freshDraft, prefillOf, type VisitDraft } from './visit-draft.ts';

interface EditorProps {
  readonly residentId: string;
  /** One per programme of the visit; at least one. */
  readonly starts: readonly FollowUpStart[];
  readonly corrected?: FollowUpRecord;
}

/** The visit being filled, with the draft of it that was kept and the editions that is typed on. */
export function FollowUpEditor(props: EditorProps) {
  const { starts, corrected } = props;
  const programs = starts.map((start) => start.program).join('+');
  const draftName = `follow-up:${props.residentId}:${corrected?.recordId ?? programs}`;
  const [kept] = useState(() => readDraft<VisitDraft>(draftName)?.content);
  const given = useMemo(() => starts.map(editionOf), [starts]);
  const begun = useBegunEditions(
    given,
    starts.map(({ program }) => kept?.editions?.[program]),
  );
  return begun ? <VisitEditor {...props} {...{ draftName, kept, begun }} /> : <Loading rows={10} />;
}

interface VisitEditorProps extends EditorProps {
  readonly draftName: string;
  readonly kept: VisitDraft | undefined;
  readonly begun: NonNullable<ReturnType<typeof useBegunEditions>>;
}

const editionOf = ({ program, edition }: FollowUpStart) => edition ?? followUpPrograms[program].edition;

/** One sheet or several as one: live judgement beside it, kept as a draft until it is saved, on the editions of its day. */
function VisitEditor({ residentId, starts, corrected, draftName, kept, begun }: VisitEditorProps) {
  const actor = useActor();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message } = App.useApp();
  const today = plainDate(actor.today);
  const [draft, setDraft] = useState<VisitDraft>(
    () => kept ?? freshDraft(mergedOn(starts, begun.editions), starts, corrected, actor.name, today),
  );
  const onDay = useVisitOnItsDay({
    starts,
    begun: begun.editions,
    isFixed: corrected !== undefined,
    draft,
    setDraft,
  });
  const merged = onDay.sheet;
  const [problem, setProblem] = useState<ApiProblem>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    keepDraft(draftName, draft);
  }, [draft, draftName]);

  const about = starts[0]?.subject;
  const birthDate = plainDate(about?.birthDate ?? actor.today);
  const subject = useMemo(
    () => ({ ageYears: ageInYears(birthDate, today), sex: about?.sex ?? '0' }),
    [birthDate, today, about],
  );
  const subjects = useMemo(() => subjectsOf(starts, corrected), [starts, corrected]);
  const visit = useMemo(
    () =>
      readVisit({
        merged,
        answers: draft.answers,
        touched: new Set(draft.touched),
        birthDate,
        subjects,
        subject,
        today,
      }),
    [merged, draft.answers, draft.touched, birthDate, subjects, subject, today],
  );
  const signs = useMemo(() => signsOfVisit(visit.sheets), [visit.sheets]);
  const refusedHere = problem?.code === 'invalid-input' ? problem.issues : [];
  const shownErrors = [
    ...visit.errors.filter((issue) => !['missing', 'needs-text'].includes(issue.code)),
    ...refusedHere.map((issue) => placeOf(merged, issue)),
  ];

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
    try {
      const outcomes = await send(residentId, draft, visit.sheets, corrected, confirmed);
      dropDraft(draftName);
      void message.success(savedMessage(outcomes), 4);
      for (const key of [
        ['resident', residentId],
        ['follow-ups', residentId],
        ['assessment-record', residentId],
        ['worklist'],
        ['county'],
      ]) {
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

  const prefilled = useMemo(() => {
    const taken = corrected ? [] : Object.keys(prefillOf(merged, starts));
    return new Set(taken.filter((id) => !draft.touched.includes(id)));
  }, [merged, starts, corrected, draft.touched]);
  const needsLaterReason =
    problem?.issues.some((issue) => issue.code === 'later-than-rule') || draft.laterReason !== '';
  return (
    <main className="page">
      <div className="row spread">
        <h1>{corrected ? `更正 ${corrected.occurredOn} 的随访` : merged.edition.title}</h1>
        <span className="small soft">{lastTime(starts)}</span>
      </div>
      <EditionNote editions={merged.parts.map((part) => part.edition)} draft={draft} lost={begun.lost} />
      {onDay.failed && <Failure error={onDay.failed.error} onRetry={onDay.failed.again} />}
      <CrisisBanner decisions={visit.sheets.map(({ evaluation }) => evaluation.crisis)} />
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
          edition={merged.edition}
          answers={visit.shown}
          subject={subject}
          errors={shownErrors}
          warnings={visit.warnings}
          prefilled={prefilled}
          onChange={change}
        />
        <aside className="side">
          {merged.parts.length > 1 && <JointVisitPanel joint={visit.joint} />}
          {visit.sheets.map(({ program, evaluation }) => (
            <JudgementPanel
              key={program}
              evaluation={evaluation}
              {...(merged.parts.length > 1 ? { heading: programLabels[program] } : {})}
            />
          ))}
          {!corrected && <AssessmentPanel residentId={residentId} typed={visit.shown} signs={signs} />}
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
        busy={busy || !onDay.isSettled}
        onSave={() => void save()}
        onConfirm={() => void save(problem?.issues.map((issue) => `${issue.path}:${issue.code}`))}
        label={corrected ? '保存更正' : '保存随访'}
      />
    </main>
  );
}

async function send(
  residentId: string,
  draft: VisitDraft,
  sheets: readonly SheetReading[],
  corrected: FollowUpRecord | undefined,
  confirmed: readonly string[],
): Promise<readonly FollowUpOutcome[]> {
  const later = draft.laterReason ? { laterThanRuleReason: draft.laterReason } : {};
  const written = sheets.map(({ program, edition, answers }) => ({
    program,
    recordId: draft.recordIds[program] ?? draft.visitId,
    formEdition: edition.edition,
    answers: { ...answers },
  }));
  const common = { operationId: draft.operationId, confirmed: [...confirmed], ...later };
  const [only] = written;
  if (corrected && only) {
    const { program: _program, ...sheet } = only;
    const outcome = await callApi(correctFollowUp, {
      params: { recordId: corrected.recordId },
      body: { ...common, ...sheet, reason: draft.correctionReason },
    });
    return [outcome];
  }
  const reply = await callApi(recordVisit, {
    body: { ...common, visitId: draft.visitId, residentId, sheets: written },
  });
  return reply.sheets;
}

/** Where the server's issue stands on this screen; on a merged visit its path begins with the programme. */
function placeOf(merged: MergedSheet, issue: FieldIssue): FieldIssue {
  const [program, path] = issue.path.split('/');
  const part = merged.parts.find((one) => one.program === program);
  return part && path !== undefined ? { ...issue, path: merged.pathOf(part.program, path) } : issue;
}

function savedMessage(outcomes: readonly FollowUpOutcome[]): string {
  const next = outcomes
    .flatMap((outcome) => (outcome.nextTask ? [outcome.nextTask.dueOn] : []))
    .toSorted()[0];
  const management = outcomes.find((outcome) => outcome.management)?.management;
  const year = management ? (management.standard ? '本年度管理规范。' : '本年度管理尚不规范。') : '';
  return `已保存。${next ? `下次随访 ${next}。` : ''}${year}`;
}

/** The visits just before this one; a correction does not count itself. */
function subjectsOf(starts: readonly FollowUpStart[], corrected: FollowUpRecord | undefined) {
  return starts.map((start) => {
    const isItself = corrected !== undefined && corrected.recordId === start.previous?.recordId;
    const classes = start.subject.previousClasses as FollowUpClass[];
    return {
      program: start.program,
      previousClasses: isItself ? classes.slice(1) : classes,
      grade: start.subject.grade ?? undefined,
      lastAnswers: isItself ? undefined : start.previous?.answers,
    };
  });
}

function lastTime(starts: readonly FollowUpStart[]): string {
  const previous = starts
    .flatMap((start) => (start.previous ? [start.previous] : []))
    .toSorted((a, b) => b.occurredOn.localeCompare(a.occurredOn))[0];
  if (!previous) return '首次随访';
  const { sbp, dbp } = previous.answers;
  const pressure = sbp === undefined ? '' : `：${String(sbp)}/${String(dbp ?? '—')}`;
  return `上次 ${previous.occurredOn}${pressure}；浅蓝底为上次带入，请核对`;
}
