import { useMemo } from 'react';
import { uuidv7 } from 'uuidv7';
import { findRecordForm, type RecordForm } from '#capabilities/records/domain/record-forms.ts';
import { recordGroups } from '#capabilities/records/domain/record-groups.ts';
import { startRecord } from '#capabilities/records/domain/start-record.ts';
import { type FormAnswers, type FormEdition, fieldsOf } from '#kernel/form-shape.ts';
import { validateAnswers } from '#kernel/form-validate.ts';
import { ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import { FieldEmpty, FieldLoading } from '#platform/browser/field/controls.tsx';
import { goTo, useLocation, usePathParts } from '#platform/browser/field/navigation.tsx';
import type { FieldOperation } from '../domain/field-operation.ts';
import { moveSheet } from '../domain/move-to-edition.ts';
import type { PersonDocument } from '../domain/person-document.ts';
import { EditionLine, LeftOut, TooNewNotes } from './edition-line.tsx';
import { InnerFrame } from './field-frame.tsx';
import { FormPage } from './form-page.tsx';
import { NoRoom } from './no-room.tsx';
import { usePerson, usePhone, usePhoneToday } from './phone-context.tsx';
import { refusalOf } from './refusal-of.ts';
import { movedAs, refusedOperation, saveInPlace } from './replace-refused.ts';
import { type DefinitionBook, useDefinitions } from './use-definitions.ts';
import { typedAs, useKeptDraft } from './use-kept-draft.ts';

interface RecordDraft {
  readonly operationId: string;
  readonly recordId: string;
  readonly answers: FormAnswers;
  /** The edition it was begun on and stays on, and when; older apps knew only one. */
  readonly edition?: string;
  readonly begunOn?: PlainDate;
  /** What could not be carried over from the edition it was typed on before, in words. */
  readonly leftOut?: readonly string[];
}

/** A screening questionnaire, a first-visit pressure or another form about one person. */
export function RecordScreen() {
  const { id = '', form = '' } = usePathParts('/people/:id/forms/:form');
  const person = usePerson(id);
  const known = findRecordForm(form);
  const book = useDefinitions();
  if (person.kind === 'there' && person.value && known && book.kind === 'there')
    return <RecordOf person={person.value} known={known} book={book.value} />;
  return (
    <InnerFrame title="填表" back={`/people/${id}`}>
      {person.kind === 'loading' || book.kind === 'loading' ? (
        <FieldLoading />
      ) : (
        <FieldEmpty title="本机没有这个人或这张表" />
      )}
    </InnerFrame>
  );
}

function RecordOf({
  person,
  known,
  book,
}: {
  person: PersonDocument;
  known: RecordForm;
  book: DefinitionBook;
}) {
  const { store, doctorName } = usePhone();
  const today = usePhoneToday();
  const { query } = useLocation();
  const mended = query.get('operation') ?? undefined;
  const moved = query.get('moved') ?? undefined;
  const ageYears = ageInYears(person.birthDate, today);
  const subject = useMemo(
    () => ({
      ageYears,
      sex: person.sex,
      groups: recordGroups({ ageYears, programs: person.programs.map((one) => one.program) }),
    }),
    [ageYears, person],
  );
  const newest = useMemo(() => book.newest(known.form, today), [book, known, today]);
  const { draft, change, saveWith, wasKept, room } = useKeptDraft<RecordDraft>(
    store,
    mended ? typedAs(mended) : moved ? movedAs(moved) : `record:${person.id}:${known.form}`,
    () => ({
      operationId: uuidv7(),
      recordId: uuidv7(),
      edition: newest.edition,
      begunOn: today,
      ...(movedRecord(refusedOperation(store, moved), newest, book) ?? {
        answers: startRecord(newest, {
          person: {
            name: person.name,
            sex: person.sex,
            birthDate: person.birthDate,
            ageYears,
            idNo: null,
            phone: person.phone,
            archiveNo: person.archiveNo,
            address:
              typeof person.information.currentAddress === 'string'
                ? person.information.currentAddress
                : undefined,
          },
          doctorName,
          organizationName:
            store.directory().organizations.find((one) => one.id === person.organizationId)?.name ?? '',
          today,
          dayField: known.dayField,
        }),
      }),
    }),
    (kept) =>
      (mended ?? moved) !== undefined ||
      !store
        .operations({ residentId: person.id })
        .some((one) => one.operation.operationId === kept.operationId),
  );
  const begunOn = draft?.edition;
  const isRead = draft !== undefined;
  // What was begun is finished on its own edition, whatever has arrived since.
  const edition = useMemo(
    () => (isRead ? book.begun(known.form, begunOn) : newest),
    [isRead, begunOn, book, known, newest],
  );
  const live = useMemo(
    () => validateAnswers(edition, draft?.answers ?? {}, { today, ...subject }),
    [edition, draft, today, subject],
  );
  // Whole identity numbers stay on the server, which writes them on the sheet.
  const isOnServer = (id: string) => (id === 'idNo' && person.idTail !== null) || id === 'archiveNo';
  if (!draft)
    return (
      <InnerFrame title={known.title} back={`/people/${person.id}`}>
        {room.kind === 'none' ? <NoRoom again={room.again} /> : <FieldLoading />}
      </InnerFrame>
    );
  if (book.isEnded(known.form) && !wasKept && !mended)
    return (
      <InnerFrame title={known.title} back={`/people/${person.id}`}>
        <FieldEmpty title="这张表已停用">不再新填；以前开始填的草稿仍可填完保存。</FieldEmpty>
      </InnerFrame>
    );
  const shown = { ...draft.answers };
  for (const field of fieldsOf(edition))
    if (field.kind === 'computed') Object.assign(shown, { [field.id]: live.answers[field.id] });
  return (
    <FormPage
      title={known.title}
      back={`/people/${person.id}`}
      edition={edition}
      answers={shown}
      subject={subject}
      errors={live.errors.filter((issue) => !isOnServer(issue.path))}
      only={(field) => !isOnServer(field.id)}
      warnings={live.warnings}
      refusal={refusalOf(store, mended)}
      saveLabel={mended ? '重新保存' : '保存'}
      below={<EditionLine editions={[edition]} />}
      onChange={(id, value) => change((old) => ({ ...old, answers: { ...old.answers, [id]: value } }))}
      onSave={async (confirmed) => {
        const made = book.made(draft.begunOn ?? today, []);
        const body = {
          recordId: draft.recordId,
          form: edition.form,
          formEdition: edition.edition,
          answers: { ...live.answers },
          confirmed: [...confirmed],
          ...(made ? { made } : {}),
        };
        const { operationId } = draft;
        const operation = { operationId, kind: 'record.file', residentId: person.id, body } as const;
        const result = await saveWith(operationId, (drafts) =>
          mended
            ? store.resolve(mended, { kind: 'replace', body }, drafts)
            : moved
              ? saveInPlace(store, {
                  replaced: moved,
                  operation,
                  drafts,
                  editions: [edition],
                  leftOut: draft.leftOut,
                })
              : store.save(operation, drafts),
        );
        if (result.kind === 'refused') return result;
        goTo(`/people/${person.id}?saved=${draft.operationId}`, 'replace');
        return result;
      }}
    >
      <div className="f-small f-soft">{person.name}</div>
      <TooNewNotes editions={[edition]} book={book} today={today} />
      {moved && <LeftOut lines={draft.leftOut ?? []} />}
    </FormPage>
  );
}

/** What was typed on another edition, as far as it stands on this one; the same record, so that it cannot be filed twice. */
function movedRecord(
  old: FieldOperation | undefined,
  to: FormEdition,
  book: DefinitionBook,
): Pick<RecordDraft, 'answers' | 'leftOut' | 'recordId'> | undefined {
  if (old?.kind !== 'record.file') return undefined;
  const { form, formEdition, answers, recordId } = old.body;
  return { recordId, ...moveSheet(answers, book.edition(form, formEdition), to) };
}
