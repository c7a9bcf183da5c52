import { useMemo } from 'react';
import { uuidv7 } from 'uuidv7';
import { findRecordForm, type RecordForm } from '#capabilities/records/domain/record-forms.ts';
import { recordGroups } from '#capabilities/records/domain/record-groups.ts';
import { startRecord } from '#capabilities/records/domain/start-record.ts';
import { type CarriedDraft, carryDraft } from '#kernel/carry-answers.ts';
import { type FormEdition, fieldsOf } from '#kernel/form-shape.ts';
import { validateAnswers } from '#kernel/form-validate.ts';
import { ageInYears, dayTyped, type PlainDate } from '#kernel/plain-date.ts';
import { FieldEmpty, FieldLoading } from '#platform/browser/field/controls.tsx';
import { goTo, useLocation, usePathParts } from '#platform/browser/field/navigation.tsx';
import type { FieldOperation } from '../domain/field-operation.ts';
import { moveSheet } from '../domain/move-to-edition.ts';
import type { PersonDocument } from '../domain/person-document.ts';
import { editionAfter } from '../domain/visit-on-its-day.ts';
import { EditionLine, EditionNotes, LeftOut } from './edition-line.tsx';
import { InnerFrame } from './field-frame.tsx';
import { FormPage } from './form-page.tsx';
import { NoRoom } from './no-room.tsx';
import { usePerson, usePhone, usePhoneToday } from './phone-context.tsx';
import { refusalOf } from './refusal-of.ts';
import { isOnPhone, movedAs, refusedOperation, saveInPlace } from './replace-refused.ts';
import { type DefinitionBook, useDefinitions } from './use-definitions.ts';
import { typedAs, useKeptDraft } from './use-kept-draft.ts';

interface RecordDraft extends CarriedDraft {
  readonly operationId: string;
  readonly recordId: string;
  /** The edition it was begun on and stays on until another day has another, and when; older apps knew only one. */
  readonly edition?: string;
  readonly begunOn?: PlainDate;
  /** The last day it was said to be about, where that was changed. */
  readonly about?: PlainDate;
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
  // A sheet sent back is moved to the edition of its own day.
  const day = useMemo(
    () => dayOfRefused(refusedOperation(store, moved), known, today),
    [store, moved, known, today],
  );
  const newest = useMemo(() => book.newest(known.form, day), [book, known, day]);
  const begin = (on: FormEdition) => {
    const organization = store.directory().organizations.find((one) => one.id === person.organizationId);
    const { currentAddress } = person.information;
    return startRecord(on, {
      person: {
        ...person,
        ageYears,
        idNo: null,
        address: typeof currentAddress === 'string' ? currentAddress : undefined,
      },
      doctorName,
      organizationName: organization?.name ?? '',
      today,
      dayField: known.dayField,
    });
  };
  const { draft, change, saveWith, wasKept, room } = useKeptDraft<RecordDraft>(
    store,
    mended ? typedAs(mended) : moved ? movedAs(moved) : `record:${person.id}:${known.form}`,
    () => ({
      operationId: uuidv7(),
      recordId: uuidv7(),
      edition: newest.edition,
      begunOn: today,
      ...(movedRecord(refusedOperation(store, moved), newest, book) ?? {
        answers: begin(newest),
      }),
    }),
    (kept) => (mended ?? moved) !== undefined || !isOnPhone(store, kept.operationId, person.id),
  );
  const begunOn = draft?.edition;
  const isRead = draft !== undefined;
  // What was begun is finished on its own edition, whatever has arrived since, unless its day is changed.
  const edition = useMemo(
    () => (isRead ? book.begun(known.form, begunOn) : newest),
    [isRead, begunOn, book, known, newest],
  );
  const live = useMemo(
    () => validateAnswers(edition, draft?.answers ?? {}, { today, ...subject }),
    [edition, draft, today, subject],
  );
  const onItsDay = (old: RecordDraft, next: RecordDraft): RecordDraft => {
    const is = dayTyped(next.answers[known.dayField], today);
    if (is === undefined) return next;
    const was = old.about ?? dayTyped(old.answers[known.dayField], today) ?? old.begunOn ?? today;
    const from = book.begun(known.form, old.edition);
    const to = book.begun(known.form, editionAfter(book, known.form, old.edition, { was, is }));
    if (from.edition === to.edition) return { ...next, about: is };
    return { ...next, ...carryDraft(from, to, next, { fresh: begin(to) }), edition: to.edition, about: is };
  };
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
      onChange={(id, value) =>
        change((old) => {
          const answered = { ...old, answers: { ...old.answers, [id]: value } };
          return id === known.dayField ? onItsDay(old, answered) : answered;
        })
      }
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
      <EditionNotes editions={[edition]} book={book} today={today} draft={draft} />
      {moved && <LeftOut lines={draft.leftOut ?? []} />}
    </FormPage>
  );
}

function dayOfRefused(refused: FieldOperation | undefined, known: RecordForm, today: PlainDate): PlainDate {
  const given = refused?.kind === 'record.file' ? refused.body.answers[known.dayField] : undefined;
  return dayTyped(given, today) ?? today;
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
