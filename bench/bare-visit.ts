import type pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { sampleVisit } from '#test/support/sample-visit.ts';

const dayInChina = (ahead: number) =>
  new Date(Date.now() + 8 * 3_600_000 + ahead * 86_400_000).toISOString().slice(0, 10);

/** A repeat visit with everything in order. */
export function answers(): Record<string, unknown> {
  return sampleVisit({
    visitDate: dayInChina(0),
    nextVisitDate: dayInChina(90),
    doctorSign: '林文博',
    drugs: [{ drugName: '苯磺酸氨氯地平片', timesPerDay: 1, dosePerTime: 5, doseUnit: 'mg' }],
  });
}

interface Patient {
  readonly resident_id: string;
  readonly enrollment_id: string;
  readonly org_path: string;
  readonly organization_id: string;
}

/**
 * Takes the rows the product last wrote for a visit and gives a function that writes the same rows for somebody else in
 * a bare transaction, as the application's role, with nothing read, checked or judged.
 */
export async function writeBareVisit(owner: pg.Pool, application: pg.Pool) {
  const one = async (text: string, values: unknown[] = []) => (await owner.query(text, values)).rows[0];
  const sheet = await one(
    `select * from form_record where form = 'hypertension-follow-up' order by received_at desc, id desc limit 1`,
  );
  const readings = (
    await owner.query('select kind, value, unit, context from measurement where record_id = $1', [sheet.id])
  ).rows;
  const verdicts = (
    await owner.query(
      'select rule_id, edition, outcome, clause, certainty, reasons from verdict where record_id = $1',
      [sheet.id],
    )
  ).rows;
  const task = await one('select * from follow_up_task where opened_by_record = $1', [sheet.id]);
  const year = await one('select * from management_year where resident_id = $1 order by year desc limit 1', [
    sheet.resident_id,
  ]);
  const operation = await one('select * from operation order by received_at desc limit 1');
  return async (p: Patient): Promise<boolean> => {
    const [id, operationId] = [uuidv7(), uuidv7()];
    const client = await application.connect();
    const run = (text: string, values: unknown[]) => client.query(text, values);
    try {
      await client.query(
        "begin; set local app.county_id = '999999'; set local app.scope_from = '/999999/'; set local app.scope_to = '/9999990'",
      );
      await run(`insert into operation values ('999999', $1, $2, $3, $4, $5, now())`, [
        operationId,
        operation.kind,
        operation.staff_id,
        operation.request_hash,
        JSON.stringify(operation.response),
      ]);
      await run(
        `insert into form_record (county_id, id, operation_id, visit_id, resident_id, organization_id, org_path, form,
           form_edition, occurred_on, mode, answers, received_at, recorded_by)
         values ('999999', $1, $2, $1, $3, $4, $5, $6, $7, $8, $9, $10, now(), $11)`,
        [
          id,
          operationId,
          p.resident_id,
          p.organization_id,
          p.org_path,
          sheet.form,
          sheet.form_edition,
          sheet.occurred_on,
          sheet.mode,
          JSON.stringify(sheet.answers),
          sheet.recorded_by,
        ],
      );
      await run(
        `insert into measurement select '999999', $1, x.kind, $2, $3, x.value, x.unit, x.context, $4
         from jsonb_to_recordset($5::jsonb) as x (kind text, value numeric, unit text, context text)`,
        [id, p.resident_id, p.org_path, sheet.occurred_on, JSON.stringify(readings)],
      );
      await run(
        `insert into verdict (county_id, record_id, rule_id, resident_id, org_path, edition, outcome, occurred_on, reasons,
           clause, certainty)
         select '999999', $1, x.rule_id, $2, $3, x.edition, x.outcome, $4, x.reasons, x.clause, x.certainty
         from jsonb_to_recordset($5::jsonb) as x (rule_id text, edition text, outcome text, reasons json, clause text,
           certainty text)`,
        [id, p.resident_id, p.org_path, sheet.occurred_on, JSON.stringify(verdicts)],
      );
      await run(
        `update follow_up_task set closed_at = now(), close_reason = 'visited', closed_by_record = $1
         where county_id = '999999' and enrollment_id = $2 and closed_at is null`,
        [id, p.enrollment_id],
      );
      await run(
        `insert into follow_up_task (county_id, id, resident_id, enrollment_id, organization_id, org_path, program, kind,
           risk_rank, due_on, latest_on, reason, opened_by_record, opened_at)
         values ('999999', $1, $2, $3, $4, $5, 'hypertension', $6, $7, $8, $9, $10, $11, now())`,
        [
          uuidv7(),
          p.resident_id,
          p.enrollment_id,
          p.organization_id,
          p.org_path,
          task.kind,
          task.risk_rank,
          task.due_on,
          task.latest_on,
          task.reason,
          id,
        ],
      );
      await run(
        `update management_year set standard = $1, standard_reasons = $2, last_visit_on = $3, last_sbp = 128, last_dbp = 76,
           controlled_statutory = true
         where county_id = '999999' and program = 'hypertension' and year = $4 and resident_id = $5`,
        [year.standard, JSON.stringify(year.standard_reasons), sheet.occurred_on, year.year, p.resident_id],
      );
      await run(
        `insert into audit_entry (county_id, id, at, staff_id, role, org_path, action, resident_id, subject, outcome)
         values ('999999', $1, now(), $2, 'county-specialist', '/999999/hospital/', 'follow-up.record', $3, $4, 'allowed')`,
        [uuidv7(), sheet.recorded_by, p.resident_id, id],
      );
      await client.query('commit');
      return true;
    } catch (error) {
      await client.query('rollback');
      throw error;
    } finally {
      client.release();
    }
  };
}
