import { type RawBuilder, sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { RecordSummary } from '../contract.ts';
import { recordForms } from '../domain/record-forms.ts';

interface Row {
  readonly id: string;
  readonly resident_id: string;
  readonly form: string;
  readonly form_edition: string;
  readonly occurred_on: PlainDate;
  readonly received_at: Date;
  readonly recorded_by_name: string;
  readonly organization_name: string;
  readonly supersedes_id: string | null;
  readonly superseded_by: string | null;
  readonly correction_reason: string | null;
}

const forms = recordForms.map((one) => one.form);

function select<T extends Row>(
  tx: Transaction<Tables>,
  more: RawBuilder<unknown>,
  condition: RawBuilder<unknown>,
  limit: number,
) {
  return sql<T>`
    select f.id, f.resident_id, f.form, f.form_edition, f.occurred_on, f.received_at, s.name as recorded_by_name,
      o.name as organization_name, f.supersedes_id, f.superseded_by, f.correction_reason ${more}
    from form_record f
    join staff s on s.county_id = f.county_id and s.id = f.recorded_by
    join organization o on o.county_id = f.county_id and o.id = f.organization_id
    where ${condition}
    order by f.occurred_on desc, f.received_at desc, f.id desc limit ${limit}`.execute(tx);
}

/** One page of a resident's forms that are filed from here, newest first; superseded versions on request. */
export async function readRecordPage(
  tx: Transaction<Tables>,
  input: {
    countyId: string;
    residentId: string;
    includeSuperseded: boolean;
    cursor?: string | undefined;
    limit: number;
  },
): Promise<{ items: RecordSummary[]; nextCursor: string | null }> {
  const after = decodeCursor(input.cursor, 3);
  const condition = sql`f.county_id = ${input.countyId} and f.resident_id = ${input.residentId}::uuid
    and f.form = any(${forms}::text[]) ${input.includeSuperseded ? sql`` : sql`and f.superseded_by is null`}
    ${
      after
        ? sql`and (f.occurred_on, f.received_at, f.id) < (${after[0]}::date, ${after[1]}::timestamptz, ${after[2]}::uuid)`
        : sql``
    }`;
  const { rows } = await select<Row>(tx, sql``, condition, input.limit + 1);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  const isMore = rows.length > input.limit && last;
  return {
    items: page.map(toSummary),
    nextCursor: isMore ? encodeCursor([last.occurred_on, last.received_at.toISOString(), last.id]) : null,
  };
}

/** One filed form with its answers, wherever it was filled; undefined when it is not in scope. */
export async function readRecord(
  tx: Transaction<Tables>,
  countyId: string,
  recordId: string,
): Promise<(RecordSummary & { answers: Record<string, unknown> }) | undefined> {
  const condition = sql`f.county_id = ${countyId} and f.id = ${recordId}::uuid`;
  const { rows } = await select<Row & { answers: FormAnswers }>(tx, sql`, f.answers`, condition, 1);
  const [row] = rows;
  return row && { ...toSummary(row), answers: { ...row.answers } };
}

function toSummary(row: Row): RecordSummary {
  return {
    recordId: row.id,
    residentId: row.resident_id,
    form: row.form,
    formEdition: row.form_edition,
    occurredOn: row.occurred_on,
    receivedAt: row.received_at.toISOString(),
    recordedByName: row.recorded_by_name,
    organizationName: row.organization_name,
    supersedesId: row.supersedes_id,
    supersededBy: row.superseded_by,
    correctionReason: row.correction_reason,
  };
}
