import type { Transaction } from 'kysely';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { ConsultationState } from '../domain/consultation-states.ts';

/** Keeps what was done with a consultation, when and by whom. */
export async function writeStep(
  tx: Transaction<Tables>,
  actor: Actor,
  step: {
    readonly id: string;
    readonly consultationId: string;
    readonly state: ConsultationState;
    readonly note: string | null;
    readonly now: Date;
  },
): Promise<void> {
  await tx
    .insertInto('consultation_step')
    .values({
      county_id: actor.countyId,
      id: step.id,
      consultation_id: step.consultationId,
      state: step.state,
      at: step.now,
      by: actor.staffId,
      organization_id: actor.organizationId,
      note: step.note,
    })
    .execute();
}
