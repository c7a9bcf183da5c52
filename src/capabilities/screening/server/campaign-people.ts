import { sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import type { Reason } from '#kernel/decision.ts';
import { subtreeRange } from '#kernel/org-path.ts';
import { ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { CampaignOutcome, CampaignPerson } from '../contract.ts';
import { findPlace } from './find-place.ts';

interface Row {
  readonly resident_id: string;
  readonly org_path: string;
  readonly household: string;
  readonly name: string;
  readonly sex: string;
  readonly birth_date: PlainDate;
  readonly phone: string | null;
  readonly currentAddress: string | null;
  readonly organization_name: string;
  readonly reasons: Reason[];
  readonly outcome: CampaignOutcome | null;
  readonly done_on: PlainDate | null;
  readonly record_id: string | null;
  readonly attempts: number;
  readonly last_attempt_on: PlainDate | null;
}

/**
 * The people of a campaign in a place, village after village; within one village by household, as one walks. A list over
 * several villages goes along the index instead, so that a county's first page is as quick as a village's.
 */
export async function readCampaignPeople(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    campaignId: string;
    organizationId?: string | undefined;
    outcome: 'all' | 'open' | CampaignOutcome;
    /** For the way to the doors: whole, if so many people may still be looked up. */
    printedFor?: ((residentIds: readonly string[]) => boolean) | undefined;
    now: Date;
    cursor?: string | undefined;
    limit: number;
    today: PlainDate;
  },
): Promise<{ items: CampaignPerson[]; nextCursor: string | null } | Refused> {
  const place = await findPlace(tx, actor, input.organizationId);
  if (!place) return refused('not-found');
  const { from, to } = subtreeRange(place.path);
  const isVillage = place.path.split('/').filter(Boolean).length >= 3;
  const which =
    input.outcome === 'all'
      ? sql``
      : input.outcome === 'open'
        ? sql`and p.outcome is null`
        : sql`and p.outcome = ${input.outcome}`;
  const after = decodeCursor(input.cursor, 2);
  const key = isVillage ? sql`coalesce(r.household_id::text, r.id::text)` : sql`p.org_path`;
  const beyond = after ? sql`and (${key}, p.resident_id) > (${after[0]}, ${after[1]}::uuid)` : sql``;
  const { rows } = await sql<Row>`
    select p.resident_id, p.org_path, ${key} as household, r.name, r.sex, r.birth_date, r.phone,
      r.personal_information->>'currentAddress' as "currentAddress", o.name as organization_name, p.reasons, p.outcome, p.done_on,
      p.record_id,
      (select count(*)::int from campaign_attempt a where a.county_id = p.county_id and a.campaign_id = p.campaign_id
        and a.resident_id = p.resident_id) as attempts,
      (select max(a.on_day) from campaign_attempt a where a.county_id = p.county_id and a.campaign_id = p.campaign_id
        and a.resident_id = p.resident_id) as last_attempt_on
    from campaign_person p
    join resident r on r.county_id = p.county_id and r.id = p.resident_id
    join organization o on o.county_id = r.county_id and o.id = r.organization_id
    where p.county_id = ${actor.countyId} and p.campaign_id = ${input.campaignId}::uuid
      and p.org_path >= ${from} and p.org_path < ${to} ${which} ${beyond}
    order by ${key}, p.resident_id limit ${input.limit + 1}`.execute(tx);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  if (input.printedFor) {
    if (!input.printedFor(page.map((row) => row.resident_id))) return refused('too-many-look-ups');
    await noteReveals(tx, actor, page, input.now);
  }
  return {
    items: page.map((row) => toPerson(row, input.today)),
    nextCursor: rows.length > input.limit && last ? encodeCursor([last.household, last.resident_id]) : null,
  };
}

/** Each person of a printed list has it in their own log. */
async function noteReveals(tx: Transaction<Tables>, actor: Actor, rows: readonly Row[], now: Date) {
  for (const row of rows)
    await recordAudit(tx, actor, {
      action: 'resident.reveal',
      residentId: row.resident_id,
      subject: 'print',
      detail: { purpose: 'print', fields: ['currentAddress', 'phone'] },
      now,
    });
}

function toPerson(row: Row, today: PlainDate): CampaignPerson {
  return {
    residentId: row.resident_id,
    name: row.name,
    sex: row.sex,
    ageYears: ageInYears(row.birth_date, today),
    organizationName: row.organization_name,
    phone: row.phone,
    address: row.currentAddress,
    reasons: row.reasons,
    outcome: row.outcome,
    doneOn: row.done_on,
    recordId: row.record_id,
    attempts: row.attempts,
    lastAttemptOn: row.last_attempt_on,
  };
}

/**
 * Notes a visit that came to nothing. The last word counts as the outcome until the person is screened; a person already
 * screened is not called absent afterwards.
 */
export async function noteAttempt(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    campaignId: string;
    residentId: string;
    attemptId: string;
    outcome: 'absent' | 'refused';
    onDay: PlainDate;
    note?: string | undefined;
    today: PlainDate;
    now: Date;
  },
): Promise<{ outcome: CampaignOutcome; attempts: number } | Refused> {
  const person = await tx
    .selectFrom('campaign_person as p')
    .innerJoin('campaign as c', (join) =>
      join.onRef('c.county_id', '=', 'p.county_id').onRef('c.id', '=', 'p.campaign_id'),
    )
    .select(['p.org_path', 'p.outcome', 'c.status', 'c.starts_on'])
    .where('p.county_id', '=', actor.countyId)
    .where('p.campaign_id', '=', input.campaignId)
    .where('p.resident_id', '=', input.residentId)
    .forUpdate('p')
    .executeTakeFirst();
  if (!person) return refused('not-found');
  if (person.status !== 'running') return refused('illegal-move', { detail: '该活动没有在进行。' });
  if (person.outcome !== null && !['absent', 'refused'].includes(person.outcome))
    return refused('already-exists', { detail: '该居民已完成筛查，不能再登记未见。' });
  if (input.onDay > input.today || input.onDay < person.starts_on) {
    const message = '日期应在活动开始之后、今天之前。';
    return refused('invalid-input', { issues: [{ path: 'onDay', code: 'range', message }] });
  }
  const inserted = await sql`
    insert into campaign_attempt (county_id, id, campaign_id, resident_id, org_path, on_day, outcome, note, recorded_at,
      recorded_by)
    values (${actor.countyId}, ${input.attemptId}::uuid, ${input.campaignId}::uuid, ${input.residentId}::uuid,
      ${person.org_path}, ${input.onDay}::date, ${input.outcome}, ${input.note ?? null}, ${input.now},
      ${actor.staffId}::uuid) on conflict do nothing returning id`.execute(tx);
  if (inserted.rows.length === 0) return refused('already-exists');
  await sql`update campaign_person set outcome = ${input.outcome}, done_on = ${input.onDay}::date
    where county_id = ${actor.countyId} and campaign_id = ${input.campaignId}::uuid
      and resident_id = ${input.residentId}::uuid`.execute(tx);
  await recordAudit(tx, actor, {
    action: 'campaign.attempt',
    residentId: input.residentId,
    subject: input.campaignId,
    detail: { outcome: input.outcome },
    now: input.now,
  });
  const counted = await sql<{ n: number }>`select count(*)::int as n from campaign_attempt
    where county_id = ${actor.countyId} and campaign_id = ${input.campaignId}::uuid
      and resident_id = ${input.residentId}::uuid`.execute(tx);
  return { outcome: input.outcome, attempts: counted.rows[0]?.n ?? 1 };
}
