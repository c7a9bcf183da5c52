import { sql, type Transaction } from 'kysely';
import type { PatientRecord } from '#clinical/assess/patient-record.ts';
import type { Condition } from '#clinical/conditions.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { addDays, addMonths, type PlainDate, parsePlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { dayOfDiagnosis } from '../domain/dated-diagnosis.ts';
import {
  type CentreExamination,
  type CheckupExaminations,
  examinationsDone,
  examinationsHeeded,
  monthsOfRecord,
} from '../domain/examinations-done.ts';
import { exerciseOf, readMedicines } from '../domain/overlay-visit.ts';
import { personalConditions, personalFamilyHistory } from '../domain/personal-conditions.ts';
import { recordedConstitutions } from '../domain/recorded-constitutions.ts';
import { centreExaminationsOf, checkupsOf } from './read-examinations.ts';

interface Row {
  readonly id: string;
  readonly birth_date: PlainDate;
  readonly sex: '0' | '1' | '2' | '9';
  readonly personal_information: FormAnswers;
  readonly programs: { program: 'hypertension' | 'type-2-diabetes' | 'copd'; diagnosedOn: string | null }[];
  readonly measurements: { kind: string; value: number; on: PlainDate; context: string | null }[];
  readonly sheets: { form: string; on: PlainDate; formClass: string | null }[];
  readonly last: { form: string; answers: FormAnswers; occurred_on: PlainDate }[];
  readonly checkups: CheckupExaminations[];
  readonly constitution: { readonly answers: FormAnswers } | null;
  /** Days of referrals that have not come back: by sheet, and sent to a house of the county. */
  readonly referrals: PlainDate[];
  readonly sent: PlainDate[];
  readonly confirmed: Condition[];
  readonly plan: { medicines: CarePlanMedicine[]; on: PlainDate }[];
  readonly examined: CentreExamination[];
  /** What the county set itself. */
  readonly critical_values: NonNullable<PatientRecord['criticalValues']> | null;
}

/** A medicine as a plan of the centre keeps it. */
interface CarePlanMedicine {
  readonly name: string;
  readonly dosePerTime?: number;
  readonly doseUnit?: string;
  readonly timesPerDay?: number;
}

/** A referral older than this is nobody's task any more. */
const referralDays = 60;

const programOf: Readonly<Record<string, 'hypertension' | 'type-2-diabetes' | 'copd'>> = {
  'hypertension-follow-up': 'hypertension',
  'type-2-diabetes-follow-up': 'type-2-diabetes',
  'copd-follow-up': 'copd',
};

/** One person's record for the engine; undefined out of scope. */
export async function loadPatientRecord(
  tx: Transaction<Tables>,
  input: { countyId: string; residentId: string; today: PlainDate },
): Promise<PatientRecord | undefined> {
  const found = await loadPatientRecords(tx, { ...input, residentIds: [input.residentId] });
  return found.get(input.residentId);
}

/**
 * Draws people's records for the engine in one round trip: who they are, what they have, five years of readings, the
 * classes of their visits, the medicines and habits of the last sheet of each form. Who is out of scope is left out.
 */
export async function loadPatientRecords(
  tx: Transaction<Tables>,
  input: { countyId: string; residentIds: readonly string[]; today: PlainDate },
): Promise<Map<string, PatientRecord>> {
  const since = addMonths(input.today, -monthsOfRecord);
  const forms = Object.keys(programOf);
  const found = await sql<Row>`
    select r.id, r.birth_date, r.sex, r.personal_information,
      (select coalesce(json_agg(json_build_object('program', e.program, 'diagnosedOn', e.diagnosed_on)), '[]') from enrollment e
        where e.county_id = r.county_id and e.resident_id = r.id and e.closed_on is null) as programs,
      (select coalesce(json_agg(x), '[]') from (
        select m.kind, m.value::float8 as value, m.occurred_on as "on", m.context from measurement m
        join form_record f on f.county_id = m.county_id and f.id = m.record_id and f.superseded_by is null
        where m.county_id = r.county_id and m.resident_id = r.id and m.occurred_on >= ${since}::date
        order by m.occurred_on desc limit 2000) x) as measurements,
      (select coalesce(json_agg(x), '[]') from (
        select f.form, f.occurred_on as "on", f.answers->>'visitClass' as "formClass" from form_record f
        where f.county_id = r.county_id and f.resident_id = r.id and f.form = any(${forms}::text[])
          and f.superseded_by is null and f.status = 'complete' and f.occurred_on >= ${since}::date
        order by f.occurred_on desc limit 200) x) as sheets,
      (select coalesce(json_agg(x), '[]') from (
        select distinct on (f.form) f.id, f.form, f.answers, f.occurred_on from form_record f
        where f.county_id = r.county_id and f.resident_id = r.id and f.form = any(${forms}::text[])
          and f.superseded_by is null and f.status = 'complete'
        order by f.form, f.occurred_on desc, f.received_at desc) x) as last,
      ${checkupsOf(since)} as checkups,
      (select json_build_object('id', f.id, 'answers', f.answers) from form_record f
        where f.county_id = r.county_id and f.resident_id = r.id and f.form = 'tcm-constitution' and f.superseded_by is null and f.status = 'complete'
        order by f.occurred_on desc limit 1) as constitution,
      (select coalesce(json_agg(f.occurred_on), '[]') from form_record f
        where f.county_id = r.county_id and f.resident_id = r.id and f.form = 'referral-out'
          and f.superseded_by is null and f.status = 'complete' and f.occurred_on > ${addDays(input.today, -referralDays)}::date
          and not exists (select 1 from form_record b where b.county_id = f.county_id and b.resident_id = f.resident_id
            and b.form = 'referral-back' and b.superseded_by is null and b.status = 'complete' and b.occurred_on >= f.occurred_on)) as referrals,
      (select coalesce(json_agg((q.requested_at at time zone 'Asia/Shanghai')::date), '[]') from referral_request q
        where q.county_id = r.county_id and q.resident_id = r.id and q.status not in ('withdrawn','returned','taken-on')
          and (q.requested_at at time zone 'Asia/Shanghai')::date > ${addDays(input.today, -referralDays)}::date) as sent,
      (select coalesce(json_agg(distinct e.condition), '[]') from condition_episode e where e.county_id = r.county_id
        and e.resident_id = r.id and e.state in ('confirmed','enrolled')) as confirmed,
      (select coalesce(json_agg(x), '[]') from (
        select p.content->'medicines' as medicines, p.made_on as "on" from care_plan p
        where p.county_id = r.county_id and p.resident_id = r.id order by p.plan_version desc limit 1) x) as plan,
      ${centreExaminationsOf(since)} as examined,
      (select c.value from county_setting c where c.county_id = ${input.countyId} and c.key = 'critical-values') as critical_values
    from resident r where r.county_id = ${input.countyId} and r.id = any(${[...input.residentIds]}::uuid[])`.execute(
    tx,
  );
  return new Map(found.rows.map((row) => [row.id, toRecord(row, input.today)]));
}

