import { sql } from 'kysely';
import { orgPath } from '#kernel/org-path.ts';
import type { KeyRing } from '../crypto/key-ring.ts';
import type { Database } from '../database/open-database.ts';
import { withScope } from '../database/with-scope.ts';
import {
  type AuditLine,
  auditLineText,
  beforeFirst,
  digestLines,
  type Seal,
  sealMac,
} from './audit-order.ts';

/** Rows one seal covers at most. */
const mostRows = 2000;

/**
 * Seals what was written since the last seal, and returns how many rows. Rows are taken in the order of their
 * transactions, up to the oldest one still running: a late commit is never passed over. Sealing stands outside the
 * transactions that write, so it costs them nothing; what was written in the last second is not yet sealed.
 */
export async function sealAudit(
  database: Database,
  input: { countyId: string; keys: KeyRing; now: Date },
): Promise<number> {
  let sealed = 0;
  for (;;) {
    const rows = await sealOnce(database, input);
    sealed += rows;
    if (rows < mostRows) return sealed;
  }
}

function sealOnce(
  database: Database,
  { countyId, keys, now }: { countyId: string; keys: KeyRing; now: Date },
): Promise<number> {
  return withScope(database, { countyId, path: orgPath(`/${countyId}/`) }, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('quancheng-audit-seal'))`.execute(tx);
    const last = await tx
      .selectFrom('audit_seal')
      .select(['number', 'through_xid', 'through_id', 'mac'])
      .where('county_id', '=', countyId)
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst();
    const from = last ? { xid: last.through_xid, id: last.through_id } : beforeFirst;
    const { rows } =
      await sql<AuditLine>`select xid::text as xid, id, ${auditLineText} as text from audit_entry
      where county_id = ${countyId} and (xid, id) > (${from.xid}::xid8, ${from.id}::uuid)
        and xid < pg_snapshot_xmin(pg_current_snapshot())
      order by audit_entry.xid, id limit ${mostRows}`.execute(tx);
    const through = rows.at(-1);
    if (!through) return 0;
    const key = keys.current('audit');
    const seal: Omit<Seal, 'mac'> = {
      number: (last ? Number(last.number) : 0) + 1,
      through: { xid: through.xid, id: through.id },
      rows: rows.length,
      content: digestLines(rows),
      keyId: key.id,
    };
    await tx
      .insertInto('audit_seal')
      .values({
        county_id: countyId,
        number: seal.number,
        through_xid: seal.through.xid,
        through_id: seal.through.id,
        rows: seal.rows,
        content: seal.content,
        mac: sealMac(key, countyId, last?.mac ?? Buffer.alloc(32), seal),
        key_id: key.id,
        sealed_at: now,
      })
      .execute();
    return rows.length;
  });
}
