import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { asOwner, singleClient } from './as-owner.ts';

/** Oldest server the SQL is written for. */
const oldestServer = 150_000;

/** The database cannot be used as it is, in one sentence for the person who starts the product. */
export class DatabaseUnusable extends Error {}

/**
 * Brings the schema up to date: the application's role with its password, then each numbered .sql file once, forward
 * only, each in its own transaction, under an advisory lock so that two starts cannot run it together.
 * Refuses a server older than 15 and a file that changed after it ran.
 */
export async function migrate(input: {
  ownerUrl: string;
  folder: string;
  appPassword: string;
  onApplied?: (name: string) => void;
}): Promise<void> {
  const client = singleClient(input.ownerUrl);
  await client.connect();
  try {
    const { rows } = await client.query<{ version: number }>(
      "select current_setting('server_version_num')::int as version",
    );
    const version = rows[0]?.version ?? 0;
    if (version < oldestServer) {
      throw new DatabaseUnusable(
        `PostgreSQL 版本过低（${Math.floor(version / 10_000)}），需要 15 或更高。PostgreSQL ${Math.floor(version / 10_000)} is too old; 15 or later is needed.`,
      );
    }
    await client.query("select pg_advisory_lock(hashtext('quancheng-migrate'))");
    await ensureApplicationRole(client, input.appPassword);
    await client.query(`create table if not exists schema_migration (
      name text primary key, hash text not null, applied_at timestamptz not null default now())`);
    const done = new Map(
      (
        await client.query<{ name: string; hash: string }>('select name, hash from schema_migration')
      ).rows.map((row) => [row.name, row.hash]),
    );
    for (const name of (await readdir(input.folder)).filter((file) => file.endsWith('.sql')).sort()) {
      const text = await readFile(join(input.folder, name), 'utf8');
      const hash = createHash('sha256').update(text).digest('hex');
      const applied = done.get(name);
      if (applied === hash) continue;
      if (applied !== undefined) {
        throw new DatabaseUnusable(
          `数据库迁移 ${name} 在执行后被改动过。Migration ${name} was changed after it ran.`,
        );
      }
      await client.query('begin');
      await client.query(text);
      await client.query('insert into schema_migration (name, hash) values ($1, $2)', [name, hash]);
      await client.query('commit');
      input.onApplied?.(name);
    }
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await client.end();
  }
}

/** Names of the migrations a database with data still has to run; none for one that has no schema yet. */
export function pendingMigrations(input: { ownerUrl: string; folder: string }): Promise<string[]> {
  return asOwner(input.ownerUrl, async (client) => {
    const known = await client.query("select to_regclass('public.schema_migration') is not null as yes");
    if (!known.rows[0]?.yes) return [];
    const { rows } = await client.query<{ name: string }>('select name from schema_migration');
    const done = new Set(rows.map((row) => row.name));
    return (await readdir(input.folder)).filter((file) => file.endsWith('.sql') && !done.has(file)).sort();
  });
}

/** The role the server works as: it owns nothing, bypasses nothing, and can only log in. */
export const applicationRole = 'quancheng_app';

async function ensureApplicationRole(client: pg.Client, password: string): Promise<void> {
  const existing = await client.query('select 1 from pg_roles where rolname = $1', [applicationRole]);
  const verb = existing.rowCount === 0 ? 'create' : 'alter';
  await client.query(
    `${verb} role ${applicationRole} login nosuperuser nobypassrls nocreatedb nocreaterole password ${client.escapeLiteral(password)}`,
  );
}