function toRecord(row: Row, today: PlainDate): PatientRecord {
  const medicines = new Map<string, PatientRecord['medicines'][number]>();
  // The latest sheet has the last word, of whichever disease it is.
  const sheets = row.last.toSorted((a, b) => (a.occurred_on < b.occurred_on ? -1 : 1));
  for (const { answers } of sheets)
    for (const one of readMedicines(answers.drugs) ?? []) medicines.set(one.name, one);
  // A plan made at the centre since the last sheet says what the person takes now.
  const [plan] = row.plan;
  if (plan && !row.last.some((one) => one.occurred_on > plan.on)) {
    medicines.clear();
    for (const one of plan.medicines) medicines.set(one.name, plannedMedicine(one));
  }
  const habits = sheets.at(-1)?.answers ?? {};
  const minutes = exerciseOf(habits);
  const openReferrals = [...new Set([...row.referrals, ...row.sent])];
  return {
    birthDate: row.birth_date,
    ...(row.sex === '1' ? { sex: 'male' as const } : row.sex === '2' ? { sex: 'female' as const } : {}),
    conditions: [...new Set([...personalConditions(row.personal_information), ...row.confirmed])],
    programs: row.programs.map(({ program, diagnosedOn }) => {
      const day = dayOfDiagnosis(diagnosedOn);
      return { program, ...(day ? { diagnosedOn: day } : {}) };
    }),
    measurements: row.measurements,
    visits: row.sheets.flatMap(({ form, on, formClass }) => {
      const program = programOf[form];
      const code = Number(formClass);
      const known = code >= 1 && code <= 4 ? { formClass: code as 1 | 2 | 3 | 4 } : {};
      return program ? [{ program, on, ...known }] : [];
    }),
    medicines: [...medicines.values()],
    familyHistory: personalFamilyHistory(row.personal_information),
    ...(typeof habits.smokeNow === 'number' ? { smoker: habits.smokeNow > 0 } : {}),
    ...(typeof habits.adherence === 'string' ? { adherent: habits.adherence === '1' } : {}),
    ...(minutes === undefined ? {} : { exerciseMinutes: minutes }),
    examinations: examinationsHeeded(examinationsDone(row.checkups, row.examined), today),
    nextVisits: nextVisitsOf(row),
    ...(openReferrals.length > 0 ? { openReferrals } : {}),
    ...(row.critical_values ? { criticalValues: row.critical_values } : {}),
    ...(row.constitution ? { constitutions: recordedConstitutions(row.constitution.answers) } : {}),
  };
}

function plannedMedicine(one: CarePlanMedicine): PatientRecord['medicines'][number] {
  const isKnown =
    one.dosePerTime !== undefined && one.timesPerDay !== undefined && (one.doseUnit ?? 'mg') === 'mg';
  return {
    name: one.name,
    ...(isKnown ? { dailyDose: (one.dosePerTime ?? 0) * (one.timesPerDay ?? 0) } : {}),
  };
}

function nextVisitsOf({ last }: Row): NonNullable<PatientRecord['nextVisits']> {
  return Object.fromEntries(
    last.flatMap(({ form, answers }) => {
      const program = programOf[form];
      const day =
        typeof answers.nextVisitDate === 'string' ? parsePlainDate(answers.nextVisitDate) : undefined;
      return program && day ? [[program, day]] : [];
    }),
  );
}
