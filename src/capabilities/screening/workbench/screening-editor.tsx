import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { evaluateScreening } from '#capabilities/records/domain/evaluate-screening.ts';
import type { RecordForm } from '#capabilities/records/domain/record-forms.ts';
import { recordGroups } from '#capabilities/records/domain/record-groups.ts';
import { startRecord } from '#capabilities/records/domain/start-record.ts';
import type { ResidentDetail } from '#capabilities/residents/contract.ts';
import type { CarriedDraft } from '#kernel/carry-answers.ts';
import { type FormAnswers, type FormEdition, fieldsOf } from '#kernel/form-shape.ts';
import { validateAnswers } from '#kernel/form-validate.ts';
import { parsePlainDate, plainDate } from '#kernel/plain-date.ts';
import { ApiProblem, callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { dropDraft, keepDraft } from '#platform/browser/draft-store.ts';
import { EditionNote } from '#platform/browser/form-renderer/edition-note.tsx';
import { FormScreen } from '#platform/browser/form-renderer/form-screen.tsx';
import { SaveBar } from '#platform/browser/form-renderer/save-bar.tsx';
import { type BegunDraft, useBegunDraft } from '#platform/browser/form-renderer/use-begun-draft.ts';
import { useFormOnItsDay } from '#platform/browser/form-renderer/use-form-on-its-day.ts';
import { useActor } from '#platform/browser/session.tsx';
import type { EndpointResponse } from '#standards/endpoint.ts';
import { type prepareScreening, recordScreening } from '../contract.ts';
import { RulePanel } from './rule-panel.tsx';

type Start = EndpointResponse<typeof prepareScreening>;

interface Draft extends CarriedDraft {
  /** The edition it is typed on; drafts of before were on the one given. */
  readonly edition?: string;
  readonly operationId: string;
  readonly recordId: string;
}

interface EditorProps {
  person: ResidentDetail;
  start: Start;
  known: RecordForm;
  edition: FormEdition;
  campaign: Start['campaigns'][number] | undefined;
  onDone: (saved: EndpointResponse<typeof recordScreening>) => void;
}

/** A screening sheet being filled, with the draft of it that was kept and the edition that is typed on. */
export function ScreeningEditor(props: EditorProps) {
  const draftName = `screening:${props.person.id}:${props.known.form}:${props.campaign?.id ?? ''}`;
  const draft = useBegunDraft<Draft>(draftName, props.edition);
  return draft ? <DraftEditor {...props} {...draft} /> : <Loading rows={10} />;
}

/** The sheet on the edition of its day, with the rule's word beside it; kept as a draft until the server has it. */
function DraftEditor(props: EditorProps & BegunDraft<Draft>) {
  const { person, known, start, draftName, begun } = props;
  const actor = useActor();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [draft, setDraft] = useState<Draft>(
    () =>
      props.kept ?? {
        operationId: uuidv7(),
        recordId: uuidv7(),
        edition: props.edition.edition,
        answers: begin(props, props.edition, actor),
      },
  );
  const onDay = useFormOnItsDay({
    begun: begun.editions[0] ?? props.edition,
    dayField: known.dayField,
    isFixed: false,
    draft,
    setDraft,
    begin: (on) => begin(props, on, actor),
  });
  const edition = onDay.sheet;
  const [problem, setProblem] = useState<ApiProblem>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    keepDraft(draftName, draft);
  }, [draft, draftName]);
  const subject = useMemo(
    () => ({ ageYears: person.ageYears, sex: person.sex, groups: recordGroups(person) }),
    [person],
  );
  const live = useMemo(
    () => validateAnswers(edition, draft.answers, { today: plainDate(actor.today), ...subject }),
    [edition, draft.answers, actor.today, subject],
  );
  const judged = useMemo(
    () => judge(known, edition, { ...draft.answers, ...live.answers }, start, actor.today),
    [known, edition, draft.answers, live.answers, start, actor.today],
  );
  const computed = fieldsOf(edition).filter((field) => field.kind === 'computed');
  const shown = {
    ...draft.answers,
    ...Object.fromEntries(computed.map((field) => [field.id, live.answers[field.id]])),
    ...judged.filled,
  };
  const isUnanswered = (code: string) => ['missing', 'needs-text'].includes(code);
  const open = live.errors.filter(
    (issue) => isUnanswered(issue.code) && judged.filled[issue.path] === undefined,
  ).length;
  const save = async (confirmed: readonly string[] = []) => {
    setBusy(true);
    setProblem(undefined);
    try {
      const saved = await callApi(recordScreening, {
        params: { residentId: person.id },
        body: {
          operationId: draft.operationId,
          recordId: draft.recordId,
          form: edition.form,
          formEdition: edition.edition,
          answers: { ...live.answers, ...judged.filled },
          confirmed: [...confirmed],
          ...(props.campaign ? { campaignId: props.campaign.id } : {}),
        },
      });
      dropDraft(draftName);
      void message.success('已保存');
      for (const key of ['records', 'resident', 'course', 'episodes', 'campaign', 'screening-start'])
        void client.invalidateQueries({ queryKey: [key] });
      props.onDone(saved);
    } catch (error) {
      if (error instanceof ApiProblem) setProblem(error);
      else throw error;
    } finally {
      setBusy(false);
    }
  };
  return (
    <main className="page">
      <div className="row spread">
        <h1>{edition.title}</h1>
        <span className="small soft">
          {props.campaign && `${props.campaign.name} · `}
          {open > 0 ? `还有 ${open} 项必填` : '必填项已齐'}
        </span>
      </div>
      <div className="visit-layout">
        <div>
          <EditionNote editions={[edition]} draft={draft} lost={begun.lost} />
          {onDay.failed && <Failure error={onDay.failed.error} onRetry={onDay.failed.again} />}
          <FormScreen
            edition={edition}
            answers={shown}
            subject={subject}
            errors={[
              ...live.errors.filter((issue) => !isUnanswered(issue.code)),
              ...(problem?.code === 'invalid-input' ? problem.issues : []),
            ]}
            warnings={live.warnings}
            onChange={(id, value) => {
              setProblem(undefined);
              setDraft((old) => ({ ...old, answers: { ...old.answers, [id]: value } }));
            }}
          />
          <SaveBar
            problem={problem}
            busy={busy || !onDay.isSettled}
            onSave={() => void save()}
            onConfirm={() => void save(problem?.issues.map((issue) => `${issue.path}:${issue.code}`))}
            label="保存筛查表"
          />
        </div>
        <aside className="side">
          <RulePanel judged={judged} start={start} />
        </aside>
      </div>
    </main>
  );
}

function begin(
  props: { person: ResidentDetail; known: RecordForm },
  edition: FormEdition,
  actor: { name: string; organizationName: string; today: string },
): FormAnswers {
  const { person, known } = props;
  const start = {
    // No screening sheet prints an identity number or a telephone.
    person: { ...person, idNo: null, phone: null },
    doctorName: actor.name,
    organizationName: actor.organizationName,
    today: actor.today,
    dayField: known.dayField,
  };
  const answers: FormAnswers = { ...startRecord(edition, start) };
  // The screening sheets call the sex by another field.
  const sexField = fieldsOf(edition).find((field) => field.id === 'gender');
  return sexField && ['1', '2'].includes(person.sex) ? { ...answers, gender: person.sex } : answers;
}

function judge(known: RecordForm, edition: FormEdition, answers: FormAnswers, start: Start, today: string) {
  const day = parsePlainDate(String(answers[known.dayField] ?? '')) ?? plainDate(today);
  const pressures = start.pressures.map((one) => ({ ...one, on: plainDate(one.on) }));
  const subject = { ageYears: start.ageYears, sex: start.sex, pressures };
  return evaluateScreening(edition, answers, subject, day);
}
