import { addMonths, datePartsOf, daysBetween, type PlainDate } from '#kernel/plain-date.ts';
import type { DemoEnrollment, DoctorHabits } from './demo-care.ts';
import type { DemoResident } from './generate-resident.ts';
import type { PlannedVillage } from './plan-organizations.ts';
import type { IdMaker, Random } from './random.ts';

/** Whose care is made up, by whom, and on which day. */
export interface CareSubject {
  readonly random: Random;
  readonly ids: IdMaker;
  readonly person: DemoResident;
  readonly village: PlannedVillage;
  readonly doctor: DoctorHabits;
  readonly enrollment: DemoEnrollment;
  readonly today: PlainDate;
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

/** What stays with a person from visit to visit: pressure, build, habits, medicines. */
export class PressureTraits {
  readonly height: number;
  readonly weight: number;
  readonly heartRate: number;
  readonly habits: ReturnType<typeof drawHabits>;
  readonly #subject: CareSubject;
  readonly #sbp: number;
  readonly #dbp: number;
  #medicines: readonly (typeof medicines)[number][];

  constructor(subject: CareSubject) {
    const { random, person } = subject;
    this.#subject = subject;
    const elder = person.ageYears >= 65;
    const height = person.sex === '1' ? random.normal(166, 6) : random.normal(155, 6);
    this.#sbp = random.normal(elder ? 146 : 142, 11);
    this.#dbp = random.normal(elder ? 82 : 87, 7);
    this.height = Math.round(height);
    this.weight = Math.round(random.normal(24.6, 3) * (height / 100) ** 2 * 10) / 10;
    this.heartRate = random.normal(75, 8);
    this.habits = drawHabits(random, person);
    this.#medicines = random.chance(0.88) ? [random.pick(medicines)] : [];
  }

  get takesMedicine(): boolean {
    return this.#medicines.length > 0;
  }

  /** The rows of the sheet's medicine table. */
  medicineRows() {
    return this.#medicines.map(([drugName, timesPerDay, dosePerTime]) => ({
      drugName,
      timesPerDay,
      dosePerTime,
      doseUnit: 'mg',
    }));
  }

  /** After an uncontrolled visit the doctor often adds a medicine. */
  maybeAddMedicine(): void {
    const { random } = this.#subject;
    if (this.#medicines.length >= 3 || !random.chance(0.45)) return;
    const more = random.pick(medicines);
    if (!this.#medicines.includes(more)) this.#medicines = [...this.#medicines, more];
  }

  /** A reading of that day: own level, treatment, season, chance, and the doctor's way of writing it down. */
  drawReading(on: PlainDate): { sbp: number; dbp: number } {
    const { random, today, village } = this.#subject;
    const progress = daysBetween(addMonths(today, -24), on) / 730;
    const { month } = datePartsOf(on);
    const winter = month >= 11 || month <= 2 ? 3 : month >= 6 && month <= 8 ? -3 : 0;
    const treated = this.#medicines.length * 1.5 + village.effect * Math.max(0, Math.min(1, progress));
    const sbp = this.#sbp - treated + winter + random.normal(0, 7);
    const dbp = this.#dbp - treated * 0.5 + winter * 0.5 + random.normal(0, 5);
    const low = Math.min(Math.max(this.#note(sbp), 92), 230);
    return { sbp: low, dbp: Math.min(Math.max(this.#note(dbp), 52), low - 20) };
  }

  /** The number as written: to the nearest ten when in a hurry, else to the even millimetre of the scale. */
  #note(value: number): number {
    const { random, doctor } = this.#subject;
    return random.chance(doctor.rounding) ? Math.round(value / 10) * 10 : Math.round(value / 2) * 2;
  }
}

function drawHabits(random: Random, person: DemoResident) {
  const smokes = person.sex === '1' && random.chance(0.42);
  const drinks = person.sex === '1' && random.chance(0.35);
  const smoke = smokes ? random.pick([5, 10, 10, 20, 20]) : 0;
  const alcohol = drinks ? random.pick([1, 1, 2, 2, 3]) : 0;
  const exercises = random.chance(0.6);
  const salt = random.pick(['1', '2', '2', '2', '3']);
  return {
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
}
