import { dayOfDiagnosis } from '#capabilities/assessment/domain/dated-diagnosis.ts';
import { examinationsHeeded, monthsOfRecord } from '#capabilities/assessment/domain/examinations-done.ts';
import { exerciseOf } from '#capabilities/assessment/domain/overlay-visit.ts';
import {
  personalConditions,
  personalFamilyHistory,
} from '#capabilities/assessment/domain/personal-conditions.ts';
import { programOfForm } from '#capabilities/follow-up/domain/follow-up-programs.ts';
import type { PatientRecord } from '#clinical/assess/patient-record.ts';
import { type Condition, conditionLabels } from '#clinical/conditions.ts';
import { addMonths, laterOf, type PlainDate } from '#kernel/plain-date.ts';
import { currentMedicines, medicineForEngine } from './current-medicines.ts';
import type { PersonDocument } from './person-document.ts';

/** A person's record for the engine from what the phone holds: two years of readings, the last sheets, who they are. */
export function phonePatientRecord(
  person: PersonDocument,
  today: PlainDate,
  /** The county's own, where it has said any. */
  criticalValues?: PatientRecord['criticalValues'],
): PatientRecord {
  const lastSheets = person.programs
    .flatMap(({ last }) => (last ? [last] : []))
    .toSorted((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0));
  const taken = currentMedicines(person);
  const habits = lastSheets[0]?.answers ?? {};
  const minutes = exerciseOf(habits);
  const since = addMonths(today, -monthsOfRecord);
  return {
    birthDate: person.birthDate,
    ...(person.sex === '1' ? { sex: 'male' as const } : person.sex === '2' ? { sex: 'female' as const } : {}),
    conditions: [...new Set([...personalConditions(person.information), ...confirmedOf(person)])],
    programs: person.programs.map(({ program, diagnosedOn }) => {
      const day = dayOfDiagnosis(diagnosedOn);
      return { program, ...(day ? { diagnosedOn: day } : {}) };
    }),
    measurements: Object.entries(person.series).flatMap(([kind, readings]) =>
      // A test reported lately may be as old as the server no longer looks back.
      readings.flatMap(([on, value, context]) => (on >= since ? [{ kind, value, on, context }] : [])),
    ),
    visits: person.visits.flatMap(({ form, on, formClass }) => {
      const program = programOfForm(form);
      return program ? [{ program, on, ...(formClass ? { formClass } : {}) }] : [];
    }),
    medicines: taken.medicines.map((one) => medicineForEngine(taken.from, one)),
    ...(criticalValues ? { criticalValues } : {}),
    familyHistory: personalFamilyHistory(person.information),
    ...(typeof habits.smokeNow === 'number' ? { smoker: habits.smokeNow > 0 } : {}),
    ...(typeof habits.adherence === 'string' ? { adherent: habits.adherence === '1' } : {}),
    ...(minutes === undefined ? {} : { exerciseMinutes: minutes }),
    ...(person.situations ? { safetyFlags: person.situations } : {}),
    examinations: examinationsOf(person, today),
  };
}

/**
 * The same with the last reading of each test, however long before the sheets the phone holds it was: what says when a
 * test is due, and is too old to speak of medicines.
 */
export function recordOfExaminations(person: PersonDocument, today: PlainDate): PatientRecord {
  const record = phonePatientRecord(person, today);
  const since = addMonths(today, -monthsOfRecord);
  const last = Object.entries(person.examined?.readings ?? {}).flatMap(([kind, [on, value]]) =>
    on >= since ? [{ kind, value, on }] : [],
  );
  return { ...record, measurements: [...record.measurements, ...last] };
}

/** The last checkup is known from the sheets too, where nothing else is. */
function examinationsOf({ examined, lastCheckupOn }: PersonDocument, today: PlainDate) {
  const done = examinationsHeeded(examined?.done ?? {}, today);
  if (lastCheckupOn === null) return done;
  return { ...done, checkup: done.checkup ? laterOf(done.checkup, lastCheckupOn) : lastCheckupOn };
}

/** Diseases confirmed and not yet managed; those managed stand in the programmes. */
const confirmedOf = ({ episodes }: PersonDocument) =>
  episodes.flatMap(({ condition, state }) =>
    (state === 'confirmed' || state === 'enrolled') && Object.hasOwn(conditionLabels, condition)
      ? [condition as Condition]
      : [],
  );
