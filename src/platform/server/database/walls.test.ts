import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orgPath } from '#kernel/org-path.ts';
import { startTestServer, type TestServer } from '#test/support/server.ts';
import { withScope } from './with-scope.ts';

const project = fileURLToPath(new URL('../../../..', import.meta.url));
/** Every line of what runs on the server. */
const sourceLines = ['src/platform/server', 'src/capabilities', 'src/apps/server'].flatMap((folder) =>
  readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .flatMap((name) =>
      readFileSync(join(project, folder, name), 'utf8')
        .split('\n')
        .map((line) => ({ file: `${folder}/${name}`, line })),
    ),
);

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ residents: 2000 });
});
afterAll(() => server.stop());

const village = { countyId: '999999', path: orgPath('/999999/100/201/') };

describe('every table', () => {
  it('forces row-level security; only what the owner reads before a scope is known is exempt from forcing', async () => {
    const tables = await server.look<{
      relname: string;
      relrowsecurity: boolean;
      relforcerowsecurity: boolean;
      policies: number;
    }>(
      `select c.relname, c.relrowsecurity, c.relforcerowsecurity,
        (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies
       from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'schema_migration'`,
    );
    expect(tables.length).toBeGreaterThan(14);
    for (const table of tables) {
      expect(table, table.relname).toMatchObject({
        relrowsecurity: true,
        relforcerowsecurity: !['county', 'data_key'].includes(table.relname),
      });
      expect(table.policies).toBeGreaterThan(0);
    }
  });

  it('leads its key with the county', async () => {
    const keys = await server.look<{ table: string; first: string }>(
      `select c.conrelid::regclass::text as table, a.attname as first from pg_constraint c
       join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
       where c.contype = 'p' and c.connamespace = 'public'::regnamespace and c.conrelid::regclass::text <> 'schema_migration'`,
    );
    for (const key of keys) expect(key, key.table).toMatchObject({ first: 'county_id' });
  });

  it('carries a Chinese comment with a privacy kind, and so does every column', async () => {
    const bare = await server.look<{ place: string }>(
      `select c.relname || '.' || coalesce(a.attname, '') as place
       from pg_class c left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'schema_migration'
         and (coalesce(col_description(c.oid, a.attnum), '') !~ '[一-龥].*｜(L[1-5]|S)$'
           or coalesce(obj_description(c.oid), '') !~ '[一-龥].*｜(L[1-5]|S)$')`,
    );
    expect(bare).toEqual([]);
  });

  it('is no view, and the application owns nothing and bypasses nothing', async () => {
    const views = await server.look(
      `select 1 from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')`,
    );
    expect(views).toHaveLength(0);
    const [role] = await server.look(
      `select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole from pg_roles where rolname = 'quancheng_app'`,
    );
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreatedb: false, rolcreaterole: false });
    const owned = await server.look(
      `select 1 from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = 'quancheng_app'`,
    );
    expect(owned).toHaveLength(0);
  });

  it('keeps facts from being changed or removed', async () => {
    for (const table of [
      'form_record',
      'measurement',
      'verdict',
      'audit_entry',
      'audit_seal',
      'resident_revision',
      'referral_step',
      'consultation_step',
    ]) {
      for (const statement of [`delete from ${table}`, `truncate ${table}`]) {
        await expect(
          withScope(server.database, village, (tx) => sql.raw(statement).execute(tx)),
        ).rejects.toMatchObject({ code: '42501' });
      }
    }
    await expect(
      withScope(server.database, village, (tx) => sql`update form_record set answers = '{}'`.execute(tx)),
    ).rejects.toMatchObject({ code: '42501' });
    for (const statement of ['update audit_entry set action = action', 'update audit_seal set rows = rows'])
      await expect(
        withScope(server.database, village, (tx) => sql.raw(statement).execute(tx)),
      ).rejects.toMatchObject({ code: '42501' });
  });

  it('is walled for reading and for writing, whatever the command', async () => {
    // Without a check of its own a row written is held against what may be seen.
    const open = await server.look<{ place: string }>(
      `select c.relname || ' ' || p.polname as place from pg_policy p join pg_class c on c.oid = p.polrelid
       where not p.polpermissive or p.polroles <> '{0}'::oid[] and p.polroles <> '{}'::oid[]
         or p.polcmd in ('*', 'r', 'd', 'w') and p.polqual is null
         or p.polcmd = 'a' and p.polwithcheck is null`,
    );
    expect(open).toEqual([]);
    // What a policy never mentions it would let through: each names the county.
    const strange = await server.look<{ polname: string }>(
      `select polname from pg_policy where coalesce(pg_get_expr(polqual, polrelid), '') || coalesce(pg_get_expr(polwithcheck, polrelid), '') !~ 'app_county\\(\\)'`,
    );
    expect(strange).toEqual([]);
  });

  it('is reached past the wall by no function but the ones named here, each with its own search path', async () => {
    const definers = await server.look<{ name: string; isFixed: boolean; isPublic: boolean }>(
      `select p.proname as name, coalesce(array_to_string(p.proconfig, ','), '') ~ 'search_path=public, pg_temp' as "isFixed",
        has_function_privilege('public', p.oid, 'execute') as "isPublic"
       from pg_proc p where p.prosecdef and p.pronamespace = 'public'::regnamespace order by 1`,
    );
    expect(definers).toEqual([{ name: 'erase_contact_history', isFixed: true, isPublic: false }]);
  });

  it('is asked with settings that end with the transaction: no statement of ours sets one for longer', () => {
    const longer = sourceLines.filter(
      ({ line }) =>
        /[`'"; ]set (?!local\b)(session|app\.|role\b|search_path|statement_timeout|lock_timeout)/i.test(
          line,
        ) ||
        (/set_config\(/i.test(line) && !/set_config\([^()]*, true\)/i.test(line)),
    );
    expect(longer.map(({ file, line }) => `${file}: ${line.trim()}`)).toEqual([]);
  });

  it('is opened to the whole county only where the policy names the tie, or by work nobody asked for', () => {
    const whole = sourceLines.filter(({ line }) => /orgPath\(`\/\$\{/.test(line)).map(({ file }) => file);
    expect([...new Set(whole)].sort()).toEqual([
      'src/apps/server/appointment-works.ts',
      'src/apps/server/keep-running.ts',
      'src/capabilities/appointments/server/deliver-notices.ts',
      'src/capabilities/checkups/server/open-checkup-year.ts',
      'src/capabilities/contracts/server/count-signing.ts',
      'src/capabilities/field-sync/server/hand-over.ts',
      'src/capabilities/field-sync/server/hold-operation.ts',
      'src/capabilities/indicators/server/bring-year-up-to-date.ts',
      'src/capabilities/privacy/server/replay-erasures.ts',
      'src/capabilities/screening/server/judge-due-examinations.ts',
      'src/platform/server/audit/export-roots.ts',
      'src/platform/server/audit/seal-audit.ts',
      'src/platform/server/audit/verify-audit.ts',
      'src/platform/server/auth/county-wide.ts',
      'src/platform/server/auth/sessions.ts',
    ]);
  });

  it('keeps the wrapped keys from the application', async () => {
    await expect(
      withScope(server.database, village, (tx) => sql.raw('select 1 from data_key').execute(tx)),
    ).rejects.toMatchObject({ code: '42501' });
  });
});

