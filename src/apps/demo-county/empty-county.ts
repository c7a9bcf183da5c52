import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { hashPassword } from '#platform/server/auth/hash-password.ts';

/**
 * Removes the demo county with everything in it and opens a real one: county, health bureau and the first administrator,
 * whose one-time password is returned and must be changed at the first sign-in. Refuses a county that is not a demo.
 */
export async function emptyForRealUse(input: {
  ownerUrl: string;
  countyId: string;
  countyName: string;
}): Promise<{ username: string; password: string }> {
  const client = new pg.Client({ connectionString: input.ownerUrl });
  await client.connect();
  try {
    await client.query('begin');
    await client.query(`set local app.scope_from = '/'; set local app.scope_to = '0'`);
    const county = await client.query<{ county_id: string; is_demo: boolean }>(
      "select county_id, is_demo, set_config('app.county_id', $1, true) from county",
      [input.countyId],
    );
    if (county.rows.some((row) => !row.is_demo)) {
      throw new Error('数据库里是正式数据，不能清空。The database holds real data and is not emptied.');
    }
    const tables = await client.query<{ list: string }>(
      `select string_agg(format('%I', tablename), ', ') as list from pg_tables
       where schemaname = 'public' and tablename <> 'schema_migration'`,
    );
    await client.query(`truncate ${tables.rows[0]?.list}`);
    await client.query('insert into county (county_id, name, is_demo) values ($1, $2, false)', [
      input.countyId,
      input.countyName,
    ]);
    const root = uuidv7();
    const bureau = uuidv7();
    const path = `/${input.countyId}/`;
    await client.query(
      `insert into organization (county_id, id, parent_id, kind, name, region_code, path, scope_path, position) values
       ($1, $2, null, 'county', $4, $1, $5, $5, 0), ($1, $3, $2, 'health-bureau', $4 || '卫生健康局', $1, $5 || 'bureau/', $5, 1)`,
      [input.countyId, root, bureau, input.countyName, path],
    );
    const password = `Qc-${randomBytes(9).toString('base64url')}`;
    await client.query(
      `insert into staff (county_id, id, organization_id, username, name, role, password_hash, must_change_password)
       values ($1, $2, $3, 'admin', '系统管理员', 'administrator', $4, true)`,
      [input.countyId, uuidv7(), bureau, await hashPassword(password)],
    );
    await client.query('commit');
    return { username: 'admin', password };
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await client.end();
  }
}
