import { sql } from 'kysely';
import { orgPath } from '#kernel/org-path.ts';
import type { KeyRing } from '../crypto/key-ring.ts';
import type { Database } from '../database/open-database.ts';
import { withScope } from '../database/with-scope.ts';
import {
  type AuditLine,
  type AuditPlace,
  auditLineText,
  beforeFirst,
  digestLines,
  type Seal,
  sealMac,
} from './audit-order.ts';

/** What an outside holder kept of one day: with it even a trail rebuilt with the right key is found out. */
export interface AuditRoot {
  readonly countyId: string;
  readonly number: number;
  readonly mac: string;
  readonly sealedAt: string;
}

export interface AuditFinding {
  /** The seal at which the trail stops being whole. */
  readonly number: number;
  readonly what: string;
}

export interface AuditCheck {
  readonly seals: number;
  readonly rows: number;
  /** Written after the last seal; normal for the last seconds. */
  readonly unsealed: number;
  readonly findings: readonly AuditFinding[];
}

/**
 * Reads the whole trail and its seals and says where it was changed, removed, added to or put in another order. Roots
 * kept outside also tell of a cut tail and of a trail made anew. With `lastSeals` only so many of the newest are read; the
 * one before them is taken at its word.
 */
export function verifyAudit(
  database: Database,
  input: { countyId: string; keys: KeyRing; roots?: readonly AuditRoot[]; lastSeals?: number },
): Promise<AuditCheck> {
  const { countyId, keys } = input;
  return withScope(database, { countyId, path: orgPath(`/${countyId}/`) }, async (tx) => {
    const findings: AuditFinding[] = [];
    const macs = new Map<number, string>();
    let previousMac: Buffer = Buffer.alloc(32);
    let from: AuditPlace = beforeFirst;
    let number = 0;
    let rows = 0;
    const held =
      input.lastSeals === undefined ? undefined : await readSeal((await newest()) - input.lastSeals);
    if (held) {
      number = held.number;
      previousMac = held.mac;
      from = held.through;
    }
    const first = number;
    for (;;) {
      const seal = await readSeal(number + 1);
      if (!seal) break;
      number += 1;
      macs.set(number, seal.mac.toString('hex'));
      const lines = await readLines(from, seal.through);
      rows += lines.length;
      const problem = judge(seal, lines);
      if (problem) findings.push({ number, what: problem });
      previousMac = seal.mac;
      from = seal.through;
    }
    const beyond = await sql<{
      n: number;
      last: number | null;
    }>`select count(*)::int as n, max(number)::int as last
      from audit_seal where county_id = ${countyId} and number > ${number}`.execute(tx);
    if ((beyond.rows[0]?.n ?? 0) > 0)
      findings.push({ number: number + 1, what: '封条缺失，其后的封条接不上' });
    for (const root of input.roots ?? []) {
      if (root.countyId !== countyId) continue;
      if (!macs.has(root.number)) findings.push({ number: root.number, what: '存证之后的审计记录被截去' });
      else if (macs.get(root.number) !== root.mac)
        findings.push({ number: root.number, what: '与外部存证不一致，审计记录曾被重做' });
    }
    const open = await sql<{
      n: number;
    }>`select count(*)::int as n from audit_entry where county_id = ${countyId}
      and (xid, id) > (${from.xid}::xid8, ${from.id}::uuid)`.execute(tx);
    return { seals: number - first, rows, unsealed: open.rows[0]?.n ?? 0, findings };

    function judge(seal: Seal, lines: readonly AuditLine[]): string | undefined {
      const key = keys.find(seal.keyId);
      if (!key) return '封条所用的密钥不在';
      if (!sealMac(key, countyId, previousMac, seal).equals(seal.mac)) return '封条被改动或次序被调换';
      if (lines.length !== seal.rows) return lines.length < seal.rows ? '审计记录被删除' : '审计记录被插入';
      return digestLines(lines).equals(seal.content) ? undefined : '审计记录被改动';
    }

    async function newest(): Promise<number> {
      const found = await sql<{ last: number | null }>`select max(number)::int as last from audit_seal
        where county_id = ${countyId}`.execute(tx);
      return found.rows[0]?.last ?? 0;
    }

    async function readSeal(at: number): Promise<Seal | undefined> {
      const row = await tx
        .selectFrom('audit_seal')
        .selectAll()
        .where('county_id', '=', countyId)
        .where('number', '=', at)
        .executeTakeFirst();
      return (
        row && {
          number: Number(row.number),
          through: { xid: row.through_xid, id: row.through_id },
          rows: row.rows,
          content: row.content,
          mac: row.mac,
          keyId: row.key_id,
        }
      );
    }

    async function readLines(after: AuditPlace, through: AuditPlace): Promise<AuditLine[]> {
      const found =
        await sql<AuditLine>`select xid::text as xid, id, ${auditLineText} as text from audit_entry
        where county_id = ${countyId} and (xid, id) > (${after.xid}::xid8, ${after.id}::uuid)
          and (xid, id) <= (${through.xid}::xid8, ${through.id}::uuid) order by audit_entry.xid, id`.execute(
          tx,
        );
      return found.rows;
    }
  });
}
