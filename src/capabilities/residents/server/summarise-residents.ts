import { type ExpressionBuilder, sql } from 'kysely';
import { ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { Program, ResidentSummary } from '../contract.ts';

/** Columns of `resident as r` and `organization as o` that a summary needs. */
export const summaryColumns = [
  'r.id',
  'r.name',
  'r.sex',
  'r.birth_date',
  'r.id_no',
  'r.phone',
  'r.archive_no',
  'r.organization_id',
  'r.status',
  'o.name as organization_name',
] as const;

/** The open programmes of `r`, as an array. */
export function openPrograms(eb: ExpressionBuilder<Tables & { r: Tables['resident'] }, 'r'>) {
  return eb
    .selectFrom('enrollment as e')
    .select(sql<Program[]>`coalesce(array_agg(e.program order by e.program), '{}')`.as('list'))
    .whereRef('e.county_id', '=', 'r.county_id')
    .whereRef('e.resident_id', '=', 'r.id')
    .where('e.closed_on', 'is', null)
    .as('programs');
}

export interface SummaryRow {
  readonly id: string;
  readonly name: string;
  readonly sex: ResidentSummary['sex'];
  readonly birth_date: PlainDate;
  readonly id_no: string | null;
  readonly phone: string | null;
  readonly archive_no: string;
  readonly organization_id: string;
  readonly organization_name: string;
  readonly status: ResidentSummary['status'];
  readonly programs: Program[] | null;
}

/** The list line of a resident as of a day; its numbers are masked where answers leave. */
export function summariseResident(row: SummaryRow, today: PlainDate): ResidentSummary {
  return {
    id: row.id,
    name: row.name,
    sex: row.sex,
    birthDate: row.birth_date,
    ageYears: ageInYears(row.birth_date, today),
    idNo: row.id_no,
    phone: row.phone,
    archiveNo: row.archive_no,
    organizationId: row.organization_id,
    organizationName: row.organization_name,
    status: row.status,
    programs: row.programs ?? [],
  };
}
