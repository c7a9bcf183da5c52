import type { Program } from '#capabilities/residents/domain/program.ts';
import { addDays, addMonths, datePartsOf, type PlainDate } from '#kernel/plain-date.ts';
import type { DemoCare, DemoEnrollment, DoctorHabits } from './demo-care.ts';
import { writeOtherProgram } from './generate-other-programs.ts';
import type { DemoResident } from './generate-resident.ts';
import type { PlannedVillage } from './plan-organizations.ts';
import { PressureHistory } from './pressure-history.ts';
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
  const drawn: DemoEnrollment[] = [];
  const closing = drawClosing(random, today);
  for (const [program, has] of [
    ['hypertension', hypertension],
    ['type-2-diabetes', diabetes],
    ['copd', copd],
  ] as const) {
    if (has) drawn.push(drawEnrollment(random, ids, person, program, closing, today));
  }
  const { enrollments, residentStatus } = withoutThoseGone(drawn, closing);
  const main = enrollments.find((enrollment) => enrollment.program === 'hypertension');
  const history = main
    ? new PressureHistory({ random, ids, person, village, doctor, enrollment: main, today })
    : undefined;
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

interface Closing {
  readonly on: PlainDate;
  readonly reason: 'dead' | 'moved' | 'lost' | 'refused';
}

/** Who died or moved is enrolled in nothing afterwards, and their record is closed as well. */
function withoutThoseGone(
  drawn: readonly DemoEnrollment[],
  closing: Closing | null,
): Pick<DemoCare, 'enrollments' | 'residentStatus'> {
  const closed = drawn.filter((enrollment) => enrollment.closedOn !== null);
  if (!closing || closed.length === 0) return { enrollments: drawn, residentStatus: null };
  const { reason, on } = closing;
  return reason === 'dead' || reason === 'moved'
    ? { enrollments: closed, residentStatus: { status: reason, on } }
    : { enrollments: drawn, residentStatus: null };
}

function drawClosing(random: Random, today: PlainDate): Closing | null {
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
  closing: Closing | null,
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
