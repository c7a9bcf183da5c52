import { evaluateHypertensionFollowUp } from '#capabilities/follow-up/domain/evaluate-hypertension-follow-up.ts';
import { rankTask } from '#capabilities/follow-up/domain/follow-up-task.ts';
import { measurementsOf } from '#capabilities/follow-up/domain/measurements-of.ts';
import { planFollowUpTask } from '#capabilities/follow-up/domain/plan-follow-up-task.ts';
import { verdictsOf } from '#capabilities/follow-up/domain/verdicts-of.ts';
import {
  type CountedVisit,
  judgeManagementYear,
  type ManagementYear,
} from '#capabilities/indicators/domain/judge-management-year.ts';
import type { Program } from '#capabilities/residents/domain/program.ts';
import type { FollowUpClass } from '#clinical/follow-up/follow-up-class.ts';
import { bodyMassIndex } from '#kernel/form-compute.ts';
import {
  addDays,
  addMonths,
  datePartsOf,
  daysBetween,
  earlierOf,
  laterOf,
  type PlainDate,
  plainDate,
} from '#kernel/plain-date.ts';
import type { DemoCare, DemoEnrollment, DemoSheet, DemoTask, DoctorHabits } from './demo-care.ts';
import { writeOtherProgram } from './generate-other-programs.ts';
import type { DemoResident } from './generate-resident.ts';
import type { PlannedVillage } from './plan-organizations.ts';
import type { IdMaker, Random } from './random.ts';

/** Managed share by age, rising as surveys find it; about eight in a hundred of all residents. */
export function managedShare(ageYears: number): number {
  if (ageYears < 35) return 0;
  if (ageYears < 45) return 0.03;
  if (ageYears < 55) return 0.09;
  if (ageYears < 65) return 0.17;
  if (ageYears < 75) return 0.29;
  return 0.34;
}

const medicines = [
  ['苯磺酸氨氯地平片', 1, 5],
  ['硝苯地平控释片', 1, 30],
  ['缬沙坦胶囊', 1, 80],
  ['厄贝沙坦片', 1, 150],
  ['马来酸依那普利片', 2, 10],
  ['氢氯噻嗪片', 1, 12.5],
  ['酒石酸美托洛尔片', 2, 25],
  ['吲达帕胺缓释片', 1, 1.5],
] as const;

/** The care of a person under management over the last 24 months, by the product's own rules; null for the others. */
export function generateCare(
  random: Random,
  ids: IdMaker,
  person: DemoResident,
  village: PlannedVillage,
  doctor: DoctorHabits,
  today: PlainDate,
): DemoCare | null {
  const hypertension = random.chance(managedShare(person.ageYears));
  const diabetes = random.chance(person.ageYears < 35 ? 0 : hypertension ? 0.2 : 0.017);
  const copd = random.chance(person.ageYears < 45 ? 0 : 0.006);
  if (!hypertension && !diabetes && !copd) return null;
  const enrollments: DemoEnrollment[] = [];
  const closing = drawClosing(random, today);
  for (const [program, has] of [
    ['hypertension', hypertension],
    ['type-2-diabetes', diabetes],
    ['copd', copd],
  ] as const) {
    if (has) enrollments.push(drawEnrollment(random, ids, person, program, closing, today));
  }
  const main = enrollments[0];
  const residentStatus =
    closing && main?.closedOn && (closing.reason === 'dead' || closing.reason === 'moved')
      ? { status: closing.reason, on: main.closedOn }
      : null;
  const history =
    hypertension && main ? new PressureHistory(random, ids, person, village, doctor, main, today) : undefined;
  const sheets = history?.write() ?? [];
  const own = history && main?.closedOn === null ? history.openTask() : null;
  const others = enrollments.flatMap((enrollment) => {
    const { program } = enrollment;
    if (program === 'hypertension') return [];
    const subject = { random, ids, person, village, doctor, enrollment, today, hypertensionSheets: sheets };
    return [writeOtherProgram(program, subject)];
  });
  const { year } = datePartsOf(today);
  return {
    enrollments,
    sheets: [...sheets, ...others.flatMap((other) => other.sheets)],
    tasks: [own, ...others.map((other) => other.task)].filter((task) => task !== null),
    years:
      history && main
        ? [year - 1, year].map((y) => ({ year: y, enrollmentId: main.id, judged: history.judgeYear(y) }))
        : [],
    residentStatus,
  };
}

function drawClosing(
  random: Random,
  today: PlainDate,
): { on: PlainDate; reason: 'dead' | 'moved' | 'lost' | 'refused' } | null {
  const u = random.next();
  if (u > 0.075) return null;
  const reason = u < 0.03 ? 'dead' : u < 0.055 ? 'moved' : u < 0.068 ? 'lost' : 'refused';
  return { on: addDays(today, -random.integer(5, 700)), reason };
}

