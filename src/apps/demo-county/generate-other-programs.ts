import { followUpPrograms } from '#capabilities/follow-up/domain/follow-up-programs.ts';
import { rankTask } from '#capabilities/follow-up/domain/follow-up-task.ts';
import { measurementsOf } from '#capabilities/follow-up/domain/measurements-of.ts';
import { planFollowUpTask } from '#capabilities/follow-up/domain/plan-follow-up-task.ts';
import { verdictsOf } from '#capabilities/follow-up/domain/verdicts-of.ts';
import type { FollowUpClass } from '#clinical/follow-up/follow-up-class.ts';
import { bodyMassIndex } from '#kernel/form-compute.ts';
import { addDays, addMonths, daysBetween, laterOf, type PlainDate } from '#kernel/plain-date.ts';
import type { DemoEnrollment, DemoSheet, DemoTask, DoctorHabits } from './demo-care.ts';
import type { DemoResident } from './generate-resident.ts';
import type { PlannedVillage } from './plan-organizations.ts';
import type { IdMaker, Random } from './random.ts';

interface Subject {
  readonly random: Random;
  readonly ids: IdMaker;
  readonly person: DemoResident;
  readonly village: PlannedVillage;
  readonly doctor: DoctorHabits;
  readonly enrollment: DemoEnrollment;
  readonly today: PlainDate;
  /** The person's hypertension sheets, whose days and habits a merged visit shares. */
  readonly hypertensionSheets: readonly DemoSheet[];
}

/** Adds what a programme's sheet asks beyond the common part. */
type AddAnswers = (on: PlainDate, answers: Record<string, unknown>) => void;

type OtherProgram = 'type-2-diabetes' | 'copd';

const glucoseMedicines = [
  ['盐酸二甲双胍片', 2, 500],
  ['格列美脲片', 1, 2],
  ['阿卡波糖片', 3, 50],
  ['磷酸西格列汀片', 1, 100],
] as const;
const inhaled = [
  ['噻托溴铵粉吸入剂', 1, 18, 'μg'],
  ['布地奈德福莫特罗粉吸入剂', 2, 1, '吸'],
  ['沙丁胺醇气雾剂', 3, 2, '揿'],
] as const;

/** Two years of diabetes or COPD visits, on the days of the hypertension visits where there are any. */
export function writeOtherProgram(
  program: OtherProgram,
  subject: Subject,
): { sheets: DemoSheet[]; task: DemoTask | null } {
  const { ids, enrollment, today, doctor, person } = subject;
  const own = program === 'copd' ? copdTraits(subject) : diabetesTraits(subject);
  const sheets: DemoSheet[] = [];
  let classes: FollowUpClass[] = [];
  let task: DemoTask | null = null;
  for (const on of visitDays(subject)) {
    const answers = commonAnswers(subject, on);
    own(on, answers);
    answers.doctorSign = doctor.name;
    const { edition, evaluate } = followUpPrograms[program];
    const evaluation = evaluate(
      edition,
      answers,
      {
        birthDate: person.birthDate,
        previousClasses: classes,
        lastAnswers: sheets.at(-1)?.answers,
      },
      today,
    );
    const { classification, plan } = evaluation;
    if (classification.kind === 'undecided' || plan.kind === 'undecided')
      throw new Error('a complete sheet is decided');
    const { formClass, refer } = classification.value;
    answers.visitClass = String(formClass);
    answers.nextVisitDate = plan.value.proposedOn;
    if (refer) {
      answers.referralReason = formClass === 4 ? '急性加重' : '连续控制不满意';
      answers.referralOrgDept = `全程县人民医院 ${program === 'copd' ? '呼吸' : '内分泌'}科`;
    }
    classes = [formClass, ...classes].slice(0, 4);
    const id = ids.next();
    sheets.push({
      id,
      form: edition.form as DemoSheet['form'],
      edition: edition.edition,
      on,
      receivedOn: on,
      mode: 'clinic',
      answers,
      measurements: measurementsOf(answers, on),
      verdicts: verdictsOf(evaluation),
      supersedesId: null,
      supersededBy: null,
      correctionReason: null,
    });
    const reason = [...classification.reasons, ...plan.reasons].map((one) => one.text).join('');
    const next = planFollowUpTask(plan.value, plan.value.proposedOn, reason.slice(0, 500));
    task = { enrollmentId: enrollment.id, program, rank: rankTask(next.kind), ...next, openedBy: id };
  }
  if (enrollment.closedOn !== null) return { sheets, task: null };
  const first: DemoTask = {
    enrollmentId: enrollment.id,
    program,
    kind: 'routine',
    rank: rankTask('routine'),
    dueOn: enrollment.enrolledOn,
    latestOn: addDays(enrollment.enrolledOn, 14),
    reason: '新纳入管理，需完成首次随访。',
    openedBy: null,
  };
  return { sheets, task: task ?? first };
}

