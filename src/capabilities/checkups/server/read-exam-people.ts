import { sql, type Transaction } from 'kysely';
import { recordGroups } from '#capabilities/records/domain/record-groups.ts';
import { idNoIndex, type SummaryRow, summariseResident } from '#capabilities/residents/server/public.ts';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { sealsOf } from '#platform/server/database/with-scope.ts';
import { annualCheckup2017 } from '#standards/forms/annual-checkup/2017.ts';
import type { ExamPerson } from '../contract.ts';
import { mergeSections, type Section } from '../domain/merge-sections.ts';
import { readPersonLine } from '../domain/read-person-line.ts';
import { progressOf } from '../domain/station-progress.ts';
import type { Station } from '../domain/stations.ts';

/** The edition exam days are written on. */
export const checkupEdition = annualCheckup2017;

interface PersonRow extends SummaryRow {
  readonly number: number;
  readonly barcode: string;
  readonly exam_status: 'waiting' | 'finished' | 'absent';
  readonly record_id: string | null;
  readonly held_on: PlainDate;
  readonly last_seq: number;
  readonly sections: (Section & { station: Station })[] | null;
}

const select = (condition: ReturnType<typeof sql>, limit: number) => sql<PersonRow>`
  select p.number, p.barcode, p.status as exam_status, p.record_id, d.held_on, p.last_seq, r.id, r.name, r.sex, r.birth_date,
    r.id_no, r.phone, r.archive_no, r.organization_id, r.status, o.name as organization_name,
    (select coalesce(array_agg(e.program order by e.program), '{}') from enrollment e
      where e.county_id = r.county_id and e.resident_id = r.id and e.closed_on is null) as programs,
    (select jsonb_agg(jsonb_build_object('seq', s.seq, 'station', s.station, 'savedBy', s.saved_by, 'answers', s.answers))
      from exam_section s where s.county_id = p.county_id and s.exam_day_id = p.exam_day_id
        and s.resident_id = p.resident_id) as sections
  from exam_person p
  join exam_day d on d.county_id = p.county_id and d.id = p.exam_day_id
  join resident r on r.county_id = p.county_id and r.id = p.resident_id
  join organization o on o.county_id = r.county_id and o.id = r.organization_id
  where ${condition} order by p.number limit ${limit}`;

/** Who the sheet of an exam day is about, as its conditions ask. */
export function subjectOf(
  person: { birthDate: string; sex: string; programs: readonly string[] },
  on: PlainDate,
) {
  const ageYears = ageInYears(person.birthDate as PlainDate, on);
  return {
    ageYears,
    sex: person.sex,
    groups: recordGroups({ ageYears, programs: [...person.programs] as never }),
  };
}

function toPerson(row: PersonRow): ExamPerson & { answers: FormAnswers; seq: number; heldOn: PlainDate } {
  const summary = summariseResident(row, row.held_on);
  const sections = row.sections ?? [];
  const answers = mergeSections(sections);
  return {
    ...summary,
    number: row.number,
    barcode: row.barcode,
    examStatus: row.exam_status,
    recordId: row.record_id,
    visited: [...new Set(sections.map((one) => one.station))],
    progress: progressOf(checkupEdition, answers, subjectOf(summary, row.held_on)),
    answers,
    seq: row.last_seq,
    heldOn: row.held_on,
  };
}

/** One page of an exam day's people by number; with a station only those it has not entered yet. */
export async function readExamPeople(
  tx: Transaction<Tables>,
  input: {
    countyId: string;
    examDayId: string;
    station?: Station | undefined;
    cursor?: string | undefined;
    limit: number;
  },
): Promise<{ items: ExamPerson[]; nextCursor: string | null }> {
  const after = decodeCursor(input.cursor, 1);
  const open = input.station
    ? sql`and p.status = 'waiting' and not exists (select 1 from exam_section s where s.county_id = p.county_id
        and s.exam_day_id = p.exam_day_id and s.resident_id = p.resident_id and s.station = ${input.station})`
    : sql``;
  const { rows } = await select(
    sql`p.county_id = ${input.countyId} and p.exam_day_id = ${input.examDayId}::uuid ${open}
      ${after ? sql`and p.number > ${Number(after[0]) || 0}` : sql``}`,
    input.limit + 1,
  ).execute(tx);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => {
      const { answers: _answers, seq: _seq, heldOn: _heldOn, ...person } = toPerson(row);
      return person;
    }),
    nextCursor: rows.length > input.limit && last ? encodeCursor([String(last.number)]) : null,
  };
}

/** One person of an exam day with the sheet merged from every station. */
export async function readExamPerson(
  tx: Transaction<Tables>,
  input: { countyId: string; examDayId: string; residentId: string },
) {
  const { rows } = await select(
    sql`p.county_id = ${input.countyId} and p.exam_day_id = ${input.examDayId}::uuid
      and p.resident_id = ${input.residentId}::uuid`,
    1,
  ).execute(tx);
  if (!rows[0]) return undefined;
  const { answers, seq, heldOn, ...person } = toPerson(rows[0]);
  return { person, heldOn, seq, answers: { ...answers } };
}

const longestNumber = 5;

/** Finds a person of the day by number, barcode, identity number or archive code. */
export async function findExamResident(
  tx: Transaction<Tables>,
  input: { countyId: string; examDayId: string; text: string },
): Promise<string | undefined> {
  const text = input.text.trim();
  const base = sql`p.county_id = ${input.countyId} and p.exam_day_id = ${input.examDayId}::uuid`;
  const one = async (condition: ReturnType<typeof sql>) => {
    const { rows } = await sql<{ resident_id: string }>`
      select p.resident_id from exam_person p join resident r on r.county_id = p.county_id and r.id = p.resident_id
      where ${base} and ${condition} limit 1`.execute(tx);
    return rows[0]?.resident_id;
  };
  if (/^\d+$/.test(text) && text.length <= longestNumber) return one(sql`p.number = ${Number(text)}`);
  const scanned = await one(sql`p.barcode = ${text.toUpperCase()}`);
  if (scanned !== undefined) return scanned;
  const line = readPersonLine(text);
  if (line?.kind === 'identity') return one(sql`r.id_no_index = ${idNoIndex(sealsOf(tx), '01', line.idNo)}`);
  if (line?.kind === 'archive') return one(sql`r.archive_no = ${line.archiveNo}`);
  return undefined;
}
