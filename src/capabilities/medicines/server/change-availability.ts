import { sql, type Transaction } from 'kysely';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { MedicineAvailability } from '../contract.ts';
import { exceptionsOf } from '../domain/availability.ts';
import { builtInFormulary } from '../domain/formulary-entry.ts';
import { readAvailability } from './read-availability.ts';

const known = new Set(builtInFormulary.map((one) => one.code));

/**
 * Says what a place lacks. Kept is only where it differs from the place above at this moment. Refuses codes that are not in
 * the formulary, a place outside one's own part, and a change over somebody else's.
 */
export async function changePlaceAvailability(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    readonly organizationId: string;
    readonly version: number;
    readonly lacking: readonly string[];
    readonly now: Date;
  },
): Promise<MedicineAvailability | Refused> {
  const issues = input.lacking.flatMap((code, at) =>
    known.has(code)
      ? []
      : [{ path: `lacking.${at}`, code: 'unknown-medicine', message: `药品目录中没有代码“${code}”。` }],
  );
  if (issues.length > 0) return refused('invalid-input', { issues });
  // What a place keeps depends on the places above it: one change in the county at a time.
  await sql`select pg_advisory_xact_lock(hashtext(${`${actor.countyId} medicine-availability`}))`.execute(tx);
  const held = await readAvailability(tx, actor, input.organizationId);
  if ('kind' in held) return held;
  if (held.version !== input.version) return refused('stale-version');
  const { has, lacks } = exceptionsOf(new Set(held.lackingAbove), new Set(input.lacking));
  await sql`
    insert into medicine_availability (county_id, organization_id, org_path, has, lacks, version, changed_at, changed_by)
    values (${actor.countyId}, ${held.place.id}::uuid, ${held.path}, ${[...has]}::text[], ${[...lacks]}::text[], 1,
      ${input.now}, ${actor.staffId}::uuid)
    on conflict (county_id, organization_id) do update set has = excluded.has, lacks = excluded.lacks,
      version = medicine_availability.version + 1, changed_at = excluded.changed_at, changed_by = excluded.changed_by`.execute(
    tx,
  );
  await recordAudit(tx, actor, {
    action: 'medicine-availability.change',
    subject: held.place.id,
    detail: { version: held.version + 1, has, lacks },
    now: input.now,
  });
  return withoutPath(await readAvailability(tx, actor, held.place.id));
}

/** As it is answered: where the place stands in the tree stays inside. */
export function withoutPath(
  found: (MedicineAvailability & { readonly path: string }) | Refused,
): MedicineAvailability | Refused {
  if ('kind' in found) return found;
  const { path: _, ...answer } = found;
  return answer;
}
