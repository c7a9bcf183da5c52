import type pg from 'pg';

/** What was taken off the tables for a bulk load, as statements that put it back. */
export interface TakenOff {
  readonly constraints: readonly string[];
  readonly indexes: readonly string[];
  readonly triggers: readonly string[];
}

/**
 * Takes triggers, checks, foreign keys, keys and indexes off these tables, so that rows are written once and sorted once,
 * and gives the tables new empty files, so that rows can be written frozen. What a trigger does for each new row, the
 * caller does for all of them. Refuses tables with rows in them.
 */
export async function dropForBulkLoad(client: pg.Client, tables: readonly string[]): Promise<TakenOff> {
  for (const table of tables) {
    const { rowCount } = await client.query(`select from ${table} limit 1`);
    if (rowCount) throw new Error(`${table} is not empty`);
  }
  const constraints = await client.query<{ drop: string; add: string }>(
    `select format('alter table %I drop constraint %I', t.relname, c.conname) as drop,
            format('alter table %I add constraint %I %s', t.relname, c.conname, pg_get_constraintdef(c.oid)) as add
     from pg_constraint c join pg_class t on t.oid = c.conrelid
     where c.contype in ('f', 'p', 'u') and t.relnamespace = 'public'::regnamespace
       and (t.relname = any($1) or c.confrelid in (select oid from pg_class where relname = any($1)))
     order by case c.contype when 'f' then 0 else 1 end`,
    [tables],
  );
  for (const row of constraints.rows) await client.query(row.drop);
  // All checks of a table at once, so that its rows are read once for them.
  const checks = await client.query<{ drop: string; add: string }>(
    `select format('alter table %I ', t.relname) || string_agg(format('drop constraint %I', c.conname), ', ') as drop,
            format('alter table %I ', t.relname)
              || string_agg(format('add constraint %I %s', c.conname, pg_get_constraintdef(c.oid)), ', ') as add
     from pg_constraint c join pg_class t on t.oid = c.conrelid
     where c.contype = 'c' and t.relnamespace = 'public'::regnamespace and t.relname = any($1) group by t.relname`,
    [tables],
  );
  for (const row of checks.rows) await client.query(row.drop);
  const indexes = await client.query<{ name: string; create: string }>(
    `select i.indexname as name, i.indexdef as create from pg_indexes i
     where i.schemaname = 'public' and i.tablename = any($1)`,
    [tables],
  );
  for (const row of indexes.rows) await client.query(`drop index ${row.name}`);
  // A trigger that only rests still has the rows kept for it that it would see.
  const triggers = await client.query<{ drop: string; create: string }>(
    `select format('drop trigger %I on %I', t.tgname, c.relname) as drop, pg_get_triggerdef(t.oid) as create
     from pg_trigger t join pg_class c on c.oid = t.tgrelid
     where not t.tgisinternal and c.relnamespace = 'public'::regnamespace and c.relname = any($1)`,
    [tables],
  );
  for (const row of triggers.rows) await client.query(row.drop);
  await client.query(`truncate ${tables.join(', ')}`);
  return {
    triggers: triggers.rows.map((row) => row.create),
    indexes: indexes.rows.map((row) => row.create),
    // Keys first, then the foreign keys that lean on them.
    constraints: [...checks.rows, ...[...constraints.rows].reverse()].map((row) => row.add),
  };
}

/** Builds again what was taken off; checks and foreign keys are held against all rows. */
export async function restoreAfterBulkLoad(
  client: pg.Client,
  taken: TakenOff,
  onProgress?: (message: string) => void,
): Promise<void> {
  await client.query(
    "set local maintenance_work_mem = '512MB'; set local max_parallel_maintenance_workers = 2",
  );
  const statements = [...taken.constraints, ...taken.indexes, ...taken.triggers];
  let spoke = 0;
  for (const [done, statement] of statements.entries()) {
    if (Date.now() - spoke > 2000) {
      spoke = Date.now();
      onProgress?.(`正在建立索引：${done} / ${statements.length}`);
    }
    await client.query(statement);
  }
}
