import type { Transaction } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';

/**
 * Keeps that a person refuses the management of one disease, why, and when to ask again, among what happened to the
 * record. The programme it ended is named: the record itself did not end, so there is nothing to take back here.
 */
export async function keepRefusal(
  tx: Transaction<Tables>,
  actor: Actor,
  refusal: {
    readonly residentId: string;
    readonly enrollmentId: string;
    readonly program: string;
    readonly onDay: PlainDate;
    readonly note: string;
    readonly reviewOn: PlainDate;
    readonly now: Date;
  },
): Promise<void> {
  const { residentId, enrollmentId, program, onDay, note, reviewOn, now } = refusal;
  const person = await tx
    .selectFrom('resident')
    .select('org_path')
    .where('county_id', '=', actor.countyId)
    .where('id', '=', residentId)
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('resident_status_event')
    .values({
      county_id: actor.countyId,
      id: uuidv7(),
      resident_id: residentId,
      org_path: person.org_path,
      kind: 'refused',
      on_day: onDay,
      source: '—',
      note: note.trim(),
      detail: JSON.stringify({ reviewOn, program, enrollmentId }),
      undoes_id: null,
      undone_by_id: null,
      recorded_at: now,
      recorded_by: actor.staffId,
    })
    .execute();
}
