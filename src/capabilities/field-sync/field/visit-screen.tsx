import { useMemo } from 'react';
import { uuidv7 } from 'uuidv7';
import { openVisit, type VisitEntry } from '#capabilities/follow-up/domain/visit-entry.ts';
import { FieldEmpty, FieldFailure, FieldLoading } from '#platform/browser/field/controls.tsx';
import { useLocation, usePathParts } from '#platform/browser/field/navigation.tsx';
import type { PersonDocument } from '../domain/person-document.ts';
import { managedAsTyped, startPhoneVisit, visitIds } from '../domain/start-phone-visit.ts';
import { InnerFrame } from './field-frame.tsx';
import { usePerson, usePhone, usePhoneToday } from './phone-context.tsx';
import { typedAs, useKeptDraft } from './use-kept-draft.ts';
import type { VillageStore } from './village-store.ts';
import { VisitForm } from './visit-form.tsx';

/** A visit of one person: all their diseases on one screen, judged on the phone. */
export function VisitScreen() {
  const { id = '' } = usePathParts('/people/:id/visit');
  const person = usePerson(id);
  if (person.kind === 'there' && person.value) return <VisitOf person={person.value} />;
  return (
    <InnerFrame title="随访" back={`/people/${id}`}>
      {person.kind === 'loading' && <FieldLoading />}
      {person.kind === 'failed' && <FieldFailure message={person.message} />}
      {person.kind === 'there' && <FieldEmpty title="本机没有这个人">可能已移出您的管理范围。</FieldEmpty>}
    </InnerFrame>
  );
}

function VisitOf({ person }: { person: PersonDocument }) {
  const { store, doctorName } = usePhone();
  const today = usePhoneToday();
  const { query } = useLocation();
  const mended = query.get('operation') ?? undefined;
  const method = query.get('by') ?? undefined;
  const visited = useMemo(() => managedAsTyped(person, refusedVisit(store, mended)), [person, store, mended]);
  const start = useMemo(() => startPhoneVisit(visited, doctorName, today), [visited, doctorName, today]);
  const { draft, change, saveWith, wasKept } = useKeptDraft<VisitEntry | null>(
    store,
    mended ? typedAs(mended) : `visit:${person.id}`,
    () => {
      if (!start) return null;
      const answers = method ? { ...start.answers, visitMethod: method } : start.answers;
      return openVisit(start.frame, answers, visitIds(start, uuidv7));
    },
    // A draft whose visit was saved after all (a crash in between) is not offered again.
    (kept) => mended !== undefined || !isSaved(store.operations({ residentId: person.id }), kept),
  );
  if (!start)
    return (
      <InnerFrame title="随访" back={`/people/${person.id}`}>
        <FieldEmpty title={`${person.name} 尚未纳入管理`}>
          纳入高血压、糖尿病或慢阻肺病管理后才能随访。
        </FieldEmpty>
      </InnerFrame>
    );
  if (!draft)
    return (
      <InnerFrame title="随访" back={`/people/${person.id}`}>
        <FieldLoading />
      </InnerFrame>
    );
  return (
    <VisitForm
      person={visited}
      start={start}
      entry={draft}
      change={(next) => change((old) => (old ? next(old) : old))}
      saveWith={saveWith}
      mended={mended}
      wasKept={wasKept && !mended}
    />
  );
}

const refusedVisit = (store: VillageStore, operationId: string | undefined) =>
  store
    .needsYou()
    .map((one) => one.operation)
    .find((one) => one.operationId === operationId);

function isSaved(
  operations: readonly { operation: { operationId: string } }[],
  kept: VisitEntry | null,
): boolean {
  return operations.some((one) => one.operation.operationId === kept?.ids.operationId);
}
