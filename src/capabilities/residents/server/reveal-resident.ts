import type { Transaction } from 'kysely';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import {
  fieldsFor,
  type MaskedField,
  maskedFieldLabels,
  type RevealPurpose,
  revealPurposes,
} from '#standards/reveal-purposes.ts';

/**
 * The whole of some masked fields of one person, for a purpose that needs them; who asked for what and why stands in the
 * person's own log. Refuses a field the purpose has no need of.
 */
export async function revealFields(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { residentId: string; purpose: RevealPurpose; fields: readonly MaskedField[]; now: Date },
): Promise<{ version: number; values: Partial<Record<MaskedField, string | null>> } | Refused> {
  const allowed = fieldsFor(input.purpose);
  const needless = input.fields.filter((field) => !allowed.includes(field));
  if (needless.length > 0)
    return refused('invalid-input', {
      issues: needless.map((field) => ({
        path: 'fields',
        code: 'not-for-this-purpose',
        message: `用途“${revealPurposes[input.purpose].label}”不需要${maskedFieldLabels[field]}。`,
      })),
    });
  const row = await tx
    .selectFrom('resident')
    .select(['id', 'version', 'id_no', 'phone', 'personal_information'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.residentId)
    .executeTakeFirst();
  if (!row) return refused('not-found');
  const fields = [...new Set(input.fields)].sort();
  await recordAudit(tx, actor, {
    action: 'resident.reveal',
    residentId: input.residentId,
    subject: input.purpose,
    detail: { purpose: input.purpose, fields },
    now: input.now,
  });
  const columns: Partial<Record<MaskedField, string | null>> = { idNo: row.id_no, phone: row.phone };
  const whole = (field: MaskedField) => {
    const answer = row.personal_information[field];
    return typeof answer === 'string' ? answer : (columns[field] ?? null);
  };
  return {
    version: row.version,
    values: Object.fromEntries(fields.map((field) => [field, whole(field)])),
  };
}
