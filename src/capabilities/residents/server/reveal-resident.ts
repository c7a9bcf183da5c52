import type { Transaction } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { accessProfile } from '#standards/access-profile.ts';
import { allShown, hideFromView } from '#standards/privacy/hide-from-view.ts';
import {
  fieldsFor,
  type MaskedField,
  type RevealField,
  type RevealPurpose,
  revealFieldLabels,
  revealPurposes,
} from '#standards/reveal-purposes.ts';

interface Revealed {
  readonly version: number;
  readonly values: Partial<Record<MaskedField, string | null>>;
  /** Answers of the basic information that tell of sensitive diagnoses, where they were asked for. */
  readonly answers: Record<string, unknown>;
  /** Until when every screen shows this person so to who asked. */
  readonly until: string;
}

/**
 * The whole of some masked fields of one person, for a purpose that needs them; who asked for what and why stands in the
 * person's own log, and for a while every answer about the person shows them. Refuses a field the purpose has no need of.
 */
export async function revealFields(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { residentId: string; purpose: RevealPurpose; fields: readonly RevealField[]; now: Date },
): Promise<Revealed | Refused> {
  const allowed = fieldsFor(input.purpose);
  const needless = input.fields.filter((field) => !allowed.includes(field));
  if (needless.length > 0)
    return refused('invalid-input', {
      issues: needless.map((field) => ({
        path: 'fields',
        code: 'not-for-this-purpose',
        message: `用途“${revealPurposes[input.purpose].label}”不需要${revealFieldLabels[field]}。`,
      })),
    });
  const row = await tx
    .selectFrom('resident')
    .select(['id', 'version', 'org_path', 'id_no', 'phone', 'personal_information'])
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
  const until = new Date(input.now.getTime() + accessProfile.revealMinutes * 60_000);
  await tx
    .insertInto('reveal_grant')
    .values({
      county_id: actor.countyId,
      id: uuidv7(),
      staff_id: actor.staffId,
      resident_id: row.id,
      org_path: row.org_path,
      purpose: input.purpose,
      fields,
      opened_at: input.now,
      expires_at: until,
    })
    .execute();
  const columns: Partial<Record<MaskedField, string | null>> = { idNo: row.id_no, phone: row.phone };
  const whole = (field: MaskedField) => {
    const answer = row.personal_information[field];
    return typeof answer === 'string' ? answer : (columns[field] ?? null);
  };
  return {
    version: row.version,
    values: Object.fromEntries(
      fields.flatMap((field) => (field === 'sensitive' ? [] : [[field, whole(field)]])),
    ),
    answers: fields.includes('sensitive') ? sensitiveAnswers(row.personal_information) : {},
    until: until.toISOString(),
  };
}

/** The answers that are not shown without being asked for, numbers and addresses apart. */
function sensitiveAnswers(answers: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const hidden = hideFromView(answers, { shown: () => ({ ...allShown, sensitive: false }) }) as Record<
    string,
    unknown
  >;
  const isHidden = (id: string) => JSON.stringify(hidden[id]) !== JSON.stringify(answers[id]);
  return Object.fromEntries(Object.entries(answers).filter(([id]) => isHidden(id)));
}
