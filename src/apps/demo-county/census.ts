import { datePartsOf, epochDayOf, type PlainDate, plainDateOf } from '#kernel/plain-date.ts';
import { cumulate, Random } from './random.ts';

/** Shares of five-year bands from 0–4 to 90+, per cent. @source 第七次全国人口普查（2020） 年龄构成 */
const censusAgeShares = [
  5.52, 6.39, 6.04, 5.16, 5.31, 6.53, 8.81, 7.02, 6.58, 8.12, 8.6, 7.19, 5.21, 5.25, 3.52, 2.22, 1.44, 0.76,
  0.33,
];
const ageBands = cumulate(censusAgeShares);

/** Somebody counted: born on which day since 1970, man or woman, and after how many others of that day and sex. */
export interface Counted {
  readonly birthDay: number;
  readonly sex: '1' | '2';
  readonly before: number;
}

/** So many men and so many women of one day have identity numbers of their own within one area code. */
const mostOfADay = 499;

/**
 * Counts the county's people village by village. Identity numbers tell the people of one birth day apart by a serial of
 * the whole county: who makes some of the villages counts the others too, which takes a hundredth of making them.
 */
export class Census {
  readonly #seed: number;
  readonly #today: number;
  /** The first of January of the year in which somebody of each age was born. */
  readonly #yearOfAge: readonly number[];
  /** How many men and how many women were born on each day, the days counted from the oldest backwards. */
  readonly #born: Uint16Array;
  readonly #firstDay: number;

  constructor(seed: number, today: PlainDate) {
    const { year } = datePartsOf(today);
    this.#seed = seed;
    this.#today = epochDayOf(today);
    this.#yearOfAge = Array.from({ length: 101 }, (_, age) => epochDayOf(plainDateOf(year - age, 1, 1)));
    this.#firstDay = (this.#yearOfAge[100] as number) - 500;
    this.#born = new Uint16Array((this.#today - this.#firstDay + 1) * 2);
  }

  /** Counts the people of a village. The villages are counted once each, in the county's order. */
  count(village: number, people: number): Counted[] {
    const random = new Random(this.#seed, village);
    return Array.from({ length: people }, () => this.#countOne(random));
  }

  #countOne(random: Random): Counted {
    const age = Math.min(100, random.weighted(ageBands) * 5 + random.integer(0, 4));
    const sex = random.chance(age >= 75 ? 0.45 : 0.512) ? '1' : '2';
    const drawn = (this.#yearOfAge[age] as number) + random.integer(-40, 324);
    // Nobody is born later than today: somebody of this year's last months is taken as of last year's.
    const birthDay = drawn > this.#today ? drawn - 365 : drawn;
    const place = (birthDay - this.#firstDay) * 2 + (sex === '1' ? 0 : 1);
    const before = this.#born[place] as number;
    if (before >= mostOfADay) throw new RangeError('too many people born on one day for one area code');
    this.#born[place] = before + 1;
    return { birthDay, sex, before };
  }
}
