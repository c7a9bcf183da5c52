import type { DemoCare, DemoEnrollment, DemoSheet, DemoTask } from './demo-care.ts';
import { type PeopleRows, peopleTables } from './people-tables.ts';
import type { RowContext } from './person-rows.ts';
import type { IdMaker } from './random.ts';

const editions = JSON.stringify({
  count: 'PHS-3/policy-B',
  form: 'hypertension-follow-up',
  control: { statutory: 'HTN-15-control', clinical: 'HTN-08' },
});

/** Writes all rows of a person's care. */
export function writeCareRows(
  rows: PeopleRows,
  context: RowContext,
  ids: IdMaker,
  residentId: string,
  care: DemoCare,
): void {
  for (const enrollment of care.enrollments) writeEnrollment(rows, context, residentId, enrollment);
  for (const sheet of care.sheets) {
    writeSheet(rows, context, residentId, sheet);
    writeFindings(rows, context, residentId, sheet);
  }
  for (const task of care.tasks) writeTask(rows, context, ids.next(), residentId, task);
  for (const year of care.years) writeYear(rows, context, residentId, year);
}

function writeEnrollment(rows: PeopleRows, context: RowContext, residentId: string, e: DemoEnrollment): void {
  const { countyId, village, doctorId } = context;
  rows.enrollment
    .row(peopleTables.enrollment.length)
    .text(countyId)
    .uuid(e.id)
    .uuid(residentId)
    .uuid(village.id)
    .text(village.path)
    .text(e.program)
    .date(e.enrolledOn)
    .text(e.diagnosedOn)
    .text('demo')
    .date(e.closedOn)
    .text(e.closeReason)
    .integer(1)
    .moment(e.enrolledOn, 10)
    .uuid(doctorId);
}

function writeSheet(rows: PeopleRows, context: RowContext, residentId: string, sheet: DemoSheet): void {
  const { countyId, village, doctorId } = context;
  rows.form_record
    .row(peopleTables.form_record.length)
    .text(countyId)
    .uuid(sheet.id)
    .uuid(sheet.id)
    .uuid(sheet.id)
    .uuid(residentId)
    .uuid(village.id)
    .text(village.path)
    .text(sheet.form)
    .text(sheet.edition)
    .date(sheet.on)
    .text(sheet.mode)
    .text('complete')
    .json(JSON.stringify(sheet.answers))
    .uuid(sheet.supersedesId)
    .uuid(sheet.supersededBy)
    .text(sheet.correctionReason)
    .moment(sheet.receivedOn, sheet.supersededBy === null ? 11 : 10)
    .uuid(doctorId);
}

function writeFindings(rows: PeopleRows, context: RowContext, residentId: string, sheet: DemoSheet): void {
  const { countyId, village } = context;
  for (const m of sheet.measurements) {
    rows.measurement
      .row(peopleTables.measurement.length)
      .text(countyId)
      .uuid(sheet.id)
      .text(m.kind)
      .uuid(residentId)
      .text(village.path)
      .hundredths(m.value)
      .text(m.unit)
      .text(m.context)
      .date(sheet.on);
  }
  for (const v of sheet.verdicts) {
    rows.verdict
      .row(peopleTables.verdict.length)
      .text(countyId)
      .uuid(sheet.id)
      .text(v.ruleId)
      .uuid(residentId)
      .text(village.path)
      .text(v.edition)
      .text(v.outcome)
      .json(JSON.stringify({ clause: v.clause, certainty: v.certainty, reasons: v.reasons }))
      .date(sheet.on);
  }
}

function writeTask(
  rows: PeopleRows,
  context: RowContext,
  id: string,
  residentId: string,
  task: DemoTask,
): void {
  const { countyId, village, today } = context;
  rows.follow_up_task
    .row(peopleTables.follow_up_task.length)
    .text(countyId)
    .uuid(id)
    .uuid(residentId)
    .uuid(task.enrollmentId)
    .uuid(village.id)
    .text(village.path)
    .text(task.program)
    .text(task.kind)
    .small(task.rank)
    .date(task.dueOn)
    .date(task.latestOn)
    .text(task.reason)
    .uuid(task.openedBy)
    .moment(today, 0);
}

function writeYear(
  rows: PeopleRows,
  context: RowContext,
  residentId: string,
  { year, enrollmentId, judged }: DemoCare['years'][number],
): void {
  rows.management_year
    .row(peopleTables.management_year.length)
    .text(context.countyId)
    .text('hypertension')
    .small(year)
    .uuid(residentId)
    .uuid(enrollmentId)
    .text(context.village.path)
    .boolean(judged.managed)
    .boolean(judged.standard)
    .json(JSON.stringify(judged.standardReasons))
    .date(judged.lastVisit?.on ?? null)
    .small(judged.lastVisit?.sbp ?? null)
    .small(judged.lastVisit?.dbp ?? null)
    .boolean(judged.controlledStatutory)
    .boolean(judged.controlledClinical)
    .json(JSON.stringify(judged.controlReasons))
    .json(editions)
    .date(judged.validFrom)
    .date(judged.validThrough);
}
