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
import type { FollowUpClass } from '#clinical/follow-up/follow-up-class.ts';
import { bodyMassIndex } from '#kernel/form-compute.ts';
import {
  addDays,
  addMonths,
  datePartsOf,
  earlierOf,
  laterOf,
  type PlainDate,
  plainDate,
} from '#kernel/plain-date.ts';
import { hypertensionFollowUp2017 } from '#standards/forms/hypertension-follow-up/2017.ts';
import type { DemoSheet, DemoTask } from './demo-care.ts';
import { type CareSubject, PressureTraits } from './pressure-traits.ts';

type Evaluation = ReturnType<typeof evaluateHypertensionFollowUp>;

/** One person's 24 months of pressure, visits and checkups. */
export class PressureHistory {
  readonly #subject: CareSubject;
  readonly #traits: PressureTraits;
  readonly #from: PlainDate;
  readonly #until: PlainDate;
  #classes: FollowUpClass[] = [];
  readonly #sheets: DemoSheet[] = [];
  readonly #visits: CountedVisit[] = [];
  readonly #checkups: PlainDate[] = [];
  #nextDue: ReturnType<typeof planFollowUpTask> | null = null;

  constructor(subject: CareSubject) {
    const { enrollment, today } = subject;
    this.#subject = subject;
    this.#from = laterOf(enrollment.enrolledOn, addMonths(today, -24));
    // The day itself belongs to whoever tries the product.
    this.#until = enrollment.closedOn ?? addDays(today, -1);
    this.#traits = new PressureTraits(subject);
  }

  write(): DemoSheet[] {
    const { random, enrollment, village } = this.#subject;
    const isNew = this.#from === enrollment.enrolledOn;
    let due = addDays(this.#from, isNew ? random.integer(0, 10) : random.integer(0, 88));
    while (due <= this.#until) {
      const made = random.chance(village.diligence);
      const on = addDays(due, random.chance(0.75) ? -random.integer(0, 6) : random.integer(0, 18));
      if (!made || on < this.#from || on > this.#until) {
        due = addDays(due, made ? 12 : 45);
        continue;
      }
      const isControlled = this.#visit(on) === 1;
      const rechecked = !isControlled && random.chance(0.85 * village.diligence);
      due = addDays(on, rechecked ? 14 : 88);
    }
    this.#writeCheckups();
    return this.#sheets;
  }

  #visit(on: PlainDate): FollowUpClass {
    const { random, person, today } = this.#subject;
    const telephone = random.chance(0.06);
    const reading = this.#traits.drawReading(on);
    const draft = this.#draft(on, telephone, reading);
    const subject = { birthDate: person.birthDate, previousClasses: this.#classes };
    const evaluation = evaluateHypertensionFollowUp(hypertensionFollowUp2017, draft, subject, today);
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
    if (formClass === 2) this.#traits.maybeAddMedicine();
    this.#classes = [formClass, ...this.#classes].slice(0, 4);
    const mode = telephone ? 'telephone' : draft.visitMethod === '1' ? 'clinic' : 'home';
    const sheet = this.#file('hypertension-follow-up', on, draft, mode, evaluation);
    this.#visits.push(countedVisit(on, telephone, reading, evaluation));
    const reasons = [...classification.reasons, ...plan.reasons].map((reason) => reason.text).join('');
    this.#nextDue = planFollowUpTask(plan.value, plan.value.proposedOn, reasons);
    if (random.chance(0.006)) this.#plantWrongEntry(sheet);
    return formClass;
  }

  /** What the doctor wrote down that day, before the rules speak. */
  #draft(on: PlainDate, telephone: boolean, reading: { sbp: number; dbp: number }): Record<string, unknown> {
    const { random, doctor } = this.#subject;
    const { height, weight, heartRate, habits, takesMedicine } = this.#traits;
    const adverse = takesMedicine && random.chance(0.02);
    const symptomatic = random.chance(0.12);
    const bmi = bodyMassIndex(weight, height);
    // All named here: an object put together from others is slow to read, and rules read it often.
    const draft: Record<string, unknown> = {
      visitDate: on,
      visitMethod: telephone ? '3' : random.chance(0.7) ? '1' : '2',
      symptoms: symptomatic ? [random.pick(['2', '4', '6', '8'])] : ['1'],
      bpSource: telephone ? '2' : '1',
      height,
      weight,
      bmi,
      heartRate: Math.round(heartRate + random.normal(0, 4)),
      sbp: reading.sbp,
      dbp: reading.dbp,
      smokeNow: habits.smokeNow,
      smokeTarget: habits.smokeTarget,
      alcoholNow: habits.alcoholNow,
      alcoholTarget: habits.alcoholTarget,
      exTimesNow: habits.exTimesNow,
      exMinNow: habits.exMinNow,
      exTimesTarget: habits.exTimesTarget,
      exMinTarget: habits.exMinTarget,
      saltNow: habits.saltNow,
      saltTarget: habits.saltTarget,
      psychology: habits.psychology,
      compliance: random.pick(['1', '1', '2']),
      adr: adverse ? '2' : '1',
      complication: '1',
      doctorSign: doctor.name,
    };
    if (bmi >= 24) draft.weightTarget = Math.round(weight - 2);
    if (adverse) draft.adrText = random.pick(['踝部水肿', '干咳', '面部潮红']);
    if (random.chance(0.006)) draft.complication = '2';
    if (takesMedicine) {
      draft.adherence = random.chance(0.8) ? '1' : '2';
      draft.drugs = this.#traits.medicineRows();
    } else draft.noDrugTherapy = true;
    if (draft.complication === '2')
      draft.complicationText = random.pick(['短暂性脑缺血发作', '劳力性胸痛', '微量白蛋白尿']);
    return draft;
  }

