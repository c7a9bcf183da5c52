import { copyBinary } from './copy-table.ts';
import type { CountyFill, PlannedFill } from './county-fill.ts';
import { type PeopleInput, PeopleMaker, shareOut } from './generate-people.ts';
import { peopleTables } from './people-tables.ts';
import { type MadeVillages, makeInWorkers } from './run-people-worker.ts';
import { sealingKeys } from './seal-people.ts';

/** The county's people, while they are made. */
export interface PeopleComing {
  readonly villages: AsyncIterable<MadeVillages> | Iterable<MadeVillages>;
  /** Written frozen into tables that were truncated in the same transaction. */
  readonly inBulk: boolean;
  readonly stop: () => Promise<unknown>;
}

/** Begins to make the people: in bulk other threads do, from now on, while the database is made ready for them. */
export function startPeople(fill: PlannedFill, bulk: boolean): PeopleComing {
  const input = { ...fill, keys: sealingKeys(fill.keys) };
  if (!bulk) return { villages: makeHere(input), inBulk: false, stop: async () => undefined };
  return { ...makeInWorkers(input), inBulk: true };
}

/**
 * Fills residents, their enrolments, sheets, readings, verdicts, tasks and judged years. In bulk they are frozen as they
 * are written: the tables were truncated in this transaction, so nobody can have seen them.
 */
export async function fillPeople(fill: CountyFill, people: PeopleComing): Promise<void> {
  const { client, residents, onProgress } = fill;
  const sizes = shareOut(fill);
  let spoke = Date.now();
  let made = 0;
  for await (const { villages, copies } of people.villages) {
    for (const { table, bytes } of copies)
      await copyBinary(client, { table, columns: peopleTables[table], bytes, isFrozen: people.inBulk });
    for (const village of villages) made += sizes[village] ?? 0;
    if (Date.now() - spoke > 2000) {
      spoke = Date.now();
      onProgress?.(`正在生成演示县：${made} / ${residents} 人`);
    }
  }
  await fillSerials(fill, sizes);
  if (people.inBulk) await markToCount(fill);
}

function* makeHere(input: PeopleInput): Generator<MadeVillages> {
  const maker = new PeopleMaker(input);
  for (const village of input.plan.villages.keys())
    yield { villages: [village], copies: maker.make([village]) };
}

/** The last archive number of each village. */
async function fillSerials({ client, countyId, plan }: CountyFill, sizes: readonly number[]): Promise<void> {
  await client.query(
    `insert into archive_serial (county_id, region_code, last_serial)
     select $1, x.code, x.last from unnest($2::text[], $3::int[]) as x (code, last)`,
    [countyId, plan.villages.map((village) => village.regionCode), sizes],
  );
}

/** What triggers do where they are not taken off: each village's signing figures are to be counted. */
async function markToCount({ client, countyId, plan }: CountyFill): Promise<void> {
  await client.query('insert into signing_change (county_id, org_path) select $1, unnest($2::text[])', [
    countyId,
    plan.villages.map((village) => village.path),
  ]);
}
