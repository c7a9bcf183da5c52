import type { RawBuilder, Transaction } from 'kysely';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from './tables.ts';

/** How a record ends for the time being, as the tables about a person need to know it. */
export interface Ending {
  readonly kind: 'dead' | 'moved' | 'lost' | 'refused';
  readonly countyId: string;
  readonly residentId: string;
  readonly staffId: string;
  readonly onDay: PlainDate;
  readonly now: Date;
}

/** A change of rows of one table whose old values are kept: columns, what they become, and which rows (as `t`). */
export interface RowChange {
  readonly columns: readonly string[];
  readonly set: RawBuilder<unknown>;
  readonly when: RawBuilder<unknown>;
}

/** What happens to rows when the record they belong to is merged into another (`:kept` has rows of its own). */
export type OnMerge =
  | {
      readonly kind: 'moves';
      /** The kept record's own rows (as `t`), changed before all else where the other record's (as `k`) say more. */
      readonly givesWay?: (input: {
        today: PlainDate;
      }) => RowChange & { readonly equal: RawBuilder<unknown> };
      /** First changed, where the kept record has an equal row (as `k`, if given): two open ones cannot stand. */
      readonly yields?: (input: {
        now: Date;
        today: PlainDate;
      }) => RowChange & { readonly equal?: RawBuilder<unknown> };
      /** Rows that stay behind because the kept record has an equal one (as `k`). */
      readonly leaves?: RawBuilder<unknown>;
      /** Rows (as `t`) that stay behind because the row they hang on, moved earlier in the list, stayed. */
      readonly staysWith?: RawBuilder<unknown>;
      /** A number that must go on after the kept record's last: added to each moved row. */
      readonly renumbers?: string;
    }
  | { readonly kind: 'stays'; readonly why: string }
  /** Reckoned from other rows: taken away and reckoned again. */
  | {
      readonly kind: 'derived';
      readonly reckon: (
        tx: Transaction<Tables>,
        input: {
          countyId: string;
          residentIds: readonly string[];
          years: readonly number[];
          today: PlainDate;
        },
      ) => Promise<void>;
    };

/**
 * A table with rows about a resident, declared by the capability that owns it: what becomes of the rows when the person
 * moves, when two records are merged, and when a record ends. A test compares the list with the catalogue, so that a new
 * table cannot be forgotten.
 */
export interface ResidentTable {
  readonly table: keyof Tables & string;
  /** Chinese name for lists. */
  readonly title: string;
  /** Primary key besides the county. */
  readonly key: readonly string[];
  /** Whether the place of the rows follows the person. */
  readonly onMove: 'follows' | 'stays';
  /** Column of the organization that has the work to do; it changes with a move. Work that was done keeps its own. */
  readonly managedBy?: string;
  readonly onMerge: OnMerge;
  /** Column of when a row came to be; a row younger than a merge is assigned by hand when the merge is undone. */
  readonly bornAt?: string;
  /** Rows that go where another table's row goes. */
  readonly childOf?: { readonly table: keyof Tables & string; readonly by: string };
  readonly onEnd?: (ending: Ending) => RowChange | undefined;
  /** What an ending does that a reopening cannot take back. */
  readonly afterEnd?: (tx: Transaction<Tables>, ending: Ending) => Promise<void>;
}
