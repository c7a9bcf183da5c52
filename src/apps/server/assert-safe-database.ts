import type pg from 'pg';
import { CannotStart } from '#platform/server/config.ts';
import { asOwner } from '#platform/server/database/as-owner.ts';
import { applicationRole } from '#platform/server/database/migrate.ts';

/** Tables the owner reads before a scope is known; every other one is walled for the owner too. */
const notForced = ['county', 'data_key'];

/** How far the clocks of server and database may stand apart. */
const mostSkewSeconds = 5;

/**
 * Refuses to start on a database that would lose what was acknowledged, or let the application past its walls. Each
 * finding says what is wrong and what to set.
 */
export function assertSafeDatabase(input: { ownerUrl: string; now: Date }): Promise<void> {
  return asOwner(input.ownerUrl, async (client) => {
    const before = Date.now();
    const findings = [
      ...(await unsafeSettings(client)),
      ...(await openWalls(client)),
      ...(await wrongRole(client)),
      ...(await skew(client, input.now, before)),
    ];
    if (findings.length > 0)
      throw new CannotStart(
        `数据库的设置不安全，没有启动。The database is not safe to run on:\n  ${findings.join('\n  ')}`,
      );
  });
}

async function unsafeSettings(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings
     where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums')`,
  );
  return rows
    .filter(({ name, setting }) =>
      name === 'synchronous_commit' ? /^(off|local)$/.test(setting) : setting === 'off',
    )
    .map(({ name, setting }) =>
      name === 'data_checksums'
        ? 'data_checksums=off：请用 pg_checksums --enable 开启数据校验和。'
        : `${name}=${setting}：断电会丢失已确认的记录，请改为 on。`,
    );
}

async function openWalls(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ relname: string }>(
    `select c.relname from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'schema_migration'
       and (not c.relrowsecurity or not c.relforcerowsecurity and c.relname <> all($1)
         or not exists (select 1 from pg_policy p where p.polrelid = c.oid)
         or pg_get_userbyid(c.relowner) = $2)`,
    [notForced, applicationRole],
  );
  return rows.map(({ relname }) => `表 ${relname} 没有强制行级安全。`);
}

async function wrongRole(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ unwalled: boolean; mayChange: boolean }>(
    `select r.rolsuper or r.rolbypassrls as unwalled,
       has_table_privilege(r.oid, 'audit_entry', 'update') or has_table_privilege(r.oid, 'audit_entry', 'delete')
         or has_table_privilege(r.oid, 'audit_entry', 'truncate') as "mayChange"
     from pg_roles r where r.rolname = $1`,
    [applicationRole],
  );
  const role = rows[0];
  return [
    ...(role?.unwalled !== false ? [`角色 ${applicationRole} 能越过行级安全。`] : []),
    ...(role?.mayChange !== false ? [`角色 ${applicationRole} 能改动审计记录。`] : []),
  ];
}

async function skew(client: pg.Client, now: Date, before: number): Promise<string[]> {
  const { rows } = await client.query<{ at: Date }>('select clock_timestamp() as at');
  const there = (rows[0]?.at ?? now).getTime() - (Date.now() - before);
  const seconds = Math.abs(there - now.getTime()) / 1000;
  return seconds > mostSkewSeconds ? [`服务器与数据库的时钟相差 ${Math.round(seconds)} 秒，请先对时。`] : [];
}
