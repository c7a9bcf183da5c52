import { type RawBuilder, sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import type { Reason } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { FollowUpRecord, StoredVerdict } from '../contract.ts';
import { programOfForm } from '../domain/follow-up-programs.ts';

export interface RecordRow {
  readonly id: string;
  readonly visit_id: string;
  readonly resident_id: string;
  readonly form: string;
  readonly form_edition: string;
  readonly occurred_on: PlainDate;
  readonly mode: string | null;
  readonly status: string;
  readonly answers: Record<string, unknown>;
  readonly received_at: Date;
  readonly recorded_by_name: string;
  readonly organization_name: string;
  readonly supersedes_id: string | null;
  readonly superseded_by: string | null;
  readonly correction_reason: string | null;
  readonly verdicts: {
    rule_id: string;
    edition: string;
    outcome: string;
    clause: string;
    certainty: string;
    reasons: Reason[];
  }[];
  readonly differing: { readonly ruleId: string; readonly phone: { readonly outcome: string } }[] | null;
}

/** Sheets with their verdicts, who wrote them and where; `condition` is on `form_record as f`, newest first. */
export async function selectRecords(
  tx: Transaction<Tables>,
  condition: RawBuilder<unknown>,
  limit: number,
): Promise<RecordRow[]> {
  const result = await sql<RecordRow>`
    select f.id, f.visit_id, f.resident_id, f.form, f.form_edition, f.occurred_on, f.mode, f.status, f.answers, f.received_at,
      s.name as recorded_by_name, o.name as organization_name, f.supersedes_id, f.superseded_by, f.correction_reason,
      (select coalesce(jsonb_agg(jsonb_build_object('rule_id', v.rule_id, 'edition', v.edition, 'outcome', v.outcome,
          'clause', v.clause, 'certainty', v.certainty, 'reasons', v.reasons) order by v.rule_id), '[]')
        from verdict v where v.county_id = f.county_id and v.record_id = f.id) as verdicts,
      m.differing
    from form_record f
    join staff s on s.county_id = f.county_id and s.id = f.recorded_by
    join organization o on o.county_id = f.county_id and o.id = f.organization_id
    left join made_under m on m.county_id = f.county_id and m.record_id = f.id
    where ${condition}
    order by f.occurred_on desc, f.received_at desc, f.id desc limit ${limit}`.execute(tx);
  return result.rows;
}

/** A sheet as it travels. */
export function toFollowUpRecord(row: RecordRow): FollowUpRecord {
  return {
    recordId: row.id,
    visitId: row.visit_id,
    program: programOfForm(row.form) ?? 'hypertension',
    form: row.form,
    formEdition: row.form_edition,
    occurredOn: row.occurred_on,
    mode: row.mode,
    status: row.status,
    answers: row.answers,
    verdicts: row.verdicts.map((v): StoredVerdict => {
      const other = row.differing?.find((one) => one.ruleId === v.rule_id);
      return {
        ruleId: v.rule_id,
        edition: v.edition,
        clause: v.clause,
        certainty: v.certainty,
        outcome: v.outcome,
        ...(other ? { outcomeOnPhone: other.phone.outcome } : {}),
        reasons: v.reasons,
      };
    }),
    receivedAt: row.received_at.toISOString(),
    recordedByName: row.recorded_by_name,
    organizationName: row.organization_name,
    supersedesId: row.supersedes_id,
    supersededBy: row.superseded_by,
    correctionReason: row.correction_reason,
  };
}

/** One follow-up sheet and whose it is; undefined when it is not in scope or no follow-up. */
export async function readFollowUpRecord(
  tx: Transaction<Tables>,
  countyId: string,
  recordId: string,
): Promise<(FollowUpRecord & { residentId: string }) | undefined> {
  const [row] = await selectRecords(tx, sql`f.county_id = ${countyId} and f.id = ${recordId}::uuid`, 1);
  return row && programOfForm(row.form)
    ? { ...toFollowUpRecord(row), residentId: row.resident_id }
    : undefined;
}

/** One page of a resident's sheets of one form, newest first; superseded versions on request. */
export async function readFollowUpPage(
  tx: Transaction<Tables>,
  input: {
    countyId: string;
    residentId: string;
    form: string;
    year?: number | undefined;
    includeSuperseded: boolean;
    cursor?: string | undefined;
    limit: number;
  },
) {
  const after = decodeCursor(input.cursor, 3);
  const condition = sql`f.county_id = ${input.countyId} and f.resident_id = ${input.residentId}::uuid and f.form = ${input.form}
    ${input.includeSuperseded ? sql`` : sql`and f.superseded_by is null`}
    ${
      input.year === undefined
        ? sql``
        : sql`and f.occurred_on between ${`${input.year}-01-01`}::date and ${`${input.year}-12-31`}::date`
    }
    ${
      after
        ? sql`and (f.occurred_on, f.received_at, f.id) < (${after[0]}::date, ${after[1]}::timestamptz, ${after[2]}::uuid)`
        : sql``
    }`;
  const rows = await selectRecords(tx, condition, input.limit + 1);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map(toFollowUpRecord),
    nextCursor:
      rows.length > input.limit && last
        ? encodeCursor([last.occurred_on, last.received_at.toISOString(), last.id])
        : null,
  };
}
