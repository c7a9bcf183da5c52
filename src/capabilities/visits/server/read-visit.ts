import { sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import { ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { VisitDetail, VisitStep } from '../contract.ts';
import { listMoves } from '../domain/move-visit.ts';
import { generalRoom, printQueueNumber } from '../domain/queue-order.ts';
import { readFlowSettings } from './flow-settings.ts';
import { readFlowFacts, type VisitRow } from './hold-visit.ts';
import { judgePerson, readPlanInForce } from './judge-visit.ts';

interface Row extends Omit<VisitRow, 'person_status'> {
  readonly doctor_name: string | null;
  readonly steps: VisitStep[];
  readonly episodes: VisitDetail['episodes'];
  readonly referrals: VisitDetail['referrals'];
}

/** A visit with the path it took, where it may go and why, what the person has and what is planned; undefined out of scope. */
export async function readVisit(
  tx: Transaction<Tables>,
  countyId: string,
  visitId: string,
  today: PlainDate,
): Promise<VisitDetail | undefined> {
  const { rows } = await sql<Row>`
    select v.*, r.name, r.sex, r.birth_date, s.name as doctor_name,
      (select coalesce(json_agg(json_build_object('seq', t.seq, 'box', t.box, 'lineNo', t.line_no,
          'at', to_char(t.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'byName', w.name, 'content', t.content)
          order by t.seq), '[]')
        from visit_step t join staff w on w.county_id = t.county_id and w.id = t.by
        where t.county_id = v.county_id and t.visit_id = v.id) as steps,
      (select coalesce(json_agg(json_build_object('condition', e.condition, 'state', e.state, 'since', e.since,
          'dueOn', e.due_on, 'nextStep', e.next_step, 'version', e.version) order by e.condition), '[]')
        from condition_episode e where e.county_id = v.county_id and e.resident_id = v.resident_id
          and e.state <> 'closed') as episodes,
      (select coalesce(json_agg(json_build_object('id', f.id, 'toName', o.name, 'toDepartment', f.to_department,
          'urgency', f.urgency, 'reason', f.reason, 'status', f.status) order by f.requested_at desc), '[]')
        from referral_request f left join organization o on o.county_id = f.county_id and o.id = f.to_organization_id
        where f.county_id = v.county_id and f.visit_id = v.id) as referrals
    from centre_visit v
    join resident r on r.county_id = v.county_id and r.id = v.resident_id
    left join staff s on s.county_id = v.county_id and s.id = v.doctor_id
    where v.county_id = ${countyId} and v.id = ${visitId}::uuid`.execute(tx);
  const [row] = rows;
  if (!row) return undefined;
  const facts = await readFlowFacts(tx, countyId, row);
  const { settings } = await readFlowSettings(tx, countyId);
  const plan = await readPlanInForce(tx, countyId, row.resident_id);
  const isJudged = ['B12', 'B13'].includes(row.box) || row.box === 'B10';
  const judged = isJudged && plan ? await judgePerson(tx, countyId, row.resident_id, today) : undefined;
  const stable = judged && judged.state !== 'undecided' ? judged.state === 'stable' : undefined;
  return {
    visitId: row.id,
    residentId: row.resident_id,
    name: row.name,
    sex: row.sex,
    ageYears: ageInYears(row.birth_date, today),
    arrivedOn: row.arrived_on,
    box: row.box,
    status: row.status,
    queueNo: row.queue_no === null ? '' : printQueueNumber(row.queue_no),
    room: row.room ?? generalRoom,
    doctorName: row.doctor_name,
    contract: facts.contract ?? 'none',
    beyondCapacity: row.beyond_capacity,
    version: row.version,
    path: row.steps,
    moves: row.status === 'open' ? listMoves(row.box, { ...facts, stable }, settings) : [],
    episodes: row.episodes,
    plan: plan ? { planId: plan.id, planVersion: plan.plan_version, madeOn: plan.made_on } : null,
    failedPlans: facts.failedPlans,
    stability: judged
      ? {
          state: judged.state,
          reasons: [...judged.reasons],
          missing: [...judged.missing],
          ruleIds: [...judged.ruleIds],
        }
      : null,
    referrals: row.referrals,
  };
}

/** A person's visits to the centre, newest first, by page. */
export async function readVisitPage(
  tx: Transaction<Tables>,
  countyId: string,
  residentId: string,
  page: { readonly cursor?: string | undefined; readonly limit: number },
) {
  const after = decodeCursor(page.cursor, 2);
  const { rows } = await sql<{
    id: string;
    arrived_on: PlainDate;
    box: string;
    status: string;
    created_at: Date;
    doctor_name: string | null;
  }>`
    select v.id, v.arrived_on, v.box, v.status, v.created_at, s.name as doctor_name
    from centre_visit v left join staff s on s.county_id = v.county_id and s.id = v.doctor_id
    where v.county_id = ${countyId} and v.resident_id = ${residentId}::uuid
      ${after ? sql`and (v.created_at, v.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by v.created_at desc, v.id desc limit ${page.limit + 1}`.execute(tx);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => ({
      visitId: row.id,
      arrivedOn: row.arrived_on,
      box: row.box,
      status: row.status,
      doctorName: row.doctor_name,
    })),
    nextCursor:
      rows.length > page.limit && last ? encodeCursor([last.created_at.toISOString(), last.id]) : null,
  };
}
