import type { Certainty } from './decision.ts';
import type { PlainDate } from './plain-date.ts';

/** A value in force from a day on, with the document and clause that set it. */
export interface DatedValue<T> {
  readonly from: PlainDate;
  readonly value: T;
  /** Key of the sources register (`src/standards/sources.ts`). */
  readonly source: string;
  readonly clause: string;
  readonly certainty: Certainty;
}

/** A named parameter: dated rows in order of `from`, unit and a Chinese label for the rules catalogue. */
export interface Parameter<T> {
  readonly id: string;
  readonly label: string;
  readonly unit?: string;
  readonly rows: readonly [DatedValue<T>, ...DatedValue<T>[]];
}

/**
 * Declares a parameter; throws when its rows are not in ascending order of `from`. Changes nothing else, and says so to
 * the bundler: a parameter no shipped rule asks for is not shipped.
 */
/* @__NO_SIDE_EFFECTS__ */
export function parameter<T>(definition: Parameter<T>): Parameter<T> {
  definition.rows.forEach((row, i) => {
    const previous = definition.rows[i - 1];
    if (previous && previous.from >= row.from)
      throw new RangeError(`parameter ${definition.id}: rows out of order`);
  });
  return definition;
}

/** Rows of parameters published after this program was built, by parameter id. */
export type PublishedRows = ReadonlyMap<string, Parameter<unknown>['rows']>;

let published: PublishedRows | undefined;

/**
 * Lets every rule asked within `work` read these rows in place of its own. They are an argument of `work`, only not handed
 * through a hundred functions: nothing of them is left when it returns, and it must not wait for anything.
 */
export function underRows<R>(rows: PublishedRows, work: () => R): R {
  const before = published;
  published = rows;
  try {
    return work();
  } finally {
    published = before;
  }
}

/** The row in force on a day; the first row also serves days before it. */
export function rowOn<T>(p: Parameter<T>, day: PlainDate): DatedValue<T> {
  const rows = published === undefined ? p.rows : ((published.get(p.id) as typeof p.rows) ?? p.rows);
  let current = rows[0];
  if (rows.length === 1) return current;
  for (const row of rows) if (row.from <= day) current = row;
  return current;
}

/** The value in force on a day. */
export function valueOn<T>(p: Parameter<T>, day: PlainDate): T {
  return rowOn(p, day).value;
}
