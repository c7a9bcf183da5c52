import { sql, type Transaction } from 'kysely';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { readFamilyPrompt } from './family-prompt.ts';

/** A person's own standing consent, and the neutral prompt for the person; undefined out of scope. */
export async function readFamilyConsent(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { residentId: string; today: PlainDate },
) {
  const person = await tx
    .selectFrom('resident')
    .select('household_id')
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.residentId)
    .executeTakeFirst();
  if (!person) return undefined;
  const row = await tx
    .selectFrom('family_consent')
    .select(['id', 'given_on', 'signer', 'version'])
    .where('county_id', '=', actor.countyId)
    .where('resident_id', '=', input.residentId)
    .where('revoked_on', 'is', null)
    .executeTakeFirst();
  return {
    hasHousehold: person.household_id !== null,
    consent: row ? { id: row.id, givenOn: row.given_on, signer: row.signer, version: row.version } : null,
    prompt: await readFamilyPrompt(tx, actor, input),
  };
}

/** Writes down that a person lets their household be given the neutral prompt; once, and only with a household. */
export async function writeFamilyConsent(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    residentId: string;
    consentId: string;
    givenOn: PlainDate;
    signer: string;
    today: PlainDate;
    now: Date;
  },
): Promise<{ consentId: string } | Refused> {
  const person = await tx
    .selectFrom('resident')
    .select(['household_id', 'org_path', 'status', 'birth_date'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.residentId)
    .forShare()
    .executeTakeFirst();
  if (!person) return refused('not-found');
  if (person.status !== 'active') return refused('record-closed');
  if (person.household_id === null)
    return refused('illegal-move', { detail: '档案中没有家庭编号，请先在基本信息中登记家庭。' });
  if (input.givenOn > input.today || input.givenOn < person.birth_date) {
    const message = '同意日期应在出生之后、今天之前。';
    return refused('invalid-input', { issues: [{ path: 'givenOn', code: 'range', message }] });
  }
  const inserted = await sql`
    insert into family_consent (county_id, id, resident_id, household_id, org_path, given_on, signer, recorded_at,
      recorded_by)
    values (${actor.countyId}, ${input.consentId}::uuid, ${input.residentId}::uuid, ${person.household_id}::uuid,
      ${person.org_path}, ${input.givenOn}::date, ${input.signer.trim()}, ${input.now}, ${actor.staffId}::uuid)
    on conflict do nothing returning id`.execute(tx);
  if (inserted.rows.length === 0)
    return refused('already-exists', { detail: '该居民已经同意过，不需要重复登记。' });
  await recordAudit(tx, actor, {
    action: 'family-consent.give',
    residentId: input.residentId,
    subject: input.consentId,
    now: input.now,
  });
  return { consentId: input.consentId };
}

/** Takes a consent back from today on; the household is no longer prompted because of this person. */
export async function revokeConsent(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { consentId: string; version: number; reason?: string | undefined; today: PlainDate; now: Date },
): Promise<{ consentId: string } | Refused> {
  const held = await tx
    .selectFrom('family_consent')
    .select(['resident_id', 'version', 'revoked_on'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.consentId)
    .forUpdate()
    .executeTakeFirst();
  if (!held) return refused('not-found');
  if (held.version !== input.version || held.revoked_on !== null) return refused('stale-version');
  await sql`update family_consent set revoked_on = ${input.today}::date, revoke_reason = ${input.reason ?? null},
      revoked_by = ${actor.staffId}::uuid, version = version + 1
    where county_id = ${actor.countyId} and id = ${input.consentId}::uuid`.execute(tx);
  await recordAudit(tx, actor, {
    action: 'family-consent.revoke',
    residentId: held.resident_id,
    subject: input.consentId,
    now: input.now,
  });
  return { consentId: input.consentId };
}
