import type { ResearchRules } from '#standards/privacy/research-levels.ts';

/** What of a person could lead somebody back to them together with what is known elsewhere. */
export interface KnownElsewhere {
  readonly sex: string;
  readonly ageBand: string;
  readonly township: string;
  readonly diseases: string;
}

/** Written where a township would make a group too small. */
export const anyTownship = '全县（不分乡镇）';

/** The age band of a person: 「65–69」; from the oldest band on one for all. */
export function ageBandOf(
  ageYears: number,
  rules: Pick<ResearchRules, 'ageBandYears' | 'oldestBandFrom'>,
): string {
  if (ageYears >= rules.oldestBandFrom) return `${rules.oldestBandFrom}及以上`;
  const from = Math.floor(ageYears / rules.ageBandYears) * rules.ageBandYears;
  return `${from}–${from + rules.ageBandYears - 1}`;
}

/** Days a person's dates are moved by, from a number of 32 bits of their own: never none, at most `most` either way. */
export function shiftOf(number: number, most: number): number {
  const steps = number % (2 * most);
  return steps < most ? steps - most : steps - most + 1;
}

const groupOf = (one: KnownElsewhere) => JSON.stringify([one.sex, one.ageBand, one.township, one.diseases]);

function bigEnough<T extends KnownElsewhere>(people: readonly T[], smallest: number): (one: T) => boolean {
  const sizes = new Map<string, number>();
  for (const one of people) sizes.set(groupOf(one), (sizes.get(groupOf(one)) ?? 0) + 1);
  return (one) => (sizes.get(groupOf(one)) ?? 0) >= smallest;
}

/**
 * Leaves nobody in a group smaller than `smallest`: who would be alone in their township is counted for the county, and who
 * is alone even there is left out. A township named for some is not named for so few others that they stand out.
 */
export function blurPeople<T extends KnownElsewhere>(
  people: readonly T[],
  smallest: number,
): { kept: T[]; blurred: number; leftOut: number } {
  const isCommon = bigEnough(people, smallest);
  const named = people.filter(isCommon);
  const moved = people.filter((one) => !isCommon(one)).map((one) => ({ ...one, township: anyTownship }));
  const staysCommon = bigEnough(moved, smallest);
  const blurred = moved.filter(staysCommon);
  return {
    kept: [...named, ...blurred],
    blurred: blurred.length,
    leftOut: people.length - named.length - blurred.length,
  };
}

/** The smallest group among these people; undefined for nobody. */
export function smallestGroupOf(people: readonly KnownElsewhere[]): number | undefined {
  const sizes = new Map<string, number>();
  for (const one of people) sizes.set(groupOf(one), (sizes.get(groupOf(one)) ?? 0) + 1);
  return sizes.size === 0 ? undefined : Math.min(...sizes.values());
}
