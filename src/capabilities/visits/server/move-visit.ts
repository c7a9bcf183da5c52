import type { Transaction } from 'kysely';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { Moved } from '../contract.ts';
import { findBox } from '../domain/flow-boxes.ts';
import { readFlowSettings } from './flow-settings.ts';
import { holdVisit, readFlowFacts } from './hold-visit.ts';
import { judgePerson } from './judge-visit.ts';
import { placeVisit, walkVisit } from './walk-visit.ts';

interface MoveInput {
  readonly visitId: string;
  readonly version: number;
  readonly to: string;
  readonly note: string;
  readonly recheckOn?: PlainDate | undefined;
  readonly capacity?: { readonly beyond: boolean; readonly reason: string } | undefined;
  readonly today: PlainDate;
  readonly now: Date;
}

/** Boxes with an act of their own: nobody gets there by a bare move. */
const byActOnly = ['B7', 'B11', 'B12', 'B13', 'C1'];

/**
 * Moves a visit to the next box of the drawing. What a guard asks is taken from the data; only whether the case is
 * beyond the centre is the doctor's word, with a reason when it is.
 */
export async function moveVisitTo(
  tx: Transaction<Tables>,
  actor: Actor,
  input: MoveInput,
): Promise<Moved | Refused> {
  const visit = await holdVisit(tx, actor, input.visitId, input.version);
  if ('kind' in visit) return visit;
  const box = findBox(input.to);
  if (!box) return refused('illegal-move', { detail: '没有这个服务环节。' });
  if (byActOnly.includes(box.id))
    return refused('illegal-move', { detail: `“${box.label}”须在相应的页面完成，不能直接跳到。` });
  if (input.capacity?.beyond && input.capacity.reason.trim() === '')
    return refused('invalid-input', {
      issues: [{ path: 'capacity.reason', code: 'missing', message: '请写明超出诊疗能力的理由。' }],
    });
  if (input.recheckOn && input.recheckOn <= input.today)
    return refused('invalid-input', {
      issues: [{ path: 'recheckOn', code: 'past', message: '复查日期应在今天之后。' }],
    });
  const facts = await readFlowFacts(tx, actor.countyId, visit);
  const { settings } = await readFlowSettings(tx, actor.countyId);
  const judged =
    visit.box === 'B13' ? await judgePerson(tx, actor.countyId, visit.resident_id, input.today) : undefined;
  const stable = judged && judged.state !== 'undecided' ? judged.state === 'stable' : undefined;
  const at = await walkVisit(
    tx,
    actor,
    visit,
    { ...facts, stable, ...(input.capacity ? { beyondCapacity: input.capacity.beyond } : {}) },
    settings,
    [
      {
        to: box.id,
        content: {
          ...(input.note ? { note: input.note } : {}),
          ...(input.recheckOn ? { nextOn: input.recheckOn } : {}),
          ...(input.capacity ? { capacity: input.capacity } : {}),
        },
      },
    ],
    input.now,
  );
  if (typeof at !== 'string') return at;
  await recordAudit(tx, actor, {
    action: 'visit.move',
    residentId: visit.resident_id,
    subject: visit.id,
    detail: { from: visit.box, to: at },
    now: input.now,
  });
  return placeVisit(
    tx,
    actor,
    visit,
    at,
    input.now,
    input.capacity ? { beyondCapacity: input.capacity.beyond } : {},
  );
}
