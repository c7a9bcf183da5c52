import {
  acceptedFindings,
  type ConclusionDecision,
  checkupVerdicts,
  proposeEvaluation,
  proposeRiskControl,
  reviewSheet,
} from '#capabilities/checkups/domain/conclude-checkup.ts';
import type { Station } from '#capabilities/checkups/domain/stations.ts';
import { checkupReadings } from '#capabilities/records/domain/checkup-readings.ts';
import { recordGroups } from '#capabilities/records/domain/record-groups.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { validateAnswers } from '#kernel/form-validate.ts';
import { addDays, addMonths, ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import { annualCheckup2017 } from '#standards/forms/annual-checkup/2017.ts';
import { stationAnswers } from './checkup-answers.ts';
import type { CountyFill } from './county-fill.ts';
import { type DaySeed, type ExamPerson, insertDay, insertSections } from './exam-day-rows.ts';
import type { Random } from './random.ts';

/** Of each township: people of an exam day that is over, people of the one that is on today, how long ago. */
const [examined, expected, daysAgo] = [20, 24, 9];

/** Exam days alive: in each township one that is over with sheets, conclusions and tasks, and one half done this morning. */
export async function fillCheckups(fill: CountyFill): Promise<void> {
  const people = await choosePeople(fill);
  for (const centreId of new Set(people.map((one) => one.centre_id))) {
    const own = people.filter((one) => one.centre_id === centreId);
    await fillPastDay(
      fill,
      own.filter((one) => one.place <= examined),
    );
    await fillToday(
      fill,
      own.filter((one) => one.place > examined),
    );
  }
}

/** Older people without a programme and without this year's checkup, spread over the villages. */
async function choosePeople({ client, countyId, today }: CountyFill): Promise<ExamPerson[]> {
  const { rows } = await client.query<ExamPerson>(
    `select p.*, o.id as centre_id, o.path as centre_path, o.name as centre_name, d.id as doctor_id, d.name as doctor_name
     from organization o
     join lateral (select s.id, s.name from staff s where s.county_id = $1 and s.organization_id = o.id
       and s.role = 'township-public-health-doctor' order by s.username limit 1) d on true
     cross join lateral (
       select q.*, row_number() over (order by md5(q.id::text))::int as place from (
         select r.id, r.sex, r.birth_date::text as birth_date, r.org_path, r.organization_id from resident r
         where r.county_id = $1 and r.status = 'active' and r.birth_date <= $2::date
           and r.org_path >= o.path and r.org_path < o.path || '~'
           and not exists (select 1 from enrollment e where e.county_id = $1 and e.resident_id = r.id)
           and not exists (select 1 from form_record f where f.county_id = $1 and f.resident_id = r.id
             and f.form = 'annual-checkup')
         order by r.id limit 400) q
       order by place limit ${examined + expected}) p
     where o.county_id = $1 and o.kind = 'township-centre' order by o.path, p.place`,
    [countyId, addMonths(today, -12 * 66)],
  );
  return rows;
}

/** Readings below what would raise a suspicion of a disease: a suspicion has a course of its own. */
function drawAnswers(random: Random): Record<Station, FormAnswers> {
  const height = random.integer(148, 174);
  return stationAnswers({
    sbp: random.integer(108, 138),
    dbp: random.integer(64, 87),
    height,
    weight: Math.round(((random.integer(195, 295) / 10) * height * height) / 10_000),
    waist: random.integer(70, 98),
    fpg: random.integer(44, 60) / 10,
    ldl: random.integer(18, 46) / 10,
    hb: random.integer(108, 152),
    creatinine: random.integer(48, 92),
    smokes: random.chance(0.25),
  });
}

const order: readonly Station[] = ['vitals', 'laboratory', 'ecg', 'ultrasound', 'doctor'];
const sectionsOf = (person: ExamPerson, parts: Record<Station, FormAnswers>, done: readonly Station[]) =>
  done.map((station, index) => ({
    resident_id: person.id,
    org_path: person.org_path,
    seq: index + 1,
    station,
    answers: parts[station],
    doctor_id: person.doctor_id,
  }));

/** This morning: the first have been everywhere but at the doctor's, the last have not come yet. */
async function fillToday(fill: CountyFill, people: readonly ExamPerson[]): Promise<void> {
  if (people.length === 0) return;
  const day: DaySeed = { id: fill.ids.next(), heldOn: fill.today, isOver: false };
  await insertDay(fill, day, people);
  const reached = (index: number) =>
    index < 4 ? order : index < 9 ? order.slice(0, 4) : index < 15 ? order.slice(0, 2) : [];
  await insertSections(
    fill,
    day,
    people.flatMap((person, index) => sectionsOf(person, drawAnswers(fill.random), reached(index))),
  );
}

/** A day that is over: every sheet filed with its readings, the doctor's answers to the conclusions, and the tasks. */
async function fillPastDay(fill: CountyFill, people: readonly ExamPerson[]): Promise<void> {
  if (people.length === 0) return;
  const { client, countyId, ids, random } = fill;
  const day: DaySeed = { id: ids.next(), heldOn: addDays(fill.today, -daysAgo), isOver: true };
  await insertDay(fill, day, people);
  const drawn = people.map((person) => ({ person, parts: drawAnswers(random), recordId: ids.next() }));
  await insertSections(
    fill,
    day,
    drawn.flatMap(({ person, parts }) => sectionsOf(person, parts, order)),
  );
  const sheets = drawn.map(({ person, parts, recordId }) => ({
    ...conclude(fill, person, parts, day.heldOn),
    person,
    recordId,
  }));
  const given = sheets.map((sheet) => ({
    record_id: sheet.recordId,
    operation_id: ids.next(),
    resident_id: sheet.person.id,
    organization_id: sheet.person.centre_id,
    org_path: sheet.person.org_path,
    doctor_id: sheet.person.doctor_id,
    answers: sheet.answers,
    verdicts: checkupVerdicts(sheet.findings, sheet.decisions),
    readings: checkupReadings(sheet.answers),
    tasks: sheet.accepted.flatMap((one) =>
      one.action
        ? [
            {
              id: ids.next(),
              organization_id: sheet.person.organization_id,
              code: one.code,
              kind: one.action.kind,
              what: one.action.what,
              reason: one.written,
              due_on: addDays(day.heldOn, one.action.withinDays),
            },
          ]
        : [],
    ),
  }));
  const rows = `jsonb_to_recordset($3::jsonb) as x (record_id uuid, operation_id uuid, resident_id uuid, organization_id uuid,
    org_path text, doctor_id uuid, answers jsonb, verdicts jsonb, readings jsonb, tasks jsonb)`;
  const values = [countyId, day.heldOn, JSON.stringify(given)];
  await client.query(
    `insert into form_record (county_id, id, operation_id, visit_id, resident_id, organization_id, org_path, form,
       form_edition, occurred_on, answers, received_at, recorded_by)
     select $1, x.record_id, x.operation_id, x.record_id, x.resident_id, x.organization_id, x.org_path, 'annual-checkup',
       '2017', $2::date, x.answers, $2::date + time '11:30', x.doctor_id from ${rows}`,
    values,
  );
  await client.query(
    `insert into measurement (county_id, record_id, kind, resident_id, org_path, value, unit, context, occurred_on)
     select $1, x.record_id, m.kind, x.resident_id, x.org_path, m.value, m.unit, m.context, $2::date
     from ${rows}, jsonb_to_recordset(x.readings) as m (kind text, value numeric, unit text, context text)`,
    values,
  );
  await client.query(
    `insert into verdict (county_id, record_id, rule_id, resident_id, org_path, edition, outcome, clause,
       certainty, reasons, decisions, occurred_on)
     select $1, x.record_id, v."ruleId", x.resident_id, x.org_path, '2017', v.outcome, v.clause, v.certainty, v.reasons,
       v.decisions, $2::date from ${rows}, jsonb_to_recordset(x.verdicts)
       as v ("ruleId" text, outcome text, clause text, certainty text, reasons json, decisions jsonb)`,
    values,
  );
  await client.query(
    `insert into checkup_task (county_id, id, resident_id, org_path, organization_id, record_id, code, kind, what, reason,
       due_on, opened_at, opened_by)
     select $1, t.id, x.resident_id, x.org_path, t.organization_id, x.record_id, t.code, t.kind, t.what, t.reason, t.due_on,
       $2::date + time '11:30', x.doctor_id
     from ${rows}, jsonb_to_recordset(x.tasks) as t (id uuid, organization_id uuid, code text, kind text, what text,
       reason text, due_on date)`,
    values,
  );
  await client.query(
    `update exam_person p set status = 'finished', record_id = x.record_id, finished_at = $2::date + time '11:30'
     from ${rows} where p.county_id = $1 and p.resident_id = x.resident_id and p.exam_day_id = '${day.id}'::uuid`,
    values,
  );
}

/** What the product's own rules conclude of a sheet, all of it taken by the doctor. */
function conclude(fill: CountyFill, person: ExamPerson, parts: Record<Station, FormAnswers>, on: PlainDate) {
  const ageYears = ageInYears(person.birth_date, on);
  const about = { sex: person.sex, ageYears, programs: [] };
  const context = { today: fill.today, ...about, groups: recordGroups(about) };
  const entered = { ...Object.assign({}, ...order.map((one) => parts[one])), checkDate: on };
  const { answers } = validateAnswers(
    annualCheckup2017,
    { ...entered, responsibleDoctor: person.doctor_name },
    context,
  );
  const review = reviewSheet(annualCheckup2017, answers, about, on);
  const decisions = review.findings.map(
    (one): ConclusionDecision => ({ code: one.code, decision: 'accepted' }),
  );
  const accepted = acceptedFindings(review, decisions);
  return {
    answers: { ...answers, ...proposeEvaluation(accepted, about), ...proposeRiskControl(review) },
    findings: review.findings,
    decisions,
    accepted,
  };
}
