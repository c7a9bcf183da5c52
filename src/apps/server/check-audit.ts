import { readKeptRoots } from '#platform/server/audit/export-roots.ts';
import { type AuditRoot, verifyAudit } from '#platform/server/audit/verify-audit.ts';
import { CannotStart } from '#platform/server/config.ts';
import type { Running } from './start-quancheng.ts';

/** Checks the whole audit trail and says what it found; 0 when it is whole. `roots` is a file or folder kept outside. */
export async function checkAudit(
  running: Running,
  roots: string | undefined,
  say: (message: string) => void,
): Promise<0 | 1> {
  const kept: AuditRoot[] = roots === undefined ? [] : await readKeptRoots(roots).catch(explain);
  const { countyId, keys } = running;
  const found = await verifyAudit(running.database, { countyId, keys, roots: kept });
  say(
    `审计封条 ${found.seals} 条，封住记录 ${found.rows} 条，尚未封存 ${found.unsealed} 条，核对外部存证 ${kept.length} 份。`,
  );
  for (const one of found.findings.slice(0, 20)) say(`第 ${one.number} 条封条：${one.what}`);
  if (found.findings.length > 20) say(`……共 ${found.findings.length} 处`);
  say(
    found.findings.length === 0 ? '审计记录完整，未被改动。' : '审计记录不完整！请保留现场并报告审计管理员。',
  );
  return found.findings.length === 0 ? 0 : 1;
}

function explain(error: unknown): never {
  throw new CannotStart(`读不到存证：${(error as Error).message}。The kept roots cannot be read.`);
}
