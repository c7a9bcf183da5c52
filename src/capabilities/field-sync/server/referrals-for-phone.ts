import type { Transaction } from 'kysely';
import { type CarriedReferral, readCarriedReferrals } from '#capabilities/referrals/server/public.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { PhoneReferral } from '../domain/phone-referral.ts';

/** The referrals a phone carries, by resident. */
export async function readPhoneReferrals(
  tx: Transaction<Tables>,
  input: { readonly countyId: string; readonly residentIds: readonly string[] },
): Promise<Map<string, PhoneReferral[]>> {
  const byPerson = new Map<string, PhoneReferral[]>();
  for (const row of await readCarriedReferrals(tx, input)) {
    const own = byPerson.get(row.resident_id) ?? [];
    byPerson.set(row.resident_id, [...own, toPhone(row)]);
  }
  return byPerson;
}

const toPhone = (row: CarriedReferral): PhoneReferral => ({
  id: row.id,
  fromId: row.from_id,
  fromName: row.from_name,
  ...(row.to_id === null ? {} : { toId: row.to_id, toName: row.to_name ?? '' }),
  toDepartment: row.to_department,
  urgency: row.urgency,
  reason: row.reason,
  state: row.state,
  version: row.version,
  at: row.at.toISOString(),
  ...(row.note === null ? {} : { note: row.note }),
  // By when somebody answers says nothing once they have.
  ...(row.state === 'requested' && row.answer_due_at ? { answerDueAt: row.answer_due_at.toISOString() } : {}),
  ...(row.back ? { back: backOf(row.back) } : {}),
});

const backOf = (back: NonNullable<CarriedReferral['back']>): NonNullable<PhoneReferral['back']> => ({
  diagnosis: back.diagnosis ?? '',
  treatmentAndAdvice: back.treatmentAndAdvice ?? '',
  fromDoctor: back.fromDoctor ?? '',
  fromPhone: back.fromPhone ?? '',
  backDate: back.backDate ?? '',
});
