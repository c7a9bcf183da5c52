import { copyText } from './copy-table.ts';
import type { CountyFill } from './county-fill.ts';
import { generatePeople, type VillageSerial } from './generate-people.ts';
import { peopleTableNames, peopleTables } from './people-tables.ts';

/** Fills residents, their enrolments, sheets, readings, verdicts, tasks and judged years. */
export async function fillPeople(fill: CountyFill): Promise<void> {
  const { client, residents, onProgress } = fill;
  const people = generatePeople(fill);
  let spoke = Date.now();
  for (let step = people.next(); ; step = people.next()) {
    if (step.done) return fillSerials(fill, step.value);
    const { made, texts } = step.value;
    for (const table of peopleTableNames) {
      if (texts[table] !== '') await copyText(client, table, peopleTables[table], Buffer.from(texts[table]));
    }
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
