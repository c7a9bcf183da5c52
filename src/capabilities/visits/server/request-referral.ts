import { sql, type Transaction } from 'kysely';
import { loadPatientRecord } from '#capabilities/assessment/server/public.ts';
import { conditionLabels } from '#clinical/conditions.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { sealsOf } from '#platform/server/database/with-scope.ts';
import {
  findReadingKind,
  type ReadingContext,
  readingContexts,
} from '#standards/measurements/reading-kinds.ts';
import type { Moved } from '../contract.ts';
import type { BoxId } from '../domain/flow-boxes.ts';
import { closeByReferral } from './danger-events.ts';
import { readFlowSettings } from './flow-settings.ts';
import { holdVisit, readFlowFacts, type VisitRow } from './hold-visit.ts';
import { judgePerson } from './judge-visit.ts';
import { placeVisit, walkVisit } from './walk-visit.ts';

export interface ReferralInput {
  readonly visitId: string;
  readonly version: number;
  readonly referralId: string;
  readonly toDepartment: string;
  readonly urgency: 'emergency' | 'soon' | 'routine';
  readonly reason: string;
  readonly firstHandling: string;
  readonly today: PlainDate;
  readonly now: Date;
}

/** Boxes passed on the way to the referral: an emergency does not wait for them to be filled. */
const plainWay: Partial<Record<BoxId, readonly BoxId[]>> = { B4: ['B6'], B5: ['B6'] };
const hurriedWay: Partial<Record<BoxId, readonly BoxId[]>> = {
  ...plainWay,
  B1: ['B3', 'B4', 'B6'],
  B2: ['B3', 'B4', 'B6'],
  B3: ['B4', 'B6'],
};

/**
 * Beyond the centre: writes what was done first and asks for the referral at the same time, with a summary drawn from
 * the record. An emergency need not wait for every box to be filled: they are passed at once.
 */
export async function askForReferral(
  tx: Transaction<Tables>,
  actor: Actor,
  input: ReferralInput,
): Promise<Moved | Refused> {
  const visit = await holdVisit(tx, actor, input.visitId, input.version);
  if ('kind' in visit) return visit;
  const facts = await readFlowFacts(tx, actor.countyId, visit);
  const { settings } = await readFlowSettings(tx, actor.countyId);
  const judged =
    visit.box === 'B13' ? await judgePerson(tx, actor.countyId, visit.resident_id, input.today) : undefined;
  const isEmergency = input.urgency === 'emergency';
  const before = (isEmergency ? hurriedWay : plainWay)[visit.box] ?? [];
  const content = {
    reason: input.reason,
    firstHandling: input.firstHandling,
    toDepartment: input.toDepartment,
    urgency: input.urgency,
  };
  const at = await walkVisit(
    tx,
    actor,
    visit,
    { ...facts, beyondCapacity: true, stable: judged ? judged.state === 'stable' : undefined },
    settings,
    [
      ...before.map((to) => ({ to, ...(isEmergency ? { content: { note: '急症，先处理后补记' } } : {}) })),
      { to: 'B7' as const, content },
    ],
    input.now,
  );
  if (typeof at !== 'string') return at;
  const summary = await summarise(tx, actor, visit, input.today);
  await sql`
    insert into referral_request (county_id, id, resident_id, org_path, visit_id, from_organization_id, to_department,
      urgency, reason, first_handling, summary, requested_at, requested_by)
    values (${actor.countyId}, ${input.referralId}::uuid, ${visit.resident_id}::uuid, ${visit.org_path}, ${visit.id}::uuid,
      ${actor.organizationId}::uuid, ${input.toDepartment.trim()}, ${input.urgency}, ${input.reason.trim()},
      ${input.firstHandling.trim()}, ${JSON.stringify(sealsOf(tx).answers('referral_request', input.referralId, summary))}::jsonb, ${input.now}, ${actor.staffId}::uuid)`.execute(
    tx,
  );
  await recordAudit(tx, actor, {
    action: 'referral.request',
    residentId: visit.resident_id,
    subject: input.referralId,
    detail: { urgency: input.urgency },
    now: input.now,
  });
  const { now } = input;
  await closeByReferral(tx, actor, { residentId: visit.resident_id, note: input.firstHandling.trim(), now });
  return placeVisit(tx, actor, visit, at, now, { beyondCapacity: true });
}

/**
 * What the receiving doctor should know: diseases, the last reading of each kind with its day and where it was taken,
 * medicines with their dose.
 */
async function summarise(tx: Transaction<Tables>, actor: Actor, visit: VisitRow, today: PlainDate) {
  const record = await loadPatientRecord(tx, {
    countyId: actor.countyId,
    residentId: visit.resident_id,
    today,
  });
  if (!record) return {};
  const latest = new Map<string, (typeof record.measurements)[number]>();
  for (const one of record.measurements) {
    const held = latest.get(one.kind);
    if (!held || one.on > held.on) latest.set(one.kind, one);
  }
  return {
    conditions: [...new Set([...record.conditions, ...record.programs.map((one) => one.program)])].map(
      (one) => conditionLabels[one],
    ),
    readings: [...latest].flatMap(([kind, { value, on, context }]) => {
      const known = findReadingKind(kind);
      const place = context && Object.hasOwn(readingContexts, context) ? context : undefined;
      return known
        ? [
            {
              label: known.label,
              value,
              unit: known.shown,
              on,
              context: place ? readingContexts[place as ReadingContext] : null,
            },
          ]
        : [];
    }),
    medicines: record.medicines.map(({ name, dailyDose }) =>
      dailyDose === undefined ? name : `${name} 每日 ${dailyDose} mg`,
    ),
  };
}
