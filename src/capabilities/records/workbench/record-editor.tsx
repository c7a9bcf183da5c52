import { useQueryClient } from '@tanstack/react-query';
import { App, Input } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { uuidv7 } from 'uuidv7';
import type { ResidentDetail } from '#capabilities/residents/contract.ts';
import type { WholeValues } from '#capabilities/residents/workbench/reveal-values.ts';
import type { CarriedDraft } from '#kernel/carry-answers.ts';
import { type FormAnswers, type FormEdition, fieldsOf } from '#kernel/form-shape.ts';
import { validateAnswers } from '#kernel/form-validate.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { ApiProblem, callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { dropDraft, keepDraft } from '#platform/browser/draft-store.ts';
import { EditionNote } from '#platform/browser/form-renderer/edition-note.tsx';
import { FormScreen } from '#platform/browser/form-renderer/form-screen.tsx';
import { SaveBar } from '#platform/browser/form-renderer/save-bar.tsx';
import { type BegunDraft, useBegunDraft } from '#platform/browser/form-renderer/use-begun-draft.ts';
import { useFormOnItsDay } from '#platform/browser/form-renderer/use-form-on-its-day.ts';
import { useActor } from '#platform/browser/session.tsx';
import { fileRecord } from '../contract.ts';
import type { RecordForm } from '../domain/record-forms.ts';
import { recordGroups } from '../domain/record-groups.ts';
import { startRecord } from '../domain/start-record.ts';

interface Draft extends CarriedDraft {
  /** The edition it is typed on; drafts of before were on the one given. */
  readonly edition?: string;
  readonly operationId: string;
  readonly recordId: string;
  readonly reason: string;
}

interface EditorProps {
  person: ResidentDetail;
  known: RecordForm;
  edition: FormEdition;
  /** What the form begins with of numbers and addresses, asked for in full to fill it in. */
  whole?: WholeValues;
  corrected?: { readonly recordId: string; readonly answers: FormAnswers };
  onDone: (recordId: string) => void;
}

/** A form being filled or corrected, with the draft of it that was kept and the edition that is typed on. */
export function RecordEditor(props: EditorProps) {
  const { person, known, edition, corrected } = props;
  const draftName = `record:${person.id}:${corrected?.recordId ?? known.form}`;
  const draft = useBegunDraft<Draft>(draftName, edition);
  return draft ? <DraftEditor {...props} {...draft} /> : <Loading rows={10} />;
}

/** The form on the edition of the day it is about, kept as a draft until the server has it. */
function DraftEditor(props: EditorProps & BegunDraft<Draft>) {
  const { person, known, corrected, draftName, begun } = props;
  const actor = useActor();
  const client = useQueryClient();
  const { message } = App.useApp();
  const begin = (on: FormEdition) => {
    const { whole = {} } = props;
    return startRecord(on, {
      person: {
        ...person,
        idNo: whole.idNo ?? null,
        phone: whole.phone ?? null,
        address: whole.currentAddress ?? undefined,
        registeredAddress: whole.registeredAddress ?? undefined,
      },
      doctorName: actor.name,
      organizationName: actor.organizationName,
      today: actor.today,
      dayField: known.dayField,
    });
  };
  const [draft, setDraft] = useState<Draft>(() => {
    if (props.kept) return props.kept;
    const ids = { operationId: uuidv7(), recordId: uuidv7(), reason: '', edition: props.edition.edition };
    return { ...ids, answers: corrected?.answers ?? begin(props.edition) };
  });
  const onDay = useFormOnItsDay({
    begun: begun.editions[0] ?? props.edition,
    dayField: known.dayField,
    isFixed: corrected !== undefined,
    draft,
    setDraft,
    begin,
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
  const shown = useMemo(() => {
    const computed = fieldsOf(edition).filter((field) => field.kind === 'computed');
    return {
      ...draft.answers,
      ...Object.fromEntries(computed.map((field) => [field.id, live.answers[field.id]])),
    };
  }, [edition, draft.answers, live.answers]);
  const errors = [
    ...live.errors.filter((issue) => !['missing', 'needs-text'].includes(issue.code)),
    ...(problem?.code === 'invalid-input' ? problem.issues : []),
  ];
  const open = live.errors.filter((issue) => ['missing', 'needs-text'].includes(issue.code)).length;

  const save = async (confirmed: readonly string[] = []) => {
    setBusy(true);
    setProblem(undefined);
    try {
      const saved = await callApi(fileRecord, {
        params: { residentId: person.id },
        body: {
          operationId: draft.operationId,
          recordId: draft.recordId,
          form: edition.form,
          formEdition: edition.edition,
          answers: { ...live.answers },
          confirmed: [...confirmed],
          ...(corrected ? { supersedesId: corrected.recordId, reason: draft.reason } : {}),
        },
      });
      dropDraft(draftName);
      void message.success('已保存');
      for (const key of [
        ['records', person.id],
        ['record'],
        ['resident', person.id],
        ['assessment-record', person.id],
        ['county'],
      ])
        void client.invalidateQueries({ queryKey: key });
      props.onDone(saved.recordId);
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
        <h1>
          {corrected ? '更正 ' : ''}
          {edition.title}
        </h1>
        <span className="small soft">{open > 0 ? `还有 ${open} 项必填` : '必填项已齐'}</span>
      </div>
      {corrected && (
        <div className="card">
          <div className="field">
            <label className="field-label" data-required htmlFor="correction-reason">
              更正原因
            </label>
            <Input
              id="correction-reason"
              maxLength={200}
              value={draft.reason}
              onChange={(event) => setDraft((old) => ({ ...old, reason: event.target.value }))}
            />
          </div>
          <p className="small soft">原来的版本会保留，任何人都能看到谁在何时为何更正。</p>
        </div>
      )}
      <EditionNote editions={[edition]} draft={draft} lost={begun.lost} />
      {onDay.failed && <Failure error={onDay.failed.error} onRetry={onDay.failed.again} />}
      <FormScreen
        edition={edition}
        answers={shown}
        subject={subject}
        errors={errors}
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
        label={corrected ? '保存更正' : '保存'}
      />
    </main>
  );
}
