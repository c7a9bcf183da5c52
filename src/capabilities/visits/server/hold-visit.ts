import { sql, type Transaction } from 'kysely';
import { contractOnDay } from '#capabilities/contracts/server/public.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { BoxId, EntryBox } from '../domain/flow-boxes.ts';
import type { FlowFacts } from '../domain/move-visit.ts';

export interface VisitRow {
  readonly id: string;
  readonly resident_id: string;
  readonly organization_id: string;
  readonly org_path: string;
  readonly arrived_on: PlainDate;
  readonly entry: EntryBox;
  readonly box: BoxId;
  readonly room: string | null;
  readonly doctor_id: string | null;
  readonly queue_no: number | null;
  readonly priority: number;
  readonly called_at: Date | null;
  readonly seen_at: Date | null;
  readonly contract: 'signed' | 'declined' | 'none' | null;
  readonly beyond_capacity: boolean | null;
  readonly status: 'open' | 'resting' | 'closed' | 'left';
  readonly version: number;
  readonly person_status: string;
  readonly birth_date: PlainDate;
  readonly sex: string;
  readonly name: string;
}

/**
 * Takes a visit for writing. Refuses one that is not there, has ended, was changed by somebody else meanwhile, or whose
 * person's record is closed.
 */
export async function holdVisit(
  tx: Transaction<Tables>,
  actor: Actor,
  visitId: string,
  version: number,
): Promise<VisitRow | Refused> {
  const { rows } = await sql<VisitRow>`
    select v.id, v.resident_id, v.organization_id, v.org_path, v.arrived_on, v.entry, v.box, v.room, v.doctor_id,
      v.queue_no, v.priority, v.called_at, v.seen_at, v.contract, v.beyond_capacity, v.status, v.version,
      r.status as person_status, r.birth_date, r.sex, r.name
    from centre_visit v
    join resident r on r.county_id = v.county_id and r.id = v.resident_id
    where v.county_id = ${actor.countyId} and v.id = ${visitId}::uuid for update of v`.execute(tx);
  const [visit] = rows;
  if (!visit) return refused('not-found');
  if (visit.status !== 'open') return refused('record-closed', { detail: '这次就诊已经结束，请重新取号。' });
  if (visit.person_status !== 'active') return refused('record-closed');
  if (visit.version !== version) return refused('stale-version');
  return visit;
}

/** What the drawing's guards ask, as the county's data has it now; stability is judged where it is asked. */
export async function readFlowFacts(
  tx: Transaction<Tables>,
  countyId: string,
  visit: Pick<VisitRow, 'resident_id' | 'organization_id' | 'arrived_on' | 'contract' | 'beyond_capacity'>,
): Promise<FlowFacts & { readonly failedPlans: number; readonly diagnosed: boolean }> {
  const { rows } = await sql<{
    doctor_id: string | null;
    present: boolean;
    diagnosed: boolean;
    failed: number;
  }>`
    select c.doctor_id,
      exists (select 1 from room_duty d where d.county_id = ${countyId} and d.organization_id = ${visit.organization_id}::uuid
        and d.on_day = ${visit.arrived_on}::date and d.doctor_id = c.doctor_id and d.closed_at is null) as present,
      exists (select 1 from condition_episode e where e.county_id = ${countyId} and e.resident_id = ${visit.resident_id}::uuid
          and e.state in ('confirmed','enrolled'))
        or exists (select 1 from enrollment e where e.county_id = ${countyId} and e.resident_id = ${visit.resident_id}::uuid
          and e.closed_on is null) as diagnosed,
      (select count(*)::int from care_plan p where p.county_id = ${countyId} and p.resident_id = ${visit.resident_id}::uuid
        and p.plan_version > coalesce((select max(q.plan_version) from care_plan q where q.county_id = p.county_id
          and q.resident_id = p.resident_id and q.content->>'changeReason' <> 'not-effective'), 0)) as failed
    from (select ${countyId}::text as county_id, ${visit.resident_id}::uuid as id) r
    left join ${contractOnDay(visit.arrived_on)} c on ${visit.arrived_on}::date between c.valid_from and c.valid_to`.execute(
    tx,
  );
  const row = rows[0];
  const isSigned = row?.doctor_id != null;
  return {
    contract: isSigned ? 'signed' : visit.contract === 'declined' ? 'declined' : 'none',
    familyDoctorPresent: row?.present ?? false,
    beyondCapacity: visit.beyond_capacity ?? undefined,
    diagnosed: row?.diagnosed ?? false,
    failedPlans: row?.failed ?? 0,
  };
}
