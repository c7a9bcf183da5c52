import { useCallback, useMemo } from 'react';
import { uuidv7 } from 'uuidv7';
import { followUpFormOf } from '#capabilities/follow-up/domain/follow-up-programs.ts';
import { openVisit, type VisitEntry } from '#capabilities/follow-up/domain/visit-entry.ts';
import { dayTyped, type PlainDate } from '#kernel/plain-date.ts';
import { FieldEmpty, FieldFailure, FieldLoading } from '#platform/browser/field/controls.tsx';
import { useLocation, usePathParts } from '#platform/browser/field/navigation.tsx';
import type { FieldOperation } from '../domain/field-operation.ts';
import { moveVisit } from '../domain/move-to-edition.ts';
import type { PersonDocument } from '../domain/person-document.ts';
import { type EditionOf, managedAsTyped, startPhoneVisit, visitIds } from '../domain/start-phone-visit.ts';
import { editionsOn, visitOnItsDay } from '../domain/visit-on-its-day.ts';
import { InnerFrame } from './field-frame.tsx';
import { NoRoom } from './no-room.tsx';
import { usePerson, usePhone, usePhoneToday } from './phone-context.tsx';
import { isOnPhone, movedAs, refusedOperation } from './replace-refused.ts';
import { type DefinitionBook, useDefinitions } from './use-definitions.ts';
import { typedAs, useKeptDraft } from './use-kept-draft.ts';
import { VisitForm } from './visit-form.tsx';

/** A visit of one person: all their diseases on one screen, judged on the phone. */
export function VisitScreen() {
  const { id = '' } = usePathParts('/people/:id/visit');
  const person = usePerson(id);
  const book = useDefinitions();
  if (person.kind === 'there' && person.value && book.kind === 'there')
    return <VisitOf person={person.value} book={book.value} />;
  return (
    <InnerFrame title="随访" back={`/people/${id}`}>
      {(person.kind === 'loading' ||
        (person.kind === 'there' && person.value && book.kind === 'loading')) && <FieldLoading />}
      {book.kind === 'failed' && <FieldFailure message={book.message} />}
      {person.kind === 'failed' && <FieldFailure message={person.message} />}
      {person.kind === 'there' && !person.value && (
        <FieldEmpty title="本机没有这个人">可能已移出您的管理范围。</FieldEmpty>
      )}
    </InnerFrame>
  );
}

function VisitOf({ person, book }: { person: PersonDocument; book: DefinitionBook }) {
  const { store, doctorName } = usePhone();
  const today = usePhoneToday();
  const { query } = useLocation();
  const mended = query.get('operation') ?? undefined;
  const moved = query.get('moved') ?? undefined;
  const method = query.get('by') ?? undefined;
  const visited = useMemo(
    () => managedAsTyped(person, refusedOperation(store, mended ?? moved)),
    [person, store, mended, moved],
  );
  // A sheet sent back is moved to the edition of its own day.
  const day = useMemo(() => dayOfRefused(refusedOperation(store, moved), today), [store, moved, today]);
  const startOn = useCallback(
    (editionOf: EditionOf) => startPhoneVisit(visited, doctorName, today, editionOf, book.edition),
    [visited, doctorName, today, book],
  );
  const fresh = useMemo(
    () => startOn((program) => book.newest(followUpFormOf(program), day)),
    [startOn, day, book],
  );
  const { draft, change, saveWith, wasKept, room } = useKeptDraft<VisitEntry | null>(
    store,
    mended ? typedAs(mended) : moved ? movedAs(moved) : `visit:${person.id}`,
    () => {
      if (!fresh) return null;
      const answers = method ? { ...fresh.answers, visitMethod: method } : fresh.answers;
      const ids = visitIds(fresh, uuidv7);
      const begun = { on: today, editions: editionsOn(fresh), about: day };
      const entry = { ...openVisit(fresh.frame, answers, ids), begun };
      const old = refusedOperation(store, moved);
      if (old?.kind !== 'visit.record') return entry;
      const carried = moveVisit(old, fresh, book.edition);
      const recordIds = { ...ids.recordIds, ...carried.ids.recordIds };
      return { ...entry, ...carried, box: null, ids: { ...ids, ...carried.ids, recordIds } };
    },
    // A draft whose visit was saved after all (a crash in between) is not offered again.
    (kept) => (mended ?? moved) !== undefined || !isOnPhone(store, kept?.ids.operationId, person.id),
  );
  // What was begun is finished on its own edition, whatever has arrived since, unless its day is changed.
  const begunOn = draft?.begun?.editions;
  const isRead = draft !== undefined && draft !== null;
  const start = useMemo(
    () => (isRead ? startOn(begunOf(book, begunOn)) : undefined),
    [isRead, begunOn, startOn, book],
  );
  if (!fresh)
    return (
      <InnerFrame title="随访" back={`/people/${person.id}`}>
        <FieldEmpty title={`${person.name} 尚未纳入管理`}>
          纳入高血压、糖尿病或慢阻肺病管理后才能随访。
        </FieldEmpty>
      </InnerFrame>
    );
  if (!draft || !start)
    return (
      <InnerFrame title="随访" back={`/people/${person.id}`}>
        {room.kind === 'none' ? <NoRoom again={room.again} /> : <FieldLoading />}
      </InnerFrame>
    );
  return (
    <VisitForm
      person={visited}
      start={start}
      book={book}
      entry={draft}
      change={(next) => change((old) => old && visitOnItsDay(old, next(old), { today, book, startOn }))}
      saveWith={saveWith}
      mended={mended}
      replaced={moved}
      wasKept={wasKept && !mended}
    />
  );
}

function dayOfRefused(refused: FieldOperation | undefined, today: PlainDate): PlainDate {
  const [sheet] = refused?.kind === 'visit.record' ? refused.body.sheets : [];
  return dayTyped(sheet?.answers.visitDate, today) ?? today;
}

function begunOf(
  book: DefinitionBook,
  editions: NonNullable<VisitEntry['begun']>['editions'] | undefined,
): EditionOf {
  return (program) => book.begun(followUpFormOf(program), editions?.[program]);
}