describe('the scope of a transaction', () => {
  const countResidents = async (path: string) =>
    withScope(server.database, { countyId: '999999', path: orgPath(path) }, async (tx) => {
      const { rows } = await sql<{
        n: number;
        paths: string[];
      }>`select count(*)::int as n, array_agg(distinct org_path) as paths from resident`.execute(tx);
      return rows[0] ?? { n: 0, paths: [] };
    });

  it('shows exactly the subtree', async () => {
    const all = await countResidents('/999999/');
    expect(all.n).toBe(2000);
    let sum = 0;
    for (const path of all.paths) {
      const one = await countResidents(path);
      expect(one.paths).toEqual([path]);
      sum += one.n;
    }
    expect(sum).toBe(2000);
    expect((await countResidents('/999999/100/20/')).n).toBe(0);
    expect((await countResidents('/111111/')).n).toBe(0);
  });

  it('AZ-08: shows nothing from outside in any table, when the statement asks for everything', async () => {
    const tables = await server.look<{ name: string }>(
      `select table_name as name from information_schema.columns c
       where table_schema = 'public' and column_name = 'org_path' and table_name <> 'audit_entry'`,
    );
    expect(tables.length).toBeGreaterThan(25);
    let outside = 0;
    const leaks: string[] = [];
    for (const { name } of tables) {
      const [all] = await server.look<{ n: number }>(
        `select count(*)::int as n from ${name} where org_path not like '/999999/100/201/%'`,
      );
      outside += all?.n ?? 0;
      const { rows } = await withScope(server.database, village, (tx) =>
        sql.raw<{ org_path: string }>(`select distinct org_path from ${name}`).execute(tx),
      );
      for (const { org_path: path } of rows)
        if (!path.startsWith(village.path)) leaks.push(`${name} ${path}`);
    }
    expect(outside).toBeGreaterThan(2000);
    // These name places, not people, and are meant to be seen from below: who offers what to whom.
    expect(
      leaks.filter(
        (leak) => !/^(campaign|exam_day|clinic_slot|clinic_schedule|organization|signing_change) /.test(leak),
      ),
    ).toEqual([]);
  });

  it('AZ-11: ten thousand interleaved pieces of work of fifty people never see another’s scope', async () => {
    const places = (
      await server.look<{ path: string }>(
        `select path from organization where kind = 'village-clinic' limit 50`,
      )
    ).map((row) => row.path);
    let seed = 99;
    const below = (limit: number) => {
      seed = (seed * 1103515245 + 12345) & 0x7fffffff;
      return seed % limit;
    };
    let wrong = 0;
    let right = 0;
    let broken = 0;
    const one = async () => {
      const path = places[below(places.length)] ?? '';
      const turn = below(10);
      const scope = { countyId: '999999', path: orgPath(path) };
      await withScope(server.database, scope, async (tx) => {
        const { rows } = await sql<{
          from: string;
          others: number;
        }>`select current_setting('app.scope_from') as "from",
          (select count(*)::int from (select 1 from resident where not starts_with(org_path, ${path}) limit 1) x) as others`.execute(
          tx,
        );
        if (rows[0]?.from !== path || rows[0].others > 0) wrong += 1;
        else right += 1;
        if (turn === 0) throw new Error('given up');
        if (turn === 1) await sql`select 1 / 0`.execute(tx);
        if (turn === 2) await sql`set local statement_timeout = 1; select pg_sleep(0.02)`.execute(tx);
      }).catch(() => {
        broken += 1;
      });
    };
    for (let done = 0; done < 10_000; done += 50) await Promise.all(Array.from({ length: 50 }, one));
    expect(wrong).toBe(0);
    expect(right).toBe(10_000);
    expect(broken).toBeGreaterThan(2_000);
  }, 120_000);

  it('ends with the transaction: a pooled connection carries nothing over', async () => {
    await withScope(server.database, village, (tx) => sql`select 1`.execute(tx));
    await expect(
      withScope(server.database, village, () => Promise.reject(new Error('broken'))),
    ).rejects.toThrow('broken');
    for (let i = 0; i < 30; i++) {
      const { rows } = await server.database.pool.query('select count(*)::int as n from resident');
      expect(rows[0].n).toBe(0);
    }
  });

  it('refuses a row written outside it', async () => {
    await expect(
      withScope(server.database, village, (tx) =>
        sql`update resident set org_path = '/999999/101/201/' where id = (select id from resident limit 1)`.execute(
          tx,
        ),
      ),
    ).rejects.toMatchObject({ code: '42501' });
  });

  it('rolls back what a refusal leaves half done', async () => {
    const result = await withScope(server.database, village, async (tx) => {
      await sql`update resident set status_note = 'half done'`.execute(tx);
      return { kind: 'refused' };
    });
    expect(result.kind).toBe('refused');
    expect(await server.look(`select 1 from resident where status_note = 'half done'`)).toHaveLength(0);
  });

  it('refuses scopes that are not scopes', async () => {
    for (const path of ["/999999/'; drop table resident; --/", '999999', '/']) {
      expect(() => orgPath(path)).toThrow();
      await expect(
        withScope(server.database, { countyId: "9'", path: village.path }, async () => 1),
      ).rejects.toThrow();
    }
  });
});