function drawEnrollment(
  random: Random,
  ids: IdMaker,
  person: DemoResident,
  program: Program,
  closing: { on: PlainDate; reason: 'dead' | 'moved' | 'lost' | 'refused' } | null,
  today: PlainDate,
): DemoEnrollment {
  const earliest = addMonths(person.birthDate, 35 * 12);
  const before = random.chance(0.82) ? random.integer(740, 3600) : random.integer(3, 730);
  const drawn = addDays(today, -before);
  const enrolledOn = drawn < earliest ? (earliest > today ? today : earliest) : drawn;
  const closedOn = closing && closing.on > addDays(enrolledOn, 30) ? closing.on : null;
  const diagnosed = addDays(enrolledOn, -random.integer(0, 1500));
  return {
    id: ids.next(),
    program,
    enrolledOn,
    diagnosedOn: random.chance(0.3) ? diagnosed.slice(0, 4) : diagnosed.slice(0, 7),
    closedOn,
    closeReason: closedOn && closing ? closing.reason : null,
  };
}

/** One person's 24 months of pressure, visits and checkups. */
class PressureHistory {
  readonly #random: Random;
  readonly #ids: IdMaker;
  readonly #person: DemoResident;
  readonly #village: PlannedVillage;
  readonly #doctor: DoctorHabits;
  readonly #enrollment: DemoEnrollment;
  readonly #today: PlainDate;
  readonly #from: PlainDate;
  readonly #until: PlainDate;
  readonly #base: { sbp: number; dbp: number; weight: number; height: number; heartRate: number };
  readonly #habits: Readonly<Record<string, unknown>>;
  #medicines: readonly (typeof medicines)[number][];
  #classes: FollowUpClass[] = [];
  readonly #sheets: DemoSheet[] = [];
  readonly #visits: CountedVisit[] = [];
  readonly #checkups: PlainDate[] = [];
  #nextDue: { on: PlainDate; task: ReturnType<typeof planFollowUpTask> } | null = null;

