import type { PlainDate } from '#kernel/plain-date.ts';
import { writeCareRows } from './care-rows.ts';
import type { VillageDoctor } from './county-fill.ts';
import { generateCare } from './generate-care.ts';
import { PhoneMaker, VillagePeople } from './generate-resident.ts';
import { emptyTexts, type PeopleTable, peopleTableNames, type TableTexts } from './people-tables.ts';
import { writePersonRow } from './person-rows.ts';
import type { CountyPlan, PlannedVillage } from './plan-organizations.ts';
import { IdMaker, Random } from './random.ts';
import { demoSeals, type SealingKeys } from './seal-people.ts';

/** Everything the people of a county are made from; plain data, so that it can travel to a worker. */
export interface PeopleInput {
  readonly plan: CountyPlan;
  readonly doctors: ReadonlyMap<string, VillageDoctor>;
  readonly residents: number;
  readonly seed: number;
  readonly today: PlainDate;
  readonly keys: SealingKeys;
}

/** A part of the county's people as COPY text of each table, parents first, with how many have been made so far. */
export interface PeopleBatch {
  readonly made: number;
  readonly texts: readonly { readonly table: PeopleTable; readonly bytes: Uint8Array<ArrayBuffer> }[];
}

/** Last archive serial of a village. */
export interface VillageSerial {
  readonly regionCode: string;
  readonly last: number;
}

/** Rows are handed on after so many residents. */
const batchResidents = 4000;

/** Makes all residents with their care, village by village; the same input gives the same text. */
export function* generatePeople(input: PeopleInput): Generator<PeopleBatch, VillageSerial[]> {
  const { plan, doctors, seed, today } = input;
  const random = new Random(seed + 2);
  const ids = new IdMaker(new Random(seed + 3), Date.parse(`${today}T00:00:00Z`) - 50_000_000);
  const identitySerials = new Map<string, number>();
  const phones = new PhoneMaker();
  const serials: VillageSerial[] = [];
  const texts = emptyTexts();
  const seals = demoSeals(input.keys, plan.countyId);
  let made = 0;
  for (const { village, size } of shareOut(plan.villages, input.residents)) {
    const people = new VillagePeople(random, ids, village, today, phones);
    const doctor = doctors.get(village.id);
    if (!doctor) throw new Error('every village has its doctor');
    const context = { countyId: plan.countyId, village, doctorId: doctor.id, today, seals };
    for (let n = 0; n < size; n++) {
      const person = people.next(identitySerials);
      const care = generateCare(random, ids, person, village, doctor, today);
      writePersonRow(texts, context, person, care);
      if (care) writeCareRows(texts, context, ids, person.id, care);
      made += 1;
      if (made % batchResidents === 0) yield takeBatch(made, texts);
    }
    serials.push({ regionCode: village.regionCode, last: people.lastSerial });
  }
  yield takeBatch(made, texts);
  return serials;
}

function takeBatch(made: number, texts: TableTexts): PeopleBatch {
  const filled = peopleTableNames.filter((table) => !texts[table].isEmpty);
  return { made, texts: filled.map((table) => ({ table, bytes: texts[table].take() })) };
}

/** How many of the county's people live in each village; the last one takes the rest. */
function shareOut(
  villages: readonly PlannedVillage[],
  residents: number,
): { village: PlannedVillage; size: number }[] {
  const shares = villages.reduce((sum, village) => sum + village.share, 0);
  let left = residents;
  return villages.map((village, index) => {
    const wanted = Math.round((residents * village.share) / shares);
    const size = index === villages.length - 1 ? left : Math.min(left, wanted);
    left -= size;
    return { village, size };
  });
}
