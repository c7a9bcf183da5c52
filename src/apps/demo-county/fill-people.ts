import { copyText } from './copy-table.ts';
import type { CountyFill } from './county-fill.ts';
import { generatePeople, type VillageSerial } from './generate-people.ts';
import { peopleTables } from './people-tables.ts';
import { generateInWorker } from './run-people-worker.ts';
import { sealingKeys } from './seal-people.ts';

/**
 * Fills residents, their enrolments, sheets, readings, verdicts, tasks and judged years. In bulk another core makes the
 * rows while the database takes them in, and they are frozen as they are written: the tables were truncated in this
 * transaction, so nobody can have seen them.
 */
export async function fillPeople(fill: CountyFill, bulk: boolean): Promise<void> {
  const { client, residents, onProgress } = fill;
  const input = { ...fill, keys: sealingKeys(fill.keys) };
  const people = bulk ? generateInWorker(input) : generatePeople(input);
  let spoke = Date.now();
  for (let step = await people.next(); ; step = await people.next()) {
    if (step.done) return fillSerials(fill, step.value);
    const { made, texts } = step.value;
    for (const { table, bytes } of texts)
      await copyText(client, table, peopleTables[table], bytes, bulk ? 'with (freeze)' : '');
    if (Date.now() - spoke > 2000) {
      spoke = Date.now();
      onProgress?.(`正在生成演示县：${made} / ${residents} 人`);
    }
  }
}

async function fillSerials(fill: CountyFill, serials: readonly VillageSerial[]): Promise<void> {
  await fill.client.query(
    `insert into archive_serial (county_id, region_code, last_serial)
     select $1, x."regionCode", x.last from jsonb_to_recordset($2::jsonb) as x ("regionCode" text, last integer)`,
    [fill.countyId, JSON.stringify(serials)],
  );
}
