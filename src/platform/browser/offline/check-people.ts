import type { FieldEngine } from './field-engine.ts';
import type { OperationShape } from './field-store.ts';
import { memoryChange, phoneDay, type SyncMemory } from './sync-memory.ts';
import { type CheckedSlice, NoAnswer, type Transport } from './transport.ts';

/** People of one slice, and slices of one call. */
const sliceSize = 250;
const slicesOfACall = 4;
/** Calls a day: a village whole, the largest phone in ten days; neither server nor battery notices. */
const callsADay = 5;

type Engine<D extends { readonly id: string }, V, L, O extends OperationShape> = FieldEngine<D, V, L, O>;

/**
 * Once a day, after all changes are read: compares the people held with the server's by digests of slices, and takes the
 * server's people of a slice that differs. It finds what no cursor can: a row lost or changed on either side unnoticed.
 */
export async function checkPeople<D extends { readonly id: string }, V, L, O extends OperationShape>(
  engine: Engine<D, V, L, O>,
  transport: Transport<D>,
  clock: () => Date,
): Promise<void> {
  const day = phoneDay(clock(), engine.memory);
  const isUnderWay = engine.outbox.list().some((entry) => entry.state === 'sent');
  if (!transport.check || !engine.model.comparedText || engine.memory.checked?.on === day || isUnderWay)
    return;
  try {
    const ids = engine.people.ids();
    let from = engine.memory.checked?.from ?? null;
    for (let call = 0; call < callsADay; call++) {
      const cut = cutSlices(ids, from);
      from = cut.at(-1)?.through ?? null;
      const isLast = from === null || call === callsADay - 1;
      await compare(engine, transport, day, cut, isLast ? { on: day, from } : undefined);
      if (isLast) return;
    }
  } catch (error) {
    // Without an answer it is tried again in the next round; what was read stands.
    if (!(error instanceof NoAnswer)) throw error;
  }
}

interface Cut {
  readonly after: string | null;
  readonly through: string | null;
  readonly ids: readonly string[];
}

/** The next slices of these sorted ids; the last one of all reaches to the end, whoever may be there on the server. */
function cutSlices(ids: readonly string[], from: string | null): Cut[] {
  const start = from === null ? 0 : ids.filter((id) => id <= from).length;
  const slices: Cut[] = [];
  let after = from;
  for (let at = start; slices.length < slicesOfACall; at += sliceSize) {
    const own = ids.slice(at, at + sliceSize);
    const isEnd = at + sliceSize >= ids.length;
    const through = isEnd ? null : (own.at(-1) ?? null);
    slices.push({ after, through, ids: own });
    if (isEnd) break;
    after = through;
  }
  return slices;
}

async function compare<D extends { readonly id: string }, V, L, O extends OperationShape>(
  engine: Engine<D, V, L, O>,
  transport: Transport<D>,
  day: string,
  cut: readonly Cut[],
  checked: SyncMemory['checked'] | undefined,
): Promise<void> {
  const { current } = engine.memory;
  if (!current || !transport.check) return;
  const slices: CheckedSlice[] = [];
  for (const { after, through, ids } of cut)
    slices.push({ after, through, sha256: await digestOf(engine, ids, day) });
  const answer = await transport.check({ cursor: current.cursor, scope: current.scope, day, slices });
  const isDiffering = answer.differing.length > 0;
  if (!isDiffering && !checked) return;
  const sent = new Set(answer.documents.map((document) => document.id));
  const gone = answer.differing.flatMap((place) => cut[place]?.ids.filter((id) => !sent.has(id)) ?? []);
  const people = await engine.people.prepare(answer.documents, gone);
  const memory: SyncMemory = {
    ...engine.memory,
    ...(checked ? { checked } : {}),
    ...(isDiffering ? { mark: (engine.memory.mark ?? 0) + 1 } : {}),
  };
  await engine.storage.write([...people.changes, await memoryChange(engine.sealer, memory)]);
  people.done();
  engine.memory = memory;
  if (isDiffering) await engine.refresh([...sent, ...gone]);
}

async function digestOf<D extends { readonly id: string }, V, L, O extends OperationShape>(
  engine: Engine<D, V, L, O>,
  ids: readonly string[],
  day: string,
): Promise<string> {
  const documents = await engine.people.readMany(ids);
  const texts = ids.flatMap((id) => {
    const document = documents.get(id);
    return document ? engine.model.comparedText?.(document, day) : [];
  });
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(texts.join('\n')));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
