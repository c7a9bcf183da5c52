import { uuidv7 } from 'uuidv7';
import { asOwnerAtOnce } from '#platform/server/database/as-owner.ts';
import { insertMissingAdministrators, type NewAdministrator } from '../server/make-administrators.ts';

/**
 * Removes the demo county with everything in it and opens a real one: county, health bureau and the three first
 * administrators, whose one-time passwords are returned and must be changed at the first sign-in. Refuses a county that is not a demo.
 */
export function emptyForRealUse(input: {
  ownerUrl: string;
  countyId: string;
  countyName: string;
}): Promise<NewAdministrator[]> {
  return asOwnerAtOnce(input.ownerUrl, async (client) => {
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
    await client.query("select set_config('app.county_id', $1, true)", [input.countyId]);
    return insertMissingAdministrators(client, input.countyId);
  });
}