function visitDays({ random, village, enrollment, today, hypertensionSheets }: Subject): PlainDate[] {
  const from = laterOf(enrollment.enrolledOn, addMonths(today, -24));
  const until = enrollment.closedOn ?? addDays(today, -1);
  const shared = hypertensionSheets
    .filter((sheet) => sheet.form === 'hypertension-follow-up' && sheet.supersededBy === null)
    .map((sheet) => sheet.on);
  const days: PlainDate[] = [];
  const farEnough = (on: PlainDate) => {
    const last = days.at(-1);
    return on >= from && on <= until && (last === undefined || daysBetween(last, on) >= 60);
  };
  if (shared.length > 0) {
    for (const on of shared) if (farEnough(on)) days.push(on);
    return days;
  }
  for (let on = addDays(from, random.integer(0, 60)); on <= until; on = addDays(on, random.integer(80, 105)))
    if (random.chance(village.diligence) && farEnough(on)) days.push(on);
  return days;
}

function commonAnswers(
  { random, person, hypertensionSheets }: Subject,
  on: PlainDate,
): Record<string, unknown> {
  const same = hypertensionSheets.find((sheet) => sheet.on === on && sheet.supersededBy === null)?.answers;
  const height = (same?.height as number | undefined) ?? (person.sex === '1' ? 166 : 155);
  const weight = (same?.weight as number | undefined) ?? Math.round(24.2 * (height / 100) ** 2);
  const pick = (id: string, usual: unknown) => same?.[id] ?? usual;
  return {
    visitDate: on,
    visitMethod: pick('visitMethod', '1') === '3' ? '1' : pick('visitMethod', '1'),
    symptoms: ['1'],
    sbp: pick('sbp', Math.round(random.normal(128, 9))),
    dbp: pick('dbp', Math.round(random.normal(77, 6))),
    bpSource: '1',
    height,
    weight,
    bmi: bodyMassIndex(weight, height),
    heartRate: pick('heartRate', Math.round(random.normal(75, 6))),
    smokeNow: pick('smokeNow', 0),
    smokeTarget: pick('smokeTarget', 0),
    exTimesNow: pick('exTimesNow', 5),
    exMinNow: pick('exMinNow', 30),
    exTimesTarget: 5,
    exMinTarget: 30,
    psychology: pick('psychology', '1'),
    compliance: pick('compliance', '1'),
    adr: '1',
    adherence: random.chance(0.82) ? '1' : '2',
  };
}

function diabetesTraits({ random, hypertensionSheets }: Subject): AddAnswers {
  const base = Math.max(5.4, random.normal(7.3, 1.3));
  const [drugName, timesPerDay, dosePerTime] = random.pick(glucoseMedicines);
  const drugs = [{ drugName, timesPerDay, dosePerTime, doseUnit: 'mg' }];
  const insulin = random.chance(0.08);
  const drinks = hypertensionSheets.at(-1)?.answers.alcoholNow ?? 0;
  const staple = random.pick([250, 300, 300, 350, 400]);
  return (on, answers) => {
    const fpg = Math.round(Math.min(22, Math.max(3.6, base + random.normal(0, 0.9))) * 10) / 10;
    answers.alcoholNow = drinks;
    answers.alcoholTarget = 0;
    answers.stapleNow = staple;
    answers.stapleTarget = Math.min(staple, 250);
    answers.fpg = fpg;
    if (random.chance(0.35)) {
      answers.hba1c = Math.round((fpg * 0.62 + 2.6) * 10) / 10;
      answers.hba1cDate = on;
    }
    answers.dorsalisPedis = random.chance(0.93) ? '1' : '2';
    if (answers.dorsalisPedis === '2') answers.dorsalisPedisSide = '1';
    answers.glucoseSource = random.chance(0.6) ? '2' : '1';
    answers.hypoglycemia = random.chance(0.04) ? '2' : '1';
    answers.complication = random.chance(0.005) ? '2' : '1';
    if (answers.complication === '2') answers.complicationText = '微量白蛋白尿';
    answers.drugs = drugs;
    if (insulin) answers.insulin = [{ kind: '甘精胰岛素', usage: '睡前皮下注射 12 单位' }];
  };
}

function copdTraits({ random }: Subject): AddAnswers {
  const saturation = random.normal(95, 1.2);
  const burden = random.integer(4, 22);
  const [drugName, timesPerDay, dosePerTime, doseUnit] = random.pick(inhaled);
  const drugs = [{ drugName, timesPerDay, dosePerTime, doseUnit }];
  const cat = Array.from({ length: 8 }, (_, i) =>
    Math.min(5, Math.max(0, Math.round(burden / 8 + (i % 3) - 1))),
  );
  return (on, answers) => {
    answers.cyanosis = '1';
    answers.edema = '1';
    answers.respRate = random.integer(16, 22);
    answers.comorbidities = ['1'];
    answers.vaccinated = random.chance(0.3) ? '2' : '1';
    answers.spo2 = Math.round(Math.min(99, Math.max(90, saturation + random.normal(0, 1))));
    answers.mmrc = String(Math.min(4, Math.floor(burden / 6)));
    for (const [i, value] of cat.entries()) answers[`cat${i + 1}`] = value;
    answers.cat = cat.reduce((sum, value) => sum + value, 0);
    answers.drugs = drugs;
    if (answers.vaccinated === '2') answers.vaccines = ['1'];
    if (on.slice(5, 7) === '05') {
      answers.fvc = 2.8;
      answers.fev1 = Math.round((1.2 + random.next() * 0.7) * 100) / 100;
      answers.fev1FvcRatio = Math.round((Number(answers.fev1) / 2.8) * 1000) / 10;
    }
  };
}
