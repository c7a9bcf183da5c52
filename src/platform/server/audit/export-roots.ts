import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { orgPath } from '#kernel/org-path.ts';
import { dayInChina } from '#kernel/plain-date.ts';
import type { Database } from '../database/open-database.ts';
import { withScope } from '../database/with-scope.ts';
import type { AuditRoot } from './verify-audit.ts';

/** The newest seal: kept outside, it vouches for everything before it. */
export function readAuditRoot(database: Database, countyId: string): Promise<AuditRoot | undefined> {
  return withScope(database, { countyId, path: orgPath(`/${countyId}/`) }, async (tx) => {
    const row = await tx
      .selectFrom('audit_seal')
      .select(['number', 'mac', 'sealed_at'])
      .where('county_id', '=', countyId)
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst();
    return (
      row && {
        countyId,
        number: Number(row.number),
        mac: row.mac.toString('hex'),
        sealedAt: row.sealed_at.toISOString(),
      }
    );
  });
}

/** Writes the day's root into the folder, once a day; a copy belongs with a holder outside. */
export async function exportDailyRoot(
  database: Database,
  input: { countyId: string; folder: string; now: Date },
): Promise<AuditRoot | undefined> {
  const path = join(input.folder, `${dayInChina(input.now)}.json`);
  await mkdir(input.folder, { recursive: true, mode: 0o700 });
  const held = await readFile(path, 'utf8').catch(() => undefined);
  if (held !== undefined) return undefined;
  const root = await readAuditRoot(database, input.countyId);
  if (root) await writeFile(path, `${JSON.stringify(root)}\n`, { mode: 0o600 });
  return root;
}

/** Roots kept in a folder or a file, as handed to the verifier. Throws on a file that holds something else. */
export async function readKeptRoots(place: string): Promise<AuditRoot[]> {
  const names = await readdir(place).catch(() => undefined);
  const paths = names
    ? names.filter((name) => name.endsWith('.json')).map((name) => join(place, name))
    : [place];
  const roots: AuditRoot[] = [];
  for (const path of paths) {
    const root = JSON.parse(await readFile(path, 'utf8')) as AuditRoot;
    if (typeof root.number !== 'number' || !/^[0-9a-f]{64}$/.test(root.mac))
      throw new Error(`不是审计存证文件：${path}`);
    roots.push(root);
  }
  return roots.sort((a, b) => a.number - b.number);
}
