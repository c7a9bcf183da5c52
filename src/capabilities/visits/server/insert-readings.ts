import { sql, type Transaction } from 'kysely';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { sealsOf } from '#platform/server/database/with-scope.ts';

/** Readings of a person that belong to no national form: they stand in the record as a sheet of the centre. */
export const readingsForm = { form: 'centre-readings', edition: '2026' } as const;

interface ReadingsInput {
  readonly recordId: string;
  readonly operationId: string;
  readonly residentId: string;
  readonly orgPath: string;
  readonly occurredOn: PlainDate;
  readonly readings: readonly {
    readonly kind: string;
    readonly value: number;
    readonly unit: string;
    readonly context: string;
  }[];
  readonly answers: Readonly<Record<string, unknown>>;
  readonly now: Date;
}

/** Keeps typed readings with unit, context and day, under a record of their own. */
export async function insertReadings(
  tx: Transaction<Tables>,
  actor: Actor,
  input: ReadingsInput,
): Promise<void> {
  await sql`
      insert into form_record (county_id, id, operation_id, visit_id, resident_id, organization_id, org_path, form,
        form_edition, occurred_on, mode, answers, received_at, recorded_by)
      values (${actor.countyId}, ${input.recordId}::uuid, ${input.operationId}::uuid, ${input.recordId}::uuid,
        ${input.residentId}::uuid, ${actor.organizationId}::uuid, ${input.orgPath}, ${readingsForm.form},
        ${readingsForm.edition}, ${input.occurredOn}::date, 'clinic', ${JSON.stringify(sealsOf(tx).answers('form_record', input.recordId, input.answers))}::json, ${input.now},
        ${actor.staffId}::uuid)`.execute(tx);
  await sql`
    insert into measurement (county_id, record_id, kind, resident_id, org_path, value, unit, context, occurred_on)
    select ${actor.countyId}, ${input.recordId}::uuid, x.kind, ${input.residentId}::uuid, ${input.orgPath}, x.value, x.unit,
      x.context, ${input.occurredOn}::date
    from jsonb_to_recordset(${JSON.stringify(input.readings)}::jsonb) as x (kind text, value numeric, unit text,
      context text)`.execute(tx);
}
