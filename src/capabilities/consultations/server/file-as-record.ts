import type { Transaction } from 'kysely';
import { fileResidentRecord } from '#capabilities/records/server/public.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { consultation2017 } from '#standards/forms/consultation/2017.ts';
import { consultationSheet, type Opinion } from '../domain/consultation-sheet.ts';
import type { ConsultationState } from '../domain/consultation-states.ts';
import { holdConsultation, takeConsultationStep } from './take-consultation-step.ts';

/** The responsible doctor has read the opinion: it becomes the national sheet in the person's record, and the consultation ends. */
export async function fileAsRecord(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    readonly operationId: string;
    readonly consultationId: string;
    readonly version: number;
    readonly recordId: string;
    readonly today: PlainDate;
    readonly now: Date;
  },
): Promise<{ version: number; state: ConsultationState; recordId: string } | Refused> {
  const held = await holdConsultation(tx, actor, input.consultationId);
  if (!held) return refused('not-found');
  const step = await takeConsultationStep(tx, actor, { ...input, deed: 'file', note: '' });
  if ('kind' in step) return step;
  const names = await readNames(tx, actor.countyId, held);
  if (!names) return refused('not-found');
  const filed = await fileResidentRecord(tx, actor, {
    operationId: input.operationId,
    recordId: input.recordId,
    residentId: held.resident_id,
    form: consultation2017.form,
    formEdition: consultation2017.edition,
    answers: consultationSheet({
      ...names,
      reason: held.reason,
      urgency: held.urgency,
      toDepartment: held.to_department,
      opinion: held.opinion as Opinion,
      responsibleDoctor: actor.name,
    }),
    confirmed: [],
    today: input.today,
    now: input.now,
  });
  return 'kind' in filed ? filed : { ...step, recordId: filed.recordId };
}

async function readNames(
  tx: Transaction<Tables>,
  countyId: string,
  of: { resident_id: string; from_organization_id: string; to_organization_id: string },
) {
  return tx
    .selectFrom('resident as r')
    .innerJoin('organization as f', (join) => join.onRef('f.county_id', '=', 'r.county_id'))
    .innerJoin('organization as t', (join) => join.onRef('t.county_id', '=', 'r.county_id'))
    .select(['r.name', 'f.name as fromName', 't.name as toName'])
    .where('r.county_id', '=', countyId)
    .where('r.id', '=', of.resident_id)
    .where('f.id', '=', of.from_organization_id)
    .where('t.id', '=', of.to_organization_id)
    .executeTakeFirst();
}
