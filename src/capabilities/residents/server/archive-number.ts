import { sql, type Transaction } from 'kysely';
import type { Tables } from '#platform/server/database/tables.ts';

/**
 * The next 17-digit archive code of a village: county 6 + township 3 + village 3 + a serial of 5, never used twice.
 * Undefined when the village has used all 99,999.
 * @source 国家基本公共卫生服务规范（第三版） 居民健康档案管理服务规范 编码
 */
export async function takeArchiveNumber(
  tx: Transaction<Tables>,
  countyId: string,
  regionCode: string,
): Promise<string | undefined> {
  const result = await sql<{ last_serial: number }>`
    insert into archive_serial (county_id, region_code, last_serial) values (${countyId}, ${regionCode}, 1)
    on conflict (county_id, region_code) do update set last_serial = archive_serial.last_serial + 1
    returning last_serial`.execute(tx);
  const serial = result.rows[0]?.last_serial;
  if (serial === undefined || serial > 99_999) return undefined;
  return `${regionCode}${String(serial).padStart(5, '0')}`;
}
