import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { evaluateScreening } from '#capabilities/records/domain/evaluate-screening.ts';
import type { RecordForm } from '#capabilities/records/domain/record-forms.ts';
import { recordGroups } from '#capabilities/records/domain/record-groups.ts';
import { startRecord } from '#capabilities/records/domain/start-record.ts';
import type { ResidentDetail } from '#capabilities/residents/contract.ts';
import { type FormAnswers, type FormEdition, fieldsOf } from '#kernel/form-shape.ts';
import { validateAnswers } from '#kernel/form-validate.ts';
import { parsePlainDate, plainDate } from '#kernel/plain-date.ts';
import { ApiProblem, callApi } from '#platform/browser/api-client.ts';
import { dropDraft, keepDraft, readDraft } from '#platform/browser/draft-store.ts';
import { FormScreen } from '#platform/browser/form-renderer/form-screen.tsx';
import { SaveBar } from '#platform/browser/form-renderer/save-bar.tsx';
import { useActor } from '#platform/browser/session.tsx';
import type { EndpointResponse } from '#standards/endpoint.ts';
import { type prepareScreening, recordScreening } from '../contract.ts';
import { RulePanel } from './rule-panel.tsx';

type Start = EndpointResponse<typeof prepareScreening>;

interface Draft {
  readonly answers: FormAnswers;
  readonly operationId: string;
  readonly recordId: string;
}

/** A screening sheet being filled, with the rule's word beside it; kept as a draft until the server has it. */
export function ScreeningEditor(props: {
  person: ResidentDetail;
  start: Start;
  known: RecordForm;
  edition: FormEdition;
  campaign: Start['campaigns'][number] | undefined;
  onDone: (saved: EndpointResponse<typeof recordScreening>) => void;
}) {
  const { person, known, edition, start } = props;
  const actor = useActor();
  const client = useQueryClient();
  const { message } = App.useApp();
  const draftName = `screening:${person.id}:${known.form}:${props.campaign?.id ?? ''}`;
  const [draft, setDraft] = useState<Draft>(
    () => readDraft<Draft>(draftName)?.content ?? begin(props, actor),
  );
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
            busy={busy}
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
  props: { person: ResidentDetail; known: RecordForm; edition: FormEdition },
  actor: { name: string; organizationName: string; today: string },
): Draft {
  const { person, known, edition } = props;
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
  const withSex = sexField && ['1', '2'].includes(person.sex) ? { ...answers, gender: person.sex } : answers;
  return { operationId: uuidv7(), recordId: uuidv7(), answers: withSex };
}

function judge(known: RecordForm, edition: FormEdition, answers: FormAnswers, start: Start, today: string) {
  const day = parsePlainDate(String(answers[known.dayField] ?? '')) ?? plainDate(today);
  const pressures = start.pressures.map((one) => ({ ...one, on: plainDate(one.on) }));
  const subject = { ageYears: start.ageYears, sex: start.sex, pressures };
  return evaluateScreening(edition, answers, subject, day);
}