  constructor(
    random: Random,
    ids: IdMaker,
    person: DemoResident,
    village: PlannedVillage,
    doctor: DoctorHabits,
    enrollment: DemoEnrollment,
    today: PlainDate,
  ) {
    this.#random = random;
    this.#ids = ids;
    this.#person = person;
    this.#village = village;
    this.#doctor = doctor;
    this.#enrollment = enrollment;
    this.#today = today;
    const windowStart = addMonths(today, -24);
    this.#from = laterOf(enrollment.enrolledOn, windowStart);
    // The day itself belongs to whoever tries the product.
    this.#until = enrollment.closedOn ?? addDays(today, -1);
    const elder = person.ageYears >= 65;
    const height = person.sex === '1' ? random.normal(166, 6) : random.normal(155, 6);
    this.#base = {
      sbp: random.normal(elder ? 146 : 142, 11),
      dbp: random.normal(elder ? 82 : 87, 7),
      height: Math.round(height),
      weight: Math.round(random.normal(24.6, 3) * (height / 100) ** 2 * 10) / 10,
      heartRate: random.normal(75, 8),
    };
    const smokes = person.sex === '1' && random.chance(0.42);
    const drinks = person.sex === '1' && random.chance(0.35);
    const smoke = smokes ? random.pick([5, 10, 10, 20, 20]) : 0;
    const alcohol = drinks ? random.pick([1, 1, 2, 2, 3]) : 0;
    const exercises = random.chance(0.6);
    const salt = random.pick(['1', '2', '2', '2', '3']);
    this.#habits = {
      smokeNow: smoke,
      smokeTarget: Math.floor(smoke / 2),
      alcoholNow: alcohol,
      alcoholTarget: alcohol > 1 ? alcohol - 1 : 0,
      exTimesNow: exercises ? random.pick([3, 5, 7]) : 0,
      exMinNow: exercises ? random.pick([20, 30, 30, 60]) : 0,
      exTimesTarget: 5,
      exMinTarget: 30,
      saltNow: salt,
      saltTarget: salt === '3' ? '2' : '1',
      psychology: random.pick(['1', '1', '1', '2']),
    };
    this.#medicines = random.chance(0.88) ? [random.pick(medicines)] : [];
  }

  write(): DemoSheet[] {
    const random = this.#random;
    let due = addDays(
      this.#from,
      this.#from === this.#enrollment.enrolledOn ? random.integer(0, 10) : random.integer(0, 88),
    );
    while (due <= this.#until) {
      const made = random.chance(this.#village.diligence);
      const on = addDays(due, random.chance(0.75) ? -random.integer(0, 6) : random.integer(0, 18));
      if (!made || on < this.#from || on > this.#until) {
        due = addDays(due, made ? 12 : 45);
        continue;
      }
      const sheet = this.#visit(on);
      const uncontrolled = sheet.answers.visitClass !== '1';
      const rechecked = uncontrolled && random.chance(0.85 * this.#village.diligence);
      due = addDays(on, rechecked ? 14 : 88);
    }
    this.#writeCheckups();
    return this.#sheets;
  }

  #visit(on: PlainDate): DemoSheet {
    const random = this.#random;
    const telephone = random.chance(0.06);
    const reading = this.#drawReading(on);
    const adverse = this.#medicines.length > 0 && random.chance(0.02);
    const symptomatic = random.chance(0.12);
    const draft: Record<string, unknown> = {
      visitDate: on,
      visitMethod: telephone ? '3' : random.chance(0.7) ? '1' : '2',
      symptoms: symptomatic ? [random.pick(['2', '4', '6', '8'])] : ['1'],
      bpSource: telephone ? '2' : '1',
      height: this.#base.height,
      weight: this.#base.weight,
      ...(bodyMassIndex(this.#base.weight, this.#base.height) >= 24
        ? { weightTarget: Math.round(this.#base.weight - 2) }
        : {}),
      bmi: bodyMassIndex(this.#base.weight, this.#base.height),
      heartRate: Math.round(this.#base.heartRate + random.normal(0, 4)),
      ...reading,
      ...this.#habits,
      compliance: random.pick(['1', '1', '2']),
      adr: adverse ? '2' : '1',
      ...(adverse ? { adrText: random.pick(['踝部水肿', '干咳', '面部潮红']) } : {}),
      complication: random.chance(0.006) ? '2' : '1',
      ...(this.#medicines.length > 0
        ? { adherence: random.chance(0.8) ? '1' : '2', drugs: this.#medicineRows() }
        : { noDrugTherapy: true }),
      doctorSign: this.#doctor.name,
    };
    if (draft.complication === '2')
      draft.complicationText = random.pick(['短暂性脑缺血发作', '劳力性胸痛', '微量白蛋白尿']);
    const evaluation = evaluateHypertensionFollowUp(
      draft,
      { birthDate: this.#person.birthDate, previousClasses: this.#classes },
      this.#today,
    );
    const { classification, plan } = evaluation;
    if (classification.kind === 'undecided' || plan.kind === 'undecided')
      throw new Error('a complete sheet is decided');
    const { formClass, refer } = classification.value;
    draft.visitClass = String(formClass);
    draft.nextVisitDate = plan.value.proposedOn;
    if (refer) {
      draft.referralReason = formClass === 4 ? '出现并发症' : '连续控制不满意';
      draft.referralOrgDept = '全程县人民医院 心血管内科';
    }
    if (formClass === 2 && this.#medicines.length < 3 && random.chance(0.45)) {
      const more = random.pick(medicines);
      if (!this.#medicines.includes(more)) this.#medicines = [...this.#medicines, more];
    }
    this.#classes = [formClass, ...this.#classes].slice(0, 4);
    const sheet = this.#file(
      'hypertension-follow-up',
      on,
      draft,
      telephone ? 'telephone' : draft.visitMethod === '1' ? 'clinic' : 'home',
      evaluation,
    );
    this.#visits.push({
      on,
      faceToFace: !telephone,
      complete: true,
      sbp: reading.sbp,
      dbp: reading.dbp,
      controlledStatutory:
        evaluation.statutory.kind === 'decided' ? evaluation.statutory.value === 'controlled' : null,
      controlledClinical:
        evaluation.clinical.kind === 'decided' ? evaluation.clinical.value === 'controlled' : null,
    });
    const reasons = [...classification.reasons, ...plan.reasons].map((reason) => reason.text).join('');
    this.#nextDue = { on, task: planFollowUpTask(plan.value, plan.value.proposedOn, reasons) };
    if (random.chance(0.006)) this.#plantWrongEntry(sheet);
    return sheet;
  }

  /** A slip of the pen found later: the wrong sheet stays, superseded by the right one. */
  #plantWrongEntry(right: DemoSheet): void {
    const wrong: DemoSheet = {
      ...right,
      id: this.#ids.next(),
      answers: { ...right.answers, sbp: Number(right.answers.dbp) + 21, heartRate: 27 },
      supersededBy: right.id,
    };
    const index = this.#sheets.indexOf(right);
    this.#sheets[index] = {
      ...right,
      supersedesId: wrong.id,
      correctionReason: '血压录入有误，核对纸质记录后更正',
    };
    this.#sheets.splice(index, 0, wrong);
  }

  #file(
    form: DemoSheet['form'],
    on: PlainDate,
    answers: Record<string, unknown>,
    mode: DemoSheet['mode'],
    evaluation?: Parameters<typeof verdictsOf>[0],
  ): DemoSheet {
    const late = this.#random.chance(0.15) ? this.#random.integer(1, 9) : 0;
    const receivedOn = addDays(on, late);
    const sheet: DemoSheet = {
      id: this.#ids.next(),
      form,
      edition: '2017',
      on,
      receivedOn: earlierOf(receivedOn, addDays(this.#today, -1)),
      mode,
      answers,
      measurements: evaluation ? measurementsOf(answers) : [],
      verdicts: evaluation ? verdictsOf(evaluation) : [],
      supersedesId: null,
      supersededBy: null,
      correctionReason: null,
    };
    this.#sheets.push(sheet);
    return sheet;
  }

  #drawReading(on: PlainDate): { sbp: number; dbp: number } {
    const random = this.#random;
    const progress = daysBetween(addMonths(this.#today, -24), on) / 730;
    const { month } = datePartsOf(on);
    const winter = month >= 11 || month <= 2 ? 3 : month >= 6 && month <= 8 ? -3 : 0;
    const treated = this.#medicines.length * 1.5 + this.#village.effect * Math.max(0, Math.min(1, progress));
    const sbp = this.#base.sbp - treated + winter + random.normal(0, 7);
    const dbp = this.#base.dbp - treated * 0.5 + winter * 0.5 + random.normal(0, 5);
    const low = Math.min(Math.max(this.#note(sbp), 92), 230);
    return { sbp: low, dbp: Math.min(Math.max(this.#note(dbp), 52), low - 20) };
  }

  /** The number as written: to the nearest ten when in a hurry, else to the even millimetre of the scale. */
  #note(value: number): number {
    return this.#random.chance(this.#doctor.rounding)
      ? Math.round(value / 10) * 10
      : Math.round(value / 2) * 2;
  }

  #medicineRows() {
    return this.#medicines.map(([drugName, timesPerDay, dosePerTime]) => ({
      drugName,
      timesPerDay,
      dosePerTime,
      doseUnit: 'mg',
    }));
  }

  #writeCheckups(): void {
    const random = this.#random;
    const { year } = datePartsOf(this.#today);
    for (const y of [year - 2, year - 1, year]) {
      if (!random.chance(this.#village.diligence * 0.97)) continue;
      const on = plainDate(
        `${y}-${random.pick(['03', '04', '05', '05', '06', '09', '10'])}-${String(random.integer(1, 28)).padStart(2, '0')}`,
      );
      if (on < this.#enrollment.enrolledOn || on > this.#until || on > this.#today) continue;
      const reading = this.#drawReading(on);
      const { height, weight } = this.#base;
      this.#file(
        'annual-checkup',
        on,
        {
          checkDate: on,
          symptoms: ['1'],
          pulse: Math.round(this.#base.heartRate),
          bpLeftSbp: reading.sbp,
          bpLeftDbp: reading.dbp,
          height,
          weight,
          bmi: bodyMassIndex(weight, height),
          responsibleDoctor: this.#doctor.name,
        },
        'clinic',
      );
      this.#checkups.push(on);
    }
  }

  openTask(): DemoTask {
    const due = this.#nextDue;
    const enrollmentId = this.#enrollment.id;
    if (!due) {
      const on = this.#enrollment.enrolledOn;
      const reason = '新纳入管理，需完成首次随访。';
      return {
        enrollmentId,
        program: 'hypertension',
        kind: 'routine',
        rank: rankTask('routine'),
        dueOn: on,
        latestOn: addDays(on, 14),
        reason,
        openedBy: null,
      };
    }
    const { kind, dueOn, latestOn, reason } = due.task;
    const opener = this.#sheets.findLast(
      (sheet) => sheet.form === 'hypertension-follow-up' && sheet.supersededBy === null,
    );
    return {
      enrollmentId,
      program: 'hypertension',
      kind,
      rank: rankTask(kind),
      dueOn,
      latestOn,
      reason,
      openedBy: opener?.id ?? null,
    };
  }

  judgeYear(year: number): ManagementYear {
    return judgeManagementYear({
      year,
      asOf: this.#today,
      enrolledOn: this.#enrollment.enrolledOn,
      closedOn: this.#enrollment.closedOn,
      closeReason: this.#enrollment.closeReason,
      visits: this.#visits.filter((visit) => datePartsOf(visit.on).year === year),
      checkups: this.#checkups,
    });
  }
}
