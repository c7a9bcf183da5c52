import { sql, type Transaction } from 'kysely';
import { addMonths, ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import type { Verdict } from '#kernel/verdict.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { ScreeningSubject } from '../domain/screening-evaluation.ts';

/** Months of earlier office pressures a screening looks back on. */
const monthsBack = 3;

/** The person as the screening rules see them on a day: age, sex, office pressures of the days before. */
export async function readScreeningSubject(
  tx: Transaction<Tables>,
  input: {
    countyId: string;
    residentId: string;
    birthDate: PlainDate;
    sex: string;
    on: PlainDate;
    exceptRecordIds: readonly string[];
  },
): Promise<ScreeningSubject> {
  const found = await sql<{ on: PlainDate; sbp: number; dbp: number }>`
    select s.occurred_on as "on", s.value::int as sbp, d.value::int as dbp
    from measurement s
    join measurement d on d.county_id = s.county_id and d.record_id = s.record_id and d.kind = 'dbp'
    join form_record f on f.county_id = s.county_id and f.id = s.record_id and f.superseded_by is null
    where s.county_id = ${input.countyId} and s.resident_id = ${input.residentId}::uuid and s.kind = 'sbp'
      and s.context = 'office' and s.occurred_on >= ${addMonths(input.on, -monthsBack)}::date
      and s.occurred_on <= ${input.on}::date and s.record_id <> all(${[...input.exceptRecordIds]}::uuid[])
    order by s.occurred_on limit 50`.execute(tx);
  return { ageYears: ageInYears(input.birthDate, input.on), sex: input.sex, pressures: found.rows };
}

/** Keeps what the rules said with the record. */
export async function insertVerdicts(
  tx: Transaction<Tables>,
  input: {
    countyId: string;
    recordId: string;
    residentId: string;
    orgPath: string;
    on: PlainDate;
    verdicts: readonly Verdict[];
  },
): Promise<void> {
  if (input.verdicts.length === 0) return;
  await sql`
    insert into verdict (county_id, record_id, rule_id, resident_id, org_path, edition, outcome, clause,
      certainty, reasons, occurred_on)
    select ${input.countyId}, ${input.recordId}::uuid, x."ruleId", ${input.residentId}::uuid, ${input.orgPath}, x.edition,
      x.outcome, x.clause, x.certainty, x.reasons, ${input.on}::date
    from jsonb_to_recordset(${JSON.stringify(input.verdicts)}::jsonb)
      as x ("ruleId" text, edition text, outcome text, clause text, certainty text, reasons json)`.execute(
    tx,
  );
}
