import type { DatedValue } from '#kernel/dated.ts';
import type { Reason, RuleRef } from '#kernel/decision.ts';

/** The reference of a rule whose edition, clause and certainty stand with the number it used. */
export function ruleFrom(id: string, row: DatedValue<unknown>, clause = row.clause): RuleRef {
  return { id, edition: row.source, clause, certainty: row.certainty };
}

/** A reason in a line. */
export function because(code: string, text: string): Reason {
  return { code, text };
}

/** Names of the facts that are not known, in the order given. */
export function missingOf(named: Readonly<Record<string, unknown>>): string[] {
  const missing: string[] = [];
  for (const name in named) if (named[name] === undefined) missing.push(name);
  return missing;
}

/** The last row whose `from` the value reaches; rows ascend. Undefined below the first. */
export function bandOf<R extends { readonly from: number }>(
  rows: readonly R[],
  value: number,
): R | undefined {
  let found: R | undefined;
  for (const row of rows) if (value >= row.from) found = row;
  return found;
}

/** Rounded half up to a number of places, as printed. */
export function roundTo(value: number, places: number): number {
  const scale = 10 ** places;
  return Math.round((value + Number.EPSILON) * scale) / scale;
}
