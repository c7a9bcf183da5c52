import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { CountedVisit, ManagementYearFacts } from '../domain/judge-management-year.ts';

/** The stored verdicts the count reads; the rules that wrote them live in `src/clinical`. */
export interface ControlVerdictIds {
  readonly statutory: string;
  readonly clinical: string;
}

/** What is needed to count one programme: its form and the ids of its control verdicts. */
export interface ProgramCount {
  readonly program: 'hypertension';
  readonly form: string;
  readonly control: ControlVerdictIds;
}

/** Where a person's year is kept: programme record and place in the tree. */
export interface ManagementCase {
  readonly residentId: string;
  readonly enrollmentId: string;
  readonly orgPath: string;
  readonly facts: ManagementYearFacts;
}

const faceToFaceModes = new Set(['clinic', 'home', 'group']);

/** A row of `selectManagementCases`. */
export interface ManagementCaseRow {
  readonly resident_id: string;
  readonly enrollment_id: string;
  readonly org_path: string;
  readonly enrolled_on: PlainDate;
  readonly closed_on: PlainDate | null;
  readonly close_reason: string | null;
  readonly visits: {
    on: PlainDate;
    mode: string | null;
    sbp: number | null;
    dbp: number | null;
    statutory: string | null;
    clinical: string | null;
  }[];
  readonly checkups: PlainDate[];
}

/**
 * Reads the facts of a year for these residents: of the programme records opened by the end of the year the open one, else
 * the latest; current complete sheets of the year in order of day, checkups of this year and the one before. People without one are absent.
 */
export async function loadManagementCases(
  tx: Transaction<Tables>,
  input: {
    countyId: string;
    count: ProgramCount;
    year: number;
    asOf: PlainDate;
    residentIds: readonly string[];
  },
): Promise<ManagementCase[]> {
  const { rows } = await selectManagementCases(input).execute(tx);
  return rows.map((row) => toManagementCase(row, input.year, input.asOf));
}

/** The facts of a year as a statement that may travel with others. */
export function selectManagementCases(input: {
  countyId: string;
  count: ProgramCount;
  year: number;
  residentIds: readonly string[];
}): RawBuilder<ManagementCaseRow> {
  const { countyId, count, year } = input;
  return sql<ManagementCaseRow>`
    select distinct on (e.resident_id)
      e.resident_id, e.id as enrollment_id, e.org_path, e.enrolled_on, e.closed_on, e.close_reason,
      v.visits, c.checkups
    from enrollment e
    cross join lateral (
      select coalesce(json_agg(json_build_object(
          'on', f.occurred_on, 'mode', f.mode, 'sbp', m.sbp, 'dbp', m.dbp,
          'statutory', w.statutory, 'clinical', w.clinical) order by f.occurred_on, f.received_at, f.id), '[]') as visits
      from form_record f
      cross join lateral (
        select max(value) filter (where kind = 'sbp') as sbp, max(value) filter (where kind = 'dbp') as dbp
        from measurement where county_id = f.county_id and record_id = f.id) m
      cross join lateral (
        select max(outcome) filter (where rule_id = ${count.control.statutory}) as statutory,
          max(outcome) filter (where rule_id = ${count.control.clinical}) as clinical
        from verdict where county_id = f.county_id and record_id = f.id) w
      where f.county_id = e.county_id and f.resident_id = e.resident_id and f.form = ${count.form}
        and f.occurred_on between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date
        and f.superseded_by is null and f.status = 'complete'
    ) v
    cross join lateral (
      select coalesce(json_agg(f.occurred_on order by f.occurred_on), '[]') as checkups
      from form_record f
      where f.county_id = e.county_id and f.resident_id = e.resident_id and f.form = 'annual-checkup'
        and f.occurred_on between ${`${year - 1}-01-01`}::date and ${`${year}-12-31`}::date
        and f.superseded_by is null and f.status = 'complete'
    ) c
    where e.county_id = ${countyId} and e.program = ${count.program}
      and e.enrolled_on <= ${`${year}-12-31`}::date and e.resident_id = any(${input.residentIds}::uuid[])
    order by e.resident_id, (e.closed_on is null) desc, e.enrolled_on desc, e.created_at desc, e.id desc`;
}

/** The facts in a row, for judging them as of a day. */
export function toManagementCase(row: ManagementCaseRow, year: number, asOf: PlainDate): ManagementCase {
  return {
    residentId: row.resident_id,
    enrollmentId: row.enrollment_id,
    orgPath: row.org_path,
    facts: {
      year,
      asOf,
      enrolledOn: row.enrolled_on,
      closedOn: row.closed_on,
      closeReason: row.close_reason,
      visits: row.visits.map(toCountedVisit),
      checkups: row.checkups,
    },
  };
}

/** A current complete sheet as the count sees it. */
export function toCountedVisit(visit: ManagementCaseRow['visits'][number]): CountedVisit {
  return {
    on: visit.on,
    faceToFace: visit.mode !== null && faceToFaceModes.has(visit.mode),
    complete: true,
    sbp: visit.sbp,
    dbp: visit.dbp,
    controlledStatutory: outcomeAsBoolean(visit.statutory),
    controlledClinical: outcomeAsBoolean(visit.clinical),
  };
}

function outcomeAsBoolean(outcome: string | null): boolean | null {
  return outcome === 'controlled' ? true : outcome === 'not-controlled' ? false : null;
}
