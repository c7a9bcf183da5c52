import { dayOfDiagnosis } from '#capabilities/assessment/domain/dated-diagnosis.ts';
import { exerciseOf, readMedicines } from '#capabilities/assessment/domain/overlay-visit.ts';
import {
  personalConditions,
  personalFamilyHistory,
} from '#capabilities/assessment/domain/personal-conditions.ts';
import { programOfForm } from '#capabilities/follow-up/domain/follow-up-programs.ts';
import type { PatientRecord } from '#clinical/assess/patient-record.ts';
import type { PersonDocument } from './person-document.ts';

/** A person's record for the engine from what the phone holds: two years of readings, the last sheets, who they are. */
export function phonePatientRecord(person: PersonDocument): PatientRecord {
  const lastSheets = person.programs
    .flatMap(({ last }) => (last ? [last] : []))
    .toSorted((a, b) => b.on.localeCompare(a.on));
  const medicines = new Map<string, PatientRecord['medicines'][number]>();
  for (const { answers } of lastSheets)
    for (const one of readMedicines(answers.drugs) ?? []) medicines.set(one.name, one);
  const habits = lastSheets[0]?.answers ?? {};
  const minutes = exerciseOf(habits);
  return {
    birthDate: person.birthDate,
    ...(person.sex === '1' ? { sex: 'male' as const } : person.sex === '2' ? { sex: 'female' as const } : {}),
    conditions: personalConditions(person.information),
    programs: person.programs.map(({ program, diagnosedOn }) => {
      const day = dayOfDiagnosis(diagnosedOn);
      return { program, ...(day ? { diagnosedOn: day } : {}) };
    }),
    measurements: Object.entries(person.series).flatMap(([kind, readings]) =>
      readings.map(([on, value, context]) => ({ kind, value, on, context })),
    ),
    visits: person.visits.flatMap(({ form, on, formClass }) => {
      const program = programOfForm(form);
      return program ? [{ program, on, ...(formClass ? { formClass } : {}) }] : [];
    }),
    medicines: [...medicines.values()],
    familyHistory: personalFamilyHistory(person.information),
    ...(typeof habits.smokeNow === 'number' ? { smoker: habits.smokeNow > 0 } : {}),
    ...(typeof habits.adherence === 'string' ? { adherent: habits.adherence === '1' } : {}),
    ...(minutes === undefined ? {} : { exerciseMinutes: minutes }),
    ...(person.lastCheckupOn ? { examinations: { checkup: person.lastCheckupOn } } : {}),
  };
}
