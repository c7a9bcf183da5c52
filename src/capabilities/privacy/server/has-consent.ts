import { sql, type Transaction } from 'kysely';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { findPurpose, type ProcessingPurpose } from '#standards/privacy/processing-purposes.ts';
import { allowsUse, consentState, type LastWord } from '../domain/consent-state.ts';

interface Row {
  readonly resident_id: string;
  readonly birth_date: PlainDate;
  readonly deed: LastWord['deed'] | null;
  readonly given_by: LastWord['givenBy'] | null;
  readonly on_day: PlainDate | null;
}

/**
 * Which of these people let their data be used so, as of this statement: a withdrawal kept a moment ago counts. People
 * out of the transaction's reach, and purposes nobody declared, are never among them.
 */
export async function whoConsents(
  tx: Transaction<Tables>,
  input: { countyId: string; residentIds: readonly string[]; purpose: string; today: PlainDate },
): Promise<ReadonlySet<string>> {
  const purpose = findPurpose(input.purpose);
  if (!purpose || purpose.from > input.today || (purpose.until && purpose.until < input.today))
    return new Set();
  const ids = [...new Set(input.residentIds)];
  const rows =
    purpose.keptWith === 'family-consent'
      ? await familyWords(tx, input.countyId, ids)
      : await lastWords(tx, input.countyId, ids, purpose);
  return new Set(
    rows
      .filter((row) => allowsUse(purpose.basis, stateOf(purpose, row, input.today)))
      .map((row) => row.resident_id),
  );
}

/** Whether one person lets their data be used so. */
export async function hasConsent(
  tx: Transaction<Tables>,
  input: { countyId: string; residentId: string; purpose: string; today: PlainDate },
): Promise<boolean> {
  return (await whoConsents(tx, { ...input, residentIds: [input.residentId] })).has(input.residentId);
}

function stateOf(purpose: ProcessingPurpose, row: Row, today: PlainDate) {
  const { deed, given_by: givenBy, on_day: onDay } = row;
  const last = deed && givenBy && onDay ? { deed, givenBy, onDay } : undefined;
  return consentState(purpose.basis, last, { birthDate: row.birth_date }, today);
}

async function lastWords(
  tx: Transaction<Tables>,
  countyId: string,
  ids: readonly string[],
  purpose: ProcessingPurpose,
): Promise<Row[]> {
  // Of two words of one moment the withdrawal counts.
  const { rows } = await sql<Row>`
    select r.id as resident_id, r.birth_date, c.deed, c.given_by, c.on_day from resident r
    left join lateral (select deed, given_by, on_day from consent_event c
      where c.county_id = r.county_id and c.resident_id = r.id and c.purpose = ${purpose.code}
      order by c.recorded_at desc, (c.deed = 'withdrawn') desc, c.id desc limit 1) c on true
    where r.county_id = ${countyId} and r.id = any(${ids}::uuid[])`.execute(tx);
  return rows;
}

/** The consent of a family is given and taken back in screening; it is read there. */
async function familyWords(
  tx: Transaction<Tables>,
  countyId: string,
  ids: readonly string[],
): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select r.id as resident_id, r.birth_date, 'given' as deed, 'self' as given_by, f.given_on as on_day
    from resident r join family_consent f on f.county_id = r.county_id and f.resident_id = r.id and f.revoked_on is null
    where r.county_id = ${countyId} and r.id = any(${ids}::uuid[])`.execute(tx);
  return rows;
}
