import type { FieldModel } from './field-model.ts';
import type { OperationShape } from './field-store.ts';
import { isShown, type OutboxEntry } from './outbox.ts';
import { type Change, type FieldStorage, placeOf, type Sealer, sealed } from './storage.ts';
import type { SyncMemory } from './sync-memory.ts';

/**
 * The people today's work puts first, sealed by themselves, so that the list is on screen before fifty thousand lines are
 * opened. It is a copy: whatever does not fit what the phone knows otherwise is not shown.
 */
export interface QuickList {
  /** Whom it was made of: generation of people and count of their changes. */
  readonly generation: number;
  readonly mark: number;
  /** Days it answers for, both included. */
  readonly from: string;
  readonly through: string;
  /** How many of a day's list are sure to be the first. */
  readonly shown: number;
  /** Everybody on the phone, also those not in it. */
  readonly people: number;
  /** Operations whose effect is in it already. */
  readonly typed: readonly string[];
  /** Page of the document (none for somebody only this phone knows), packed line. */
  readonly lines: readonly (readonly [page: number | null, line: unknown])[];
}

/** What of it is on screen. */
export interface QuickView<L> {
  readonly lines: Map<string, L>;
  readonly people: number;
  readonly shown: number;
}

/** Beside the lines it is made of: who deletes those deletes it. */
const bucket = 'lines';
const key = 'quick';

/** The list on the disk; undefined when there is none, or it does not open. */
export async function readQuickList(storage: FieldStorage, sealer: Sealer): Promise<QuickList | undefined> {
  const stored = await storage.read(bucket, key);
  if (stored === undefined) return undefined;
  return sealer.open(placeOf(bucket, key), stored).then(
    (opened) => opened as QuickList,
    () => undefined,
  );
}

export function quickListChange(sealer: Sealer, list: QuickList): Promise<Change> {
  return sealed(sealer, bucket, key, list);
}

/** The beginning of this day's list and of the days after it. */
export function makeQuickList<L>(
  made: Pick<QuickList, 'generation' | 'mark' | 'from' | 'typed' | 'people'>,
  model: Pick<FieldModel<never, unknown, L, unknown, OperationShape>, 'urgentLines' | 'packLine' | 'idOf'>,
  all: Iterable<L>,
  pageOf: (id: string) => number | undefined,
): QuickList {
  const { lines, through, shown } = model.urgentLines(all, made.from);
  const packed = lines.map((line) => [pageOf(model.idOf(line)) ?? null, model.packLine(line)] as const);
  return { ...made, through, shown, lines: packed };
}

/** Whether the list is of these people and answers for this day. */
export function isFresh(quick: QuickList, memory: SyncMemory, day: string): boolean {
  const { current, first, mark = 0, isWipeOrdered } = memory;
  if (!current || first || isWipeOrdered) return false;
  const isOfThem = quick.generation === current.generation && quick.mark === mark;
  return isOfThem && quick.from <= day && day <= quick.through;
}

/** What makes one list differ from another. */
export const madeOf = (list: Pick<QuickList, 'generation' | 'mark' | 'from' | 'typed'>) =>
  [list.generation, list.mark, list.from, ...list.typed].join(' ');

/**
 * The list as it may be shown. Nobody about whom something was typed that the list does not know of is in it, nor the
 * other way round: they may be done.
 */
export function viewOf<L, O extends OperationShape>(
  quick: QuickList,
  model: Pick<FieldModel<never, unknown, L, unknown, O>, 'unpackLine' | 'idOf'>,
  entries: readonly OutboxEntry<O>[],
  locate: (id: string, page: number) => void,
): QuickView<L> {
  const known = new Set(quick.typed);
  const doubtful = new Set(
    entries
      .filter((entry) => isShown(entry) !== known.has(entry.operation.operationId))
      .map((entry) => entry.operation.residentId),
  );
  const lines = new Map<string, L>();
  for (const [page, packed] of quick.lines) {
    const line = model.unpackLine(packed);
    const id = model.idOf(line);
    if (page !== null) locate(id, page);
    if (!doubtful.has(id)) lines.set(id, line);
  }
  return { lines, people: quick.people, shown: quick.shown };
}
