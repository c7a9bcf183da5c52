import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Program } from '#capabilities/residents/contract.ts';
import type { FollowUpClass } from '#clinical/follow-up/follow-up-class.ts';
import type { StandingGrade } from '#clinical/follow-up/shorten-by-grade.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';

/** A person under management, as the follow-up needs to know them. */
export interface FollowUpCase {
  readonly resident_id: string;
  readonly birth_date: PlainDate;
  readonly sex: '0' | '1' | '2' | '9';
  readonly status: string;
  readonly died_on: PlainDate | null;
  readonly organization_id: string;
  readonly org_path: string;
  readonly enrollment_id: string;
  readonly enrolled_on: PlainDate;
  readonly closed_on: PlainDate | null;
  readonly programs: Program[];
  readonly grade: StandingGrade | null;
  /** Valid sheets newest first, without the one in `excludeRecordId`. */
  readonly recent: readonly {
    id: string;
    occurred_on: PlainDate;
    answers: FormAnswers;
    recorded_by: string;
  }[];
}

interface CaseInput {
  readonly countyId: string;
  readonly residentId: string;
  readonly program: Program;
  readonly form: string;
  readonly excludeRecordId?: string;
}

/**
 * Reads the person's programme record and last valid sheets. Undefined when the person is not in scope or has no record
 * of the programme.
 */
export async function loadFollowUpCase(
  tx: Transaction<Tables>,
  input: CaseInput,
): Promise<FollowUpCase | undefined> {
  return (await selectCase(input).execute(tx)).rows[0];
}

/** The programme record with the last valid sheets of a person, as a statement that may travel with others. */
export function selectCase(input: CaseInput): RawBuilder<FollowUpCase> {
  return sql<FollowUpCase>`
    select r.id as resident_id, r.birth_date, r.sex, r.status,
      case when r.status = 'dead' then r.status_on end as died_on, r.organization_id, r.org_path,
      e.id as enrollment_id, e.enrolled_on, e.closed_on,
      (select coalesce(array_agg(p.program order by p.program), '{}') from enrollment p
        where p.county_id = e.county_id and p.resident_id = e.resident_id and p.closed_on is null) as programs,
      (select json_build_object('colour', g.colour, 'everyDays', g.every_days) from current_grade g
        where g.county_id = e.county_id and g.resident_id = e.resident_id) as grade,
      (select coalesce(json_agg(x), '[]') from (
        select f.id, f.occurred_on, f.answers, s.name as recorded_by
        from form_record f join staff s on s.county_id = f.county_id and s.id = f.recorded_by
        where f.county_id = e.county_id and f.resident_id = e.resident_id and f.form = ${input.form}
          and f.superseded_by is null and f.status = 'complete'
          and f.id is distinct from ${input.excludeRecordId ?? null}::uuid
        order by f.occurred_on desc, f.received_at desc limit 8
      ) x) as recent
    from enrollment e
    join resident r on r.county_id = e.county_id and r.id = e.resident_id
    where e.county_id = ${input.countyId} and e.resident_id = ${input.residentId}::uuid and e.program = ${input.program}
    order by (e.closed_on is null) desc, e.enrolled_on desc, e.created_at desc, e.id desc limit 1`;
}

/**
 * Waits for whoever saves for this person, as a statement of its own: a statement that waits still reads what stood
 * before it began to wait, and the other's sheet would be missed.
 */
export function lockProgramRecord(input: {
  readonly countyId: string;
  readonly residentId: string;
  readonly program: Program;
}): RawBuilder<unknown> {
  return sql`select from enrollment e
    where e.county_id = ${input.countyId} and e.resident_id = ${input.residentId}::uuid and e.program = ${input.program}
    order by (e.closed_on is null) desc, e.enrolled_on desc, e.created_at desc, e.id desc limit 1 for update`;
}

/** Classes of the sheets before a visit day, newest first, at most four. */
export function classesBefore(recent: FollowUpCase['recent'], visitOn: PlainDate): FollowUpClass[] {
  return recent
    .filter((record) => record.occurred_on < visitOn)
    .flatMap((record) => {
      const printed = Number(record.answers.visitClass);
      return printed >= 1 && printed <= 4 ? [printed as FollowUpClass] : [];
    })
    .slice(0, 4);
}
