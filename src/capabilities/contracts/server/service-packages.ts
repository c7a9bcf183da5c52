import { sql, type Transaction } from 'kysely';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { PackageAudience, PackageItem } from '../domain/service-package.ts';
import type { PackageLine } from '../package-contract.ts';

/** Packages on offer and once promised, by code. */
export async function readPackages(tx: Transaction<Tables>, countyId: string): Promise<PackageLine[]> {
  const rows = await tx
    .selectFrom('service_package')
    .selectAll()
    .where('county_id', '=', countyId)
    .orderBy('code')
    .orderBy('created_at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    name: row.name,
    audience: row.audience as PackageAudience,
    priceCents: row.price_cents,
    items: row.items as PackageLine['items'],
    isRetired: row.retired_at !== null,
  }));
}

interface PackageInput {
  readonly packageId: string;
  readonly replacesId?: string | undefined;
  readonly code: string;
  readonly name: string;
  readonly audience: PackageAudience;
  readonly priceCents: number;
  readonly items: readonly PackageItem[];
  readonly now: Date;
}

/**
 * Adds a package, or a revision that retires the one it replaces: what was promised stays as it was promised. Refuses a
 * revision of a package that is retired already, and a code that is on offer.
 */
export async function savePackage(
  tx: Transaction<Tables>,
  actor: Actor,
  input: PackageInput,
): Promise<{ packageId: string } | Refused> {
  if (new Set(input.items.map((item) => item.code)).size < input.items.length)
    return refused('invalid-input', {
      issues: [{ path: 'items', code: 'duplicate', message: '服务项目的代码不能重复。' }],
    });
  if (input.replacesId !== undefined) {
    const retired = await retire(tx, actor, input.replacesId, input.now);
    if (retired === 'unknown') return refused('not-found');
    if (retired === 'already')
      return refused('stale-version', { detail: '这个服务包刚被别人修订或停用，请刷新后再改。' });
  }
  const { rows } = await sql`
    insert into service_package (county_id, id, code, name, audience, items, price_cents, created_at, previous_id, created_by)
    values (${actor.countyId}, ${input.packageId}::uuid, ${input.code}, ${input.name.trim()}, ${input.audience},
      ${JSON.stringify(input.items)}::jsonb, ${input.priceCents}, ${input.now}, ${input.replacesId ?? null}::uuid,
      ${actor.staffId}::uuid)
    on conflict (county_id, code) where retired_at is null do nothing returning id`.execute(tx);
  if (rows.length === 0)
    return refused('already-exists', {
      detail: `代码“${input.code}”已有现行服务包；请修订它，或换一个代码。`,
    });
  await recordAudit(tx, actor, {
    action: input.replacesId ? 'package.revise' : 'package.add',
    subject: input.packageId,
    now: input.now,
  });
  return { packageId: input.packageId };
}

/** Takes a package off the offer; contracts that promise it keep it. */
export async function takePackageOff(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { packageId: string; now: Date },
): Promise<{ packageId: string } | Refused> {
  const retired = await retire(tx, actor, input.packageId, input.now);
  if (retired === 'unknown') return refused('not-found');
  if (retired === 'already') return refused('package-retired', { detail: '这个服务包已经停用。' });
  await recordAudit(tx, actor, { action: 'package.retire', subject: input.packageId, now: input.now });
  return { packageId: input.packageId };
}

async function retire(tx: Transaction<Tables>, actor: Actor, packageId: string, now: Date) {
  const held = await tx
    .selectFrom('service_package')
    .select('retired_at')
    .where('county_id', '=', actor.countyId)
    .where('id', '=', packageId)
    .forUpdate()
    .executeTakeFirst();
  if (!held) return 'unknown';
  if (held.retired_at !== null) return 'already';
  await tx
    .updateTable('service_package')
    .set({ retired_at: now })
    .where('county_id', '=', actor.countyId)
    .where('id', '=', packageId)
    .execute();
  return 'done';
}