  /** A slip of the pen found later: the wrong sheet stays, superseded by the right one. */
  #plantWrongEntry(right: DemoSheet): void {
    const wrong: DemoSheet = {
      ...right,
      id: this.#subject.ids.next(),
      answers: { ...right.answers, sbp: Number(right.answers.dbp) + 21, heartRate: 27 },
      supersededBy: right.id,
    };
    const index = this.#sheets.indexOf(right);
    const correctionReason = '血压录入有误，核对纸质记录后更正';
    this.#sheets[index] = { ...right, supersedesId: wrong.id, correctionReason };
    this.#sheets.splice(index, 0, wrong);
  }

  #file(
    form: DemoSheet['form'],
    on: PlainDate,
    answers: Record<string, unknown>,
    mode: DemoSheet['mode'],
    evaluation?: Evaluation,
  ): DemoSheet {
    const { random, ids, today } = this.#subject;
    const late = random.chance(0.15) ? random.integer(1, 9) : 0;
    const sheet: DemoSheet = {
      id: ids.next(),
      form,
      edition: '2017',
      on,
      receivedOn: earlierOf(addDays(on, late), addDays(today, -1)),
      mode,
      answers,
      measurements: evaluation ? measurementsOf(answers, on) : [],
      verdicts: evaluation ? verdictsOf(evaluation) : [],
      supersedesId: null,
      supersededBy: null,
      correctionReason: null,
    };
    this.#sheets.push(sheet);
    return sheet;
  }

  #writeCheckups(): void {
    const { random, today, village, doctor, enrollment } = this.#subject;
    const { year } = datePartsOf(today);
    for (const y of [year - 2, year - 1, year]) {
      if (!random.chance(village.diligence * 0.97)) continue;
      const month = random.pick(['03', '04', '05', '05', '06', '09', '10']);
      const dayOfMonth = random.integer(1, 28);
      const on = plainDate(`${y}-${month}-${String(dayOfMonth).padStart(2, '0')}`);
      if (on < enrollment.enrolledOn || on > this.#until || on > today) continue;
      const { height, weight, heartRate } = this.#traits;
      const reading = this.#traits.drawReading(on);
      const answers = {
        checkDate: on,
        symptoms: ['1'],
        pulse: Math.round(heartRate),
        bpLeftSbp: reading.sbp,
        bpLeftDbp: reading.dbp,
        height,
        weight,
        bmi: bodyMassIndex(weight, height),
        // The cart that traces hearts comes for the second half of the month.
        ...(dayOfMonth > 14 ? { ecg: '1' } : {}),
        responsibleDoctor: doctor.name,
      };
      this.#file('annual-checkup', on, answers, 'clinic');
      this.#checkups.push(on);
    }
  }

  /** The one task that stands open for this person: what the last visit planned, or the first visit. */
  openTask(): DemoTask {
    const { id: enrollmentId, enrolledOn } = this.#subject.enrollment;
    const own = { enrollmentId, program: 'hypertension' } as const;
    if (!this.#nextDue) {
      const reason = '新纳入管理，需完成首次随访。';
      const latestOn = addDays(enrolledOn, 14);
      const rank = rankTask('routine');
      return { ...own, kind: 'routine', rank, dueOn: enrolledOn, latestOn, reason, openedBy: null };
    }
    const { kind, dueOn, latestOn, reason } = this.#nextDue;
    const opener = this.#sheets.findLast(
      (sheet) => sheet.form === 'hypertension-follow-up' && sheet.supersededBy === null,
    );
    return { ...own, kind, rank: rankTask(kind), dueOn, latestOn, reason, openedBy: opener?.id ?? null };
  }

  judgeYear(year: number): ManagementYear {
    const { enrolledOn, closedOn, closeReason } = this.#subject.enrollment;
    return judgeManagementYear({
      year,
      asOf: this.#subject.today,
      enrolledOn,
      closedOn,
      closeReason,
      visits: this.#visits.filter((visit) => datePartsOf(visit.on).year === year),
      checkups: this.#checkups,
    });
  }
}

function countedVisit(
  on: PlainDate,
  telephone: boolean,
  reading: { sbp: number; dbp: number },
  { statutory, clinical }: Evaluation,
): CountedVisit {
  return {
    on,
    faceToFace: !telephone,
    complete: true,
    sbp: reading.sbp,
    dbp: reading.dbp,
    controlledStatutory: statutory.kind === 'decided' ? statutory.value === 'controlled' : null,
    controlledClinical: clinical.kind === 'decided' ? clinical.value === 'controlled' : null,
  };
}
