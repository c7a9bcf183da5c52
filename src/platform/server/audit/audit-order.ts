import { createHash, createHmac } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { DataKey } from '../crypto/key-ring.ts';

/** Where a seal ends in the order of the trail: a transaction, and a row in it. */
export interface AuditPlace {
  readonly xid: string;
  readonly id: string;
}

export const beforeFirst: AuditPlace = { xid: '0', id: '00000000-0000-0000-0000-000000000000' };

export interface AuditLine extends AuditPlace {
  /** The whole row as text, the same for the same row. */
  readonly text: string;
}

export interface Seal {
  readonly number: number;
  readonly through: AuditPlace;
  readonly rows: number;
  readonly content: Buffer;
  readonly mac: Buffer;
  readonly keyId: string;
}

/**
 * A row as the text that is sealed: every column, nulls told from empty, one text whoever reads it. Rows from before the
 * database's own time was kept end where they always ended.
 */
export const auditLineText: RawBuilder<string> = sql`(jsonb_build_array(county_id, id, xid::text,
  to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), staff_id, role, org_path, action, resident_id, subject,
  outcome, detail, purpose, device, address, request_id, encode(before_hash, 'hex'), encode(after_hash, 'hex'))
  || case when db_at is null then '[]'::jsonb
     else jsonb_build_array(to_char(db_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')) end)::text`;

/** The digest of rows one after another. */
export function digestLines(lines: readonly AuditLine[]): Buffer {
  const digest = createHash('sm3');
  for (const line of lines) digest.update(createHash('sm3').update(line.text).digest());
  return digest.digest();
}

/** The code that ties a seal to the one before it and to its rows; only who holds the key can make it. */
export function sealMac(
  key: DataKey,
  countyId: string,
  previousMac: Buffer,
  seal: Omit<Seal, 'mac'>,
): Buffer {
  const { number, through, rows, content, keyId } = seal;
  return createHmac('sm3', key.key)
    .update(previousMac)
    .update(JSON.stringify([countyId, number, through.xid, through.id, rows, content.toString('hex'), keyId]))
    .digest();
}
