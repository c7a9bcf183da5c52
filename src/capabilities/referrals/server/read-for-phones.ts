import { sql, type Transaction } from 'kysely';
import type { Tables } from '#platform/server/database/tables.ts';
import { doneForSender, type ReferralState, type Urgency } from '../domain/referral-states.ts';

/** A referral as the house that manages the person carries it along: no summary, and of the slip what a doctor goes on with. */
export interface CarriedReferral {
  readonly id: string;
  readonly resident_id: string;
  readonly from_id: string;
  readonly from_name: string;
  readonly to_id: string | null;
  readonly to_name: string | null;
  readonly to_department: string;
  readonly urgency: Urgency;
  readonly reason: string;
  readonly state: ReferralState;
  readonly version: number;
  readonly at: Date;
  readonly note: string | null;
  readonly answer_due_at: Date | null;
  readonly back: Readonly<Record<string, string>> | null;
}

/** More than this go on for nobody; the newest count. */
const most = 5;

/**
 * The referrals of these residents that go on, and of each the last one, the newest first: nothing of it changes by the
 * calendar alone. The walls of the transaction say which.
 */
export async function readCarriedReferrals(
  tx: Transaction<Tables>,
  input: { readonly countyId: string; readonly residentIds: readonly string[] },
): Promise<CarriedReferral[]> {
  const { rows } = await sql<CarriedReferral>`
    select q.id, q.resident_id, q.from_organization_id as from_id, f.name as from_name, q.to_organization_id as to_id,
      t.name as to_name, q.to_department, q.urgency, q.reason, q.status as state, q.version,
      coalesce(p.at, q.requested_at) as at, p.note, q.answer_due_at, q.back
    from (select r.*, row_number() over (partition by r.resident_id order by r.requested_at desc, r.id desc) as place,
        row_number() over (partition by r.resident_id, r.status in (${sql.join(doneForSender)})
          order by r.requested_at desc, r.id desc) as among
      from referral_request r
      where r.county_id = ${input.countyId} and r.resident_id = any(${input.residentIds}::uuid[])) q
    join organization f on f.county_id = q.county_id and f.id = q.from_organization_id
    left join organization t on t.county_id = q.county_id and t.id = q.to_organization_id
    left join lateral (select s.at, s.note from referral_step s
      where s.county_id = q.county_id and s.referral_id = q.id and s.state = q.status
      order by s.at desc, s.id desc limit 1) p on true
    where q.place = 1 or (q.status not in (${sql.join(doneForSender)}) and q.among <= ${most})
    order by q.resident_id, q.requested_at desc, q.id desc`.execute(tx);
  return rows;
}
