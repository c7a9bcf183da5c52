import type pg from 'pg';
import { singleClient } from '#platform/server/database/as-owner.ts';
import { markSealed } from '../server/seal-stored-fields.ts';
import { dropForBulkLoad, restoreAfterBulkLoad } from './bulk-load.ts';
import type { FillInput, FillStep, PlannedFill } from './county-fill.ts';
import { fillAppointments } from './fill-appointments.ts';
import { fillCheckups } from './fill-checkups.ts';
import { fillClosing } from './fill-closing.ts';
import { fillContracts } from './fill-contracts.ts';
import { fillDangers } from './fill-dangers.ts';
import { fillFieldDevices } from './fill-field-devices.ts';
import { insertOrganizations, insertStaff } from './fill-organizations.ts';
import { fillPeople, type PeopleComing, startPeople } from './fill-people.ts';
import { fillPrivacy } from './fill-privacy.ts';
import { fillReferrals } from './fill-referrals.ts';
import { fillScreening } from './fill-screening.ts';
import { fillVisits } from './fill-visits.ts';
import { peopleTableNames } from './people-tables.ts';
import { planOrganizations } from './plan-organizations.ts';
import { type DemoStaff, planStaff } from './plan-staff.ts';
import { IdMaker, Random } from './random.ts';

/**
 * What each capability adds, in this order, once residents and their follow-up stand with all keys and indexes. One line
 * each: `fill-<capability>.ts` exports one function; set-based SQL or COPY, cheap at a million residents.
 */
const capabilityFills: readonly (readonly [name: string, add: FillStep])[] = [
  ['签约', fillContracts],
  ['预约', fillAppointments],
  ['就诊', fillVisits],
  ['筛查', fillScreening],
  ['手机', fillFieldDevices],
  ['授权', fillPrivacy],
  ['体检', fillCheckups],
  ['结案', fillClosing],
  ['异常情况', fillDangers],
  ['转诊', fillReferrals],
];

/** Above this many residents indexes are built after loading instead of row by row. */
export const isBulk = (input: Pick<FillInput, 'residents' | 'bulkAbove'>) =>
  input.residents > (input.bulkAbove ?? 50_000);

/**
 * Fills an empty database with the demo county, in one transaction: a start that is killed half way leaves nothing, and
 * the next start fills again. The same seed, size and day give the same county. Row-level security is lifted for the
 * owner inside that transaction only, since COPY does not work under it.
 */
export async function fillDemoCounty(input: FillInput): Promise<void> {
  const county = planCounty(input);
  const people = startPeople(county, isBulk(input));
  const client = singleClient(input.ownerUrl);
  try {
    await client.connect();
    await client.query('begin');
    await fillInTransaction(county, client, people);
    await timed(input, '写入磁盘', () => client.query('commit'));
    // Rows copied in bulk were frozen as they came: only the planner's statistics are missing.
    await timed(input, '统计', () => client.query(isBulk(input) ? 'analyze' : 'vacuum analyze'));
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await people.stop();
    await client.end();
  }
}

interface PlannedCounty extends PlannedFill {
  readonly staff: readonly DemoStaff[];
}

/** The county's organizations and staff, drawn before the database is asked for anything. */
function planCounty(input: FillInput): PlannedCounty {
  const { countyId, seed, residents, today } = input;
  const random = new Random(seed);
  const ids = new IdMaker(new Random(seed + 1), Date.parse(`${today}T00:00:00Z`) - 60_000_000);
  const plan = planOrganizations(random, ids, countyId, residents);
  return { ...input, random, ids, plan, ...planStaff(plan, random, ids) };
}

async function fillInTransaction(
  county: PlannedCounty,
  client: pg.Client,
  people: PeopleComing,
): Promise<void> {
  const { countyId, onProgress, today } = county;
  await client.query(
    `set local synchronous_commit = off; set local statement_timeout = 0; set local timezone = 'Asia/Shanghai';
     set local app.county_id = '${countyId}'; set local app.scope_from = '/'; set local app.scope_to = '0';
     set local app.bulk_load = 'on'`,
  );
  const walled = await lowerWalls(client);
  await foundCounty(county, client);
  const fill = { ...county, client };
  const bulk = isBulk(county);
  const takenOff = bulk ? await dropForBulkLoad(client, peopleTableNames) : undefined;
  await timed(county, '居民与随访', () => fillPeople(fill, people));
  if (takenOff) await timed(county, '索引', () => restoreAfterBulkLoad(client, takenOff, onProgress));
  // What follows joins these tables, and the planner has not met them yet.
  await client.query(`analyze ${peopleTableNames.join(', ')}`);
  let spoke = 0;
  for (const [done, [name, add]] of capabilityFills.entries()) {
    if (Date.now() - spoke > 2000) {
      spoke = Date.now();
      onProgress?.(`正在添加${name}等：${done} / ${capabilityFills.length}`);
    }
    await timed(county, name, () => add(fill));
  }
  await markSealed(client, { ...county, now: new Date(`${today}T00:00:00+08:00`) });
  await raiseWalls(client, walled);
}

/** Does a part of the fill; of a large county it says how long the part took. */
async function timed(input: FillInput, name: string, work: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  await work();
  const seconds = (performance.now() - began) / 1000;
  if (isBulk(input) && seconds >= 1)
    input.onProgress?.(`${name}：${seconds.toFixed(1)} 秒，每秒 ${Math.round(input.residents / seconds)} 人`);
}

/** Files the county with its organizations and staff. */
async function foundCounty({ countyId, seed, plan, staff }: PlannedCounty, client: pg.Client): Promise<void> {
  await client.query('insert into county (county_id, name, is_demo, demo_seed) values ($1, $2, true, $3)', [
    countyId,
    '全程县',
    seed,
  ]);
  await insertOrganizations(client, plan);
  await insertStaff(client, plan, staff);
}

/** Lets the owner past row-level security on every table, until `raiseWalls` in the same transaction. */
async function lowerWalls(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind = 'r' and relforcerowsecurity order by relname`,
  );
  const names = rows.map((row) => row.name);
  await client.query(names.map((name) => `alter table ${name} no force row level security`).join(';'));
  return names;
}

async function raiseWalls(client: pg.Client, names: readonly string[]): Promise<void> {
  await client.query(names.map((name) => `alter table ${name} force row level security`).join(';'));
}
