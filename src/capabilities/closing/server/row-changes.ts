import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { ResidentTable } from '#platform/server/database/resident-table.ts';
import type { Tables } from '#platform/server/database/tables.ts';

/** A table as the changes need it; the record's own table counts too. */
export type ChangedTable = Pick<ResidentTable, 'table' | 'key'>;

const names = (columns: readonly string[]) => sql.join(columns.map((one) => sql.ref(one)));
const textList = (columns: readonly string[]) => sql`${sql.lit(`{${columns.join(',')}}`)}::text[]`;
const keyOf = (row: RawBuilder<unknown>, columns: readonly string[]) =>
  sql`(select jsonb_object_agg(c, ${row} -> c) from unnest(${textList(columns)}) c)`;

/**
 * Changes rows and keeps what they were under one cause, so that the whole can be taken back. Steps are numbered; taking
 * back goes through them from the last.
 */
export class RowChanges {
  readonly #tx: Transaction<Tables>;
  readonly #cause: { readonly countyId: string; readonly causeId: string; readonly orgPath: string };
  #step = 0;

  constructor(tx: Transaction<Tables>, cause: { countyId: string; causeId: string; orgPath: string }) {
    this.#tx = tx;
    this.#cause = cause;
  }

  /** Changes the rows (as `t`) of the county that meet `when`; returns how many. */
  async change(
    table: ChangedTable,
    change: { columns: readonly string[]; set: RawBuilder<unknown>; when: RawBuilder<unknown> },
  ): Promise<number> {
    this.#step += 1;
    const { countyId, causeId, orgPath } = this.#cause;
    const t = sql.table(table.table);
    const { rows } = await sql<{ n: number }>`
      with hit as materialized (
        select t.ctid as at, to_jsonb(t) as was from ${t} t
        where t.county_id = ${countyId} and ${change.when} for update of t),
      done as (
        update ${t} t set ${change.set} from hit where t.ctid = hit.at returning hit.was, to_jsonb(t) as now),
      kept as (
        insert into changed_row (county_id, cause_id, step, position, org_path, table_name, row_key, before, was_removed)
        select ${countyId}, ${causeId}::uuid, ${this.#step}, row_number() over (), ${orgPath}, ${table.table},
          ${keyOf(sql`done.now`, table.key)}, ${keyOf(sql`done.was`, change.columns)}, false from done returning 1)
      select count(*)::int as n from kept`.execute(this.#tx);
    return rows[0]?.n ?? 0;
  }

  /** Takes rows (as `t`) away whole; returns them. */
  async take(table: ChangedTable, when: RawBuilder<unknown>): Promise<Record<string, unknown>[]> {
    this.#step += 1;
    const { countyId, causeId, orgPath } = this.#cause;
    const { rows } = await sql<{ before: Record<string, unknown> }>`
      with gone as (
        delete from ${sql.table(table.table)} t where t.county_id = ${countyId} and ${when} returning to_jsonb(t) as was)
      insert into changed_row (county_id, cause_id, step, position, org_path, table_name, row_key, before, was_removed)
      select ${countyId}, ${causeId}::uuid, ${this.#step}, row_number() over (), ${orgPath}, ${table.table},
        ${keyOf(sql`gone.was`, table.key)}, gone.was, true from gone
      returning before`.execute(this.#tx);
    return rows.map((row) => row.before);
  }
}

interface Step {
  readonly step: number;
  readonly table_name: string;
  readonly was_removed: boolean;
  readonly columns: string[];
}

/** Puts everything a cause changed back as it was, from the last step to the first. Rows of `except` tables are left. */
export async function restoreRows(
  tx: Transaction<Tables>,
  input: {
    countyId: string;
    causeId: string;
    now: Date;
    tables: readonly ChangedTable[];
    except?: readonly string[];
  },
): Promise<void> {
  const { countyId, causeId } = input;
  const steps = await sql<Step>`
    select step, table_name, was_removed, (select array_agg(k) from jsonb_object_keys(min(before::text)::jsonb) k) as columns
    from changed_row where county_id = ${countyId} and cause_id = ${causeId}::uuid and restored_at is null
    group by step, table_name, was_removed order by step desc`.execute(tx);
  for (const one of steps.rows) {
    if (input.except?.includes(one.table_name)) continue;
    const table = input.tables.find((known) => known.table === one.table_name);
    if (!table) throw new Error(`no such table to restore: ${one.table_name}`);
    const t = sql.table(table.table);
    const mine = sql`c.county_id = ${countyId} and c.cause_id = ${causeId}::uuid and c.step = ${one.step}`;
    if (one.was_removed)
      await sql`insert into ${t} select r.* from changed_row c
        cross join lateral jsonb_populate_record(null::${t}, c.before) r where ${mine} on conflict do nothing`.execute(
        tx,
      );
    else {
      const same = sql.join(
        table.key.map((column) => sql`to_jsonb(t.${sql.ref(column)}) = c.row_key -> ${sql.lit(column)}`),
        sql` and `,
      );
      await sql`update ${t} t set (${names(one.columns)}) = (
          select ${sql.join(one.columns.map((column) => sql`r.${sql.ref(column)}`))}
          from jsonb_populate_record(null::${t}, c.before) r)
        from changed_row c where ${mine} and t.county_id = ${countyId} and ${same}`.execute(tx);
    }
    await sql`update changed_row c set restored_at = ${input.now} where ${mine}`.execute(tx);
  }
}
