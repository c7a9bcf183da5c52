import { sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { type ProcessingPurpose, purposesOn } from '#standards/privacy/processing-purposes.ts';
import type { PurposeState } from '../contract.ts';
import { allowsUse, consentState, type LastWord, needsGuardian } from '../domain/consent-state.ts';

interface Row {
  readonly id: string;
  readonly purpose: string;
  readonly deed: LastWord['deed'];
  readonly given_by: LastWord['givenBy'];
  readonly signer: string;
  readonly relation: string | null;
  readonly means: 'paper' | 'spoken' | 'electronic';
  readonly on_day: PlainDate;
  readonly note: string | null;
  readonly recorded_at: Date;
  readonly staff_name: string;
}

/** How each purpose stands for one person, and what was said before, newest first. */
export async function readConsents(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { residentId: string; today: PlainDate; cursor?: string | undefined; limit: number },
) {
  const person = await tx
    .selectFrom('resident')
    .select(['birth_date', 'name'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.residentId)
    .executeTakeFirst();
  if (!person) return refused('not-found');
  const last = await readLastWords(tx, actor, input.residentId);
  const purposes = purposesOn(input.today).map((purpose) =>
    describePurpose(purpose, last.get(purpose.code), person.birth_date, input.today),
  );
  return {
    needsGuardian: needsGuardian(person.birth_date, input.today),
    residentName: person.name,
    purposes,
    ...(await readHistory(tx, actor, input)),
  };
}

function describePurpose(
  purpose: ProcessingPurpose,
  word: (LastWord & { signer: string }) | undefined,
  birthDate: PlainDate,
  today: PlainDate,
): PurposeState {
  const state = consentState(purpose.basis, word, { birthDate }, today);
  return {
    purpose: purpose.code,
    state,
    isAllowed: allowsUse(purpose.basis, state),
    since: word?.onDay ?? null,
    signer: word?.signer ?? null,
  };
}

async function readLastWords(tx: Transaction<Tables>, actor: Actor, residentId: string) {
  const { rows } = await sql<Pick<Row, 'purpose' | 'deed' | 'given_by' | 'on_day' | 'signer'>>`
    (select distinct on (purpose) purpose, deed, given_by, on_day, signer from consent_event
      where county_id = ${actor.countyId} and resident_id = ${residentId}::uuid
      order by purpose, recorded_at desc, (deed = 'withdrawn') desc, id desc)
    union all
    (select 'family-prompt', case when revoked_on is null then 'given' else 'withdrawn' end, 'self',
        coalesce(revoked_on, given_on), signer from family_consent
      where county_id = ${actor.countyId} and resident_id = ${residentId}::uuid
      order by (revoked_on is null) desc, recorded_at desc limit 1)`.execute(tx);
  return new Map(
    rows.map((row) => [
      row.purpose,
      { deed: row.deed, givenBy: row.given_by, onDay: row.on_day, signer: row.signer },
    ]),
  );
}

async function readHistory(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { residentId: string; cursor?: string | undefined; limit: number },
) {
  const after = decodeCursor(input.cursor, 2);
  const { rows } = await sql<Row>`
    select c.id, c.purpose, c.deed, c.given_by, c.signer, c.relation, c.means, c.on_day, c.note, c.recorded_at,
      s.name as staff_name
    from consent_event c join staff s on s.county_id = c.county_id and s.id = c.recorded_by
    where c.county_id = ${actor.countyId} and c.resident_id = ${input.residentId}::uuid
      and (${after === undefined} or (c.recorded_at, c.id) < (${after?.[0] ?? '1970-01-01'}::timestamptz, ${after?.[1] ?? '00000000-0000-0000-0000-000000000000'}::uuid))
    order by c.recorded_at desc, c.id desc limit ${input.limit + 1}`.execute(tx);
  const shown = rows.slice(0, input.limit);
  const end = shown.at(-1);
  return {
    items: shown.map((row) => ({
      consentId: row.id,
      purpose: row.purpose,
      deed: row.deed,
      givenBy: row.given_by,
      signer: row.signer,
      relation: row.relation,
      means: row.means,
      onDay: row.on_day,
      note: row.note,
      recordedAt: row.recorded_at.toISOString(),
      recordedBy: row.staff_name,
    })),
    nextCursor:
      rows.length > input.limit && end ? encodeCursor([end.recorded_at.toISOString(), end.id]) : null,
  };
}
