import type { PatientRecord, RecordedMeasurement } from '#clinical/assess/patient-record.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { type PlainDate, parsePlainDate } from '#kernel/plain-date.ts';
import { readingDay } from '#standards/measurements/reading-day.ts';

const kinds: readonly (readonly [id: string, kind: string])[] = [
  ['sbp', 'sbp'],
  ['dbp', 'dbp'],
  ['heartRate', 'heart-rate'],
  ['weight', 'weight'],
  ['height', 'height'],
  ['bmi', 'bmi'],
  ['fpg', 'fasting-glucose'],
  ['rbg', 'random-glucose'],
  ['hba1c', 'hba1c'],
  ['temperature', 'temperature'],
  ['spo2', 'spo2'],
  ['respRate', 'respiratory-rate'],
  ['cat', 'cat'],
  ['mmrc', 'mmrc'],
  ['exacerbations12m', 'exacerbations'],
  ['exacHosp12m', 'exacerbation-admissions'],
  ['fev1PctPred', 'fev1-percent-predicted'],
];

/** What the sheets of a visit say besides their readings, by programme. */
export interface VisitSigns {
  /** Names of the danger signs ticked; an empty list was looked at. */
  readonly dangerSigns: NonNullable<PatientRecord['dangerSigns']>;
  readonly newComplication: NonNullable<PatientRecord['newComplication']>;
}

/** The day of a visit being typed; today while it is not filled in. */
export const visitDayOf = (answers: FormAnswers, today: PlainDate): PlainDate =>
  (typeof answers.visitDate === 'string' ? parsePlainDate(answers.visitDate) : undefined) ?? today;

/**
 * The record as it would be with the visit that is being typed, as of its day: what is typed stands in the place of what
 * was kept of the same kind on its day; what came later is not known yet.
 */
export function overlayVisit(
  record: PatientRecord,
  answers: FormAnswers,
  today: PlainDate,
  signs?: VisitSigns,
): PatientRecord {
  const on = visitDayOf(answers, today);
  const typed = kinds.flatMap(([id, kind]): RecordedMeasurement[] => {
    const value = answers[id];
    return typeof value === 'number' ? [{ kind, value, on: readingDay(id, answers, on) }] : [];
  });
  const again = new Set(typed.map((one) => `${one.kind} ${one.on}`));
  const kept = record.measurements.filter((one) => one.on <= on && !again.has(`${one.kind} ${one.on}`));
  const medicines = readMedicines(answers.drugs);
  const minutes = exerciseOf(answers);
  return {
    ...record,
    ...signs,
    measurements: [...kept, ...typed],
    visits: record.visits.filter((one) => one.on < on),
    ...(medicines ? { medicines } : {}),
    ...(typeof answers.smokeNow === 'number' ? { smoker: answers.smokeNow > 0 } : {}),
    ...(typeof answers.adherence === 'string' ? { adherent: answers.adherence === '1' } : {}),
    ...(answers.adr === '1' || answers.adr === '2' ? { adverseReaction: answers.adr === '2' } : {}),
    ...(minutes === undefined ? {} : { exerciseMinutes: minutes }),
  };
}

/** Medicine rows of a sheet as the engine takes them: the name, and the daily dose when it is in milligrams. */
export function readMedicines(value: unknown): PatientRecord['medicines'] | undefined {
  if (!Array.isArray(value)) return undefined;
  return (value as FormAnswers[]).flatMap((row) => {
    if (typeof row.drugName !== 'string' || row.drugName.trim() === '') return [];
    const { timesPerDay, dosePerTime, doseUnit, drugCode } = row;
    const known = typeof timesPerDay === 'number' && typeof dosePerTime === 'number' && doseUnit === 'mg';
    return [
      {
        name: row.drugName,
        ...(typeof drugCode === 'string' ? { code: drugCode } : {}),
        ...(known ? { dailyDose: timesPerDay * dosePerTime } : {}),
      },
    ];
  });
}

/** Minutes of exercise a week; undefined while not answered. */
export function exerciseOf(answers: FormAnswers): number | undefined {
  const { exTimesNow, exMinNow } = answers;
  return typeof exTimesNow === 'number' && typeof exMinNow === 'number' ? exTimesNow * exMinNow : undefined;
}
