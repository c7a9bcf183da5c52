import type { PlainDate } from '#kernel/plain-date.ts';
import type { SharedBytes } from './binary-rows.ts';
import { CareRows } from './care-rows.ts';
import { Census } from './census.ts';
import type { VillageDoctor } from './county-fill.ts';
import { generateCare } from './generate-care.ts';
import { VillagePeople } from './generate-resident.ts';
import { emptyRows, type PeopleTable, peopleTableNames } from './people-tables.ts';
import { PersonRows } from './person-rows.ts';
import type { CountyPlan, PlannedVillage } from './plan-organizations.ts';
import { IdMaker, Random } from './random.ts';
import { rowContext } from './row-context.ts';
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

/** The people of some villages as a binary COPY for each table, parents first. */
export type PeopleCopies = readonly {
  readonly table: PeopleTable;
  readonly bytes: SharedBytes;
}[];

/** How many of the county's people live in each village; the last one takes the rest. */
export function shareOut({ plan, residents }: Pick<PeopleInput, 'plan' | 'residents'>): number[] {
  const shares = plan.villages.reduce((sum, village) => sum + village.share, 0);
  let left = residents;
  return plan.villages.map((village, index) => {
    const wanted = Math.round((residents * village.share) / shares);
    const size = index === plan.villages.length - 1 ? left : Math.min(left, wanted);
    left -= size;
    return size;
  });
}

/** Milliseconds of made-up time kept for the ids of each person and their care. */
const idsOfAPerson = 8;

/**
 * Makes the residents of villages with their care. Each village is drawn from a stream of its own, so that the same input
 * gives the same village whoever makes it, and whichever else they make.
 */
export class PeopleMaker {
  readonly #input: PeopleInput;
  readonly #sizes: readonly number[];
  readonly #census: Census;
  readonly #rows = emptyRows();
  readonly #personRows: PersonRows;
  readonly #careRows: CareRows;
  #counted = 0;
  #peopleBefore = 0;

  constructor(input: PeopleInput) {
    this.#input = input;
    this.#sizes = shareOut(input);
    this.#census = new Census(input.seed + 4, input.today);
    this.#personRows = new PersonRows(this.#rows.resident, demoSeals(input.keys, input.plan.countyId));
    this.#careRows = new CareRows(this.#rows);
  }

  /** The villages of these places in the county's order; one maker is asked in this order, and may leave villages out. */
  make(villages: readonly number[]): PeopleCopies {
    for (const village of villages) this.#write(village);
    const filled = peopleTableNames.filter((table) => !this.#rows[table].isEmpty);
    return filled.map((table) => ({ table, bytes: this.#rows[table].take() }));
  }

  /** Takes back the memory of copies that were handed over. */
  reuse(copies: PeopleCopies): void {
    for (const { table, bytes } of copies) this.#rows[table].reuse(bytes);
  }

  #write(index: number): void {
    if (index < this.#counted) throw new RangeError('villages are made in order');
    while (this.#counted < index) this.#count();
    const before = this.#peopleBefore;
    const people = this.#count();
    const { plan, seed, today, doctors } = this.#input;
    const village = plan.villages[index] as PlannedVillage;
    const doctor = doctors.get(village.id);
    if (!doctor) throw new Error('every village has its doctor');
    const random = new Random(seed + 2, index);
    const started = Date.parse(`${today}T00:00:00Z`) - 50_000_000 + before * idsOfAPerson;
    const ids = new IdMaker(new Random(seed + 3, index), started);
    const villagePeople = new VillagePeople(random, ids, village, before, today);
    const context = rowContext(plan.countyId, village, doctor.id, today);
    for (const counted of people) {
      const person = villagePeople.next(counted);
      const care = generateCare(random, ids, person, village, doctor, today);
      this.#personRows.write(context, person, care);
      if (care) this.#careRows.write(context, ids, person.id, care);
    }
  }

  /** Counts the next village. */
  #count() {
    const people = this.#census.count(this.#counted, this.#sizes[this.#counted] ?? 0);
    this.#counted += 1;
    this.#peopleBefore += people.length;
    return people;
  }
}
