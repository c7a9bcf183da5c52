import { sql, type Transaction } from 'kysely';
import { screeningForms } from '#capabilities/records/domain/evaluate-screening.ts';
import type { Reason } from '#kernel/decision.ts';
import { type OrgPath, subtreeRange } from '#kernel/org-path.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { StepOutcome } from '#platform/server/jobs/batch-jobs.ts';
import {
  birthDaysOf,
  type CampaignTarget,
  chooseForCampaign,
  type RegisterFacts,
} from '../domain/campaign-target.ts';

/** Villages read in one step: some thousand people, a fraction of a second. */
const placesAStep = 8;

interface ListInput {
  readonly countyId: string;
  readonly campaignId: string;
  readonly path: OrgPath;
  readonly target: CampaignTarget;
  readonly day: PlainDate;
}

interface RegisterRow {
  readonly id: string;
  readonly org_path: string;
  readonly birth_date: PlainDate;
  readonly sex: string;
  readonly family: string[];
  readonly past: { code?: string }[];
  readonly programs: string[];
  readonly exposures: string[];
  readonly fuel: string | null;
  readonly sbp: number | null;
  readonly dbp: number | null;
  readonly bmi: number | null;
  readonly screened_on: PlainDate | null;
}

/** How many places keep residents' records in a subtree: the length of the work. */
export async function countPlaces(tx: Transaction<Tables>, countyId: string, path: OrgPath): Promise<number> {
  const { from, to } = subtreeRange(path);
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from organization where county_id = ${countyId}
      and kind in ('village-clinic', 'township-centre') and path >= ${from} and path < ${to}`.execute(tx);
  return rows[0]?.n ?? 0;
}

/** The next places in order of the tree. */
export async function nextPlaces(
  tx: Transaction<Tables>,
  input: { countyId: string; path: OrgPath; after: string | null; limit: number },
): Promise<string[]> {
  const { from, to } = subtreeRange(input.path);
  const { rows } = await sql<{ path: string }>`
    select path from organization where county_id = ${input.countyId}
      and kind in ('village-clinic', 'township-centre') and path >= ${from} and path < ${to}
      and path > ${input.after ?? ''} order by path limit ${input.limit}`.execute(tx);
  return rows.map((row) => row.path);
}

/** Lists the people of the next villages for a campaign: one read of the register, the rule on each, one write. */
export async function listNextPeople(
  tx: Transaction<Tables>,
  input: ListInput,
  after: string | null,
): Promise<StepOutcome> {
  const places = await nextPlaces(tx, { ...input, after, limit: placesAStep });
  const rows = places.length === 0 ? [] : await readRegister(tx, input, places);
  const chosen = rows.flatMap((row) => {
    const reasons = chooseForCampaign(input.target, factsOf(row), input.day);
    return reasons ? [{ resident_id: row.id, org_path: row.org_path, reasons }] : [];
  });
  await insertPeople(tx, input, chosen);
  const isLast = places.length < placesAStep;
  return {
    place: isLast ? null : (places.at(-1) ?? null),
    handled: places.length,
    counts: { people: rows.length, targets: chosen.length },
  };
}

async function insertPeople(
  tx: Transaction<Tables>,
  input: ListInput,
  chosen: readonly { resident_id: string; org_path: string; reasons: readonly Reason[] }[],
): Promise<void> {
  if (chosen.length === 0) return;
  await sql`
    insert into campaign_person (county_id, campaign_id, resident_id, org_path, reasons)
    select ${input.countyId}, ${input.campaignId}::uuid, x.resident_id, x.org_path, x.reasons
    from jsonb_to_recordset(${JSON.stringify(chosen)}::jsonb) as x (resident_id uuid, org_path text, reasons jsonb)
    on conflict do nothing`.execute(tx);
}

/**
 * The people of these places of the right age who are neither managed for the disease nor already on their way to it,
 * with what the register knows. Readings are looked up only where the campaign asks for them.
 */
async function readRegister(
  tx: Transaction<Tables>,
  input: ListInput,
  places: readonly string[],
): Promise<RegisterRow[]> {
  const { target } = input;
  const birth = birthDaysOf(target, input.day);
  const asksPressure = target.risks.includes('raised-pressure');
  const asksWeight = target.risks.includes('overweight');
  const none = sql`'[]'::jsonb`;
  const pressure = asksPressure
    ? sql`left join lateral (
        select s.value::int as sbp, d.value::int as dbp from measurement s
        join measurement d on d.county_id = s.county_id and d.record_id = s.record_id and d.kind = 'dbp'
        where s.county_id = r.county_id and s.resident_id = r.id and s.kind = 'sbp'
        order by s.occurred_on desc limit 1) p on true`
    : sql`left join (select null::int as sbp, null::int as dbp) p on true`;
  const weight = asksWeight
    ? sql`left join lateral (
        select m.value::float8 as bmi from measurement m
        where m.county_id = r.county_id and m.resident_id = r.id and m.kind = 'bmi'
        order by m.occurred_on desc limit 1) b on true`
    : sql`left join (select null::float8 as bmi) b on true`;
  const { rows } = await sql<RegisterRow>`
    select r.id, r.org_path, r.birth_date, r.sex,
      coalesce(r.personal_information->'familyFather', ${none}) || coalesce(r.personal_information->'familyMother', ${none})
        || coalesce(r.personal_information->'familySiblings', ${none})
        || coalesce(r.personal_information->'familyChildren', ${none}) as family,
      coalesce(r.personal_information->'pastDiseases', ${none}) as past,
      coalesce(r.personal_information->'exposures', ${none}) as exposures,
      r.personal_information->>'fuelType' as fuel, p.sbp, p.dbp, b.bmi,
      (select coalesce(array_agg(e.program), '{}') from enrollment e where e.county_id = r.county_id
        and e.resident_id = r.id and e.closed_on is null) as programs,
      (select max(f.occurred_on) from form_record f where f.county_id = r.county_id and f.resident_id = r.id
        and f.form = any(${[...screeningForms]}::text[]) and f.superseded_by is null) as screened_on
    from resident r ${pressure} ${weight}
    where r.county_id = ${input.countyId} and r.org_path = any(${[...places]}::text[]) and r.status = 'active'
      and r.birth_date > ${birth.from}::date and r.birth_date <= ${birth.to}::date
      and not exists (select 1 from enrollment e where e.county_id = r.county_id and e.resident_id = r.id
        and e.program = ${target.condition} and e.closed_on is null)
      and not exists (select 1 from condition_episode c where c.county_id = r.county_id and c.resident_id = r.id
        and c.condition = ${target.condition} and c.state in ('suspected', 'confirmed', 'enrolled'))`.execute(
    tx,
  );
  return rows;
}

function factsOf(row: RegisterRow): RegisterFacts {
  return {
    birthDate: row.birth_date,
    sex: row.sex,
    family: row.family.map(String),
    past: row.past.map((one) => String(one.code ?? '')),
    programs: row.programs,
    exposures: row.exposures.map(String),
    fuel: row.fuel,
    sbp: row.sbp,
    dbp: row.dbp,
    bmi: row.bmi,
    screenedOn: row.screened_on,
  };
}
