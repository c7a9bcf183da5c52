import { copyLine } from './copy-text.ts';
import type { DemoCare, DemoEnrollment, DemoSheet, DemoTask } from './demo-care.ts';
import type { TableTexts } from './people-tables.ts';
import type { RowContext } from './person-rows.ts';
import type { IdMaker } from './random.ts';

const editions = JSON.stringify({
  count: 'PHS-3/policy-B',
  form: 'hypertension-follow-up',
  control: { statutory: 'HTN-15-control', clinical: 'HTN-08' },
});

/** Writes all rows of a person's care. */
export function writeCareRows(
  texts: TableTexts,
  context: RowContext,
  ids: IdMaker,
  residentId: string,
  care: DemoCare,
): void {
  for (const enrollment of care.enrollments) writeEnrollment(texts, context, residentId, enrollment);
  for (const sheet of care.sheets) {
    writeSheet(texts, context, residentId, sheet);
    writeFindings(texts, context, residentId, sheet);
  }
  for (const task of care.tasks) writeTask(texts, context, ids.next(), residentId, task);
  for (const year of care.years) writeYear(texts, context, residentId, year);
}

function writeEnrollment(
  texts: TableTexts,
  context: RowContext,
  residentId: string,
  e: DemoEnrollment,
): void {
  const { countyId, village, doctorId } = context;
  texts.enrollment.add(
    copyLine([
      countyId,
      e.id,
      residentId,
      village.id,
      village.path,
      e.program,
      e.enrolledOn,
      e.diagnosedOn,
      'demo',
      e.closedOn,
      e.closeReason,
      1,
      `${e.enrolledOn}T10:00:00+08:00`,
      doctorId,
    ]),
  );
}

function writeSheet(texts: TableTexts, context: RowContext, residentId: string, sheet: DemoSheet): void {
  const { countyId, village, doctorId } = context;
  texts.form_record.add(
    copyLine([
      countyId,
      sheet.id,
      sheet.id,
      sheet.id,
      residentId,
      village.id,
      village.path,
      sheet.form,
      sheet.edition,
      sheet.on,
      sheet.mode,
      'complete',
      JSON.stringify(sheet.answers),
      sheet.supersedesId,
      sheet.supersededBy,
      sheet.correctionReason,
      `${sheet.receivedOn}T${sheet.supersededBy === null ? '11' : '10'}:00:00+08:00`,
      doctorId,
    ]),
  );
}

function writeFindings(texts: TableTexts, context: RowContext, residentId: string, sheet: DemoSheet): void {
  const { countyId, village } = context;
  for (const m of sheet.measurements) {
    texts.measurement.add(
      copyLine([countyId, sheet.id, m.kind, residentId, village.path, m.value, m.unit, m.context, sheet.on]),
    );
  }
  for (const v of sheet.verdicts) {
    const reasons = JSON.stringify({ clause: v.clause, certainty: v.certainty, reasons: v.reasons });
    texts.verdict.add(
      copyLine([
        countyId,
        sheet.id,
        v.ruleId,
        residentId,
        village.path,
        v.edition,
        v.outcome,
        reasons,
        sheet.on,
      ]),
    );
  }
}

function writeTask(
  texts: TableTexts,
  context: RowContext,
  id: string,
  residentId: string,
  task: DemoTask,
): void {
  const { countyId, village, today } = context;
  texts.follow_up_task.add(
    copyLine([
      countyId,
      id,
      residentId,
      task.enrollmentId,
      village.id,
      village.path,
      task.program,
      task.kind,
      task.rank,
      task.dueOn,
      task.latestOn,
      task.reason,
      task.openedBy,
      `${today}T00:00:00+08:00`,
    ]),
  );
}

function writeYear(
  texts: TableTexts,
  context: RowContext,
  residentId: string,
  { year, enrollmentId, judged }: DemoCare['years'][number],
): void {
  texts.management_year.add(
    copyLine([
      context.countyId,
      'hypertension',
      year,
      residentId,
      enrollmentId,
      context.village.path,
      judged.managed,
      judged.standard,
      JSON.stringify(judged.standardReasons),
      judged.lastVisit?.on ?? null,
      judged.lastVisit?.sbp ?? null,
      judged.lastVisit?.dbp ?? null,
      judged.controlledStatutory,
      judged.controlledClinical,
      JSON.stringify(judged.controlReasons),
      editions,
      judged.validFrom,
      judged.validThrough,
    ]),
  );
}
