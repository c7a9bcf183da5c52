import { type FormAnswers, rowsOf } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { PersonDocument, TakenMedicine } from './person-document.ts';

export interface CurrentMedicines {
  /** Where it is known from: the centre's plan, or the last follow-up sheets. */
  readonly from: 'plan' | 'sheets';
  /** Day of the plan, or of the last sheet. */
  readonly on: PlainDate | null;
  readonly medicines: readonly TakenMedicine[];
}

/**
 * What a person takes now: the plan of the centre unless a sheet was written after it; of sheets, of whichever disease,
 * the latest has the last word.
 */
export function currentMedicines({
  programs,
  plan,
}: Pick<PersonDocument, 'programs' | 'plan'>): CurrentMedicines {
  const sheets = programs
    .flatMap(({ last }) => (last ? [last] : []))
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  const on = sheets.at(-1)?.on ?? null;
  if (plan && (on === null || on <= plan.on)) return { from: 'plan', on: plan.on, medicines: plan.medicines };
  const byName = new Map<string, TakenMedicine>();
  for (const { answers } of sheets)
    for (const row of rowsOf(answers.drugs)) {
      const medicine = fromSheet(row);
      if (medicine) byName.set(medicine.name, medicine);
    }
  return { from: 'sheets', on, medicines: [...byName.values()] };
}

function fromSheet(row: FormAnswers): TakenMedicine | undefined {
  const { drugName, drugCode, dosePerTime, doseUnit, timesPerDay } = row;
  if (typeof drugName !== 'string' || drugName.trim() === '') return undefined;
  return {
    name: drugName,
    ...(typeof drugCode === 'string' ? { code: drugCode } : {}),
    ...(typeof dosePerTime === 'number' ? { dosePerTime } : {}),
    ...(typeof doseUnit === 'string' ? { doseUnit } : {}),
    ...(typeof timesPerDay === 'number' ? { timesPerDay } : {}),
  };
}

/** How a medicine is taken, in words. */
export function printTaking({ dosePerTime, doseUnit, timesPerDay, note }: TakenMedicine): string {
  const parts = [
    timesPerDay === undefined ? '' : `每日 ${timesPerDay} 次`,
    dosePerTime === undefined ? '' : `每次 ${dosePerTime} ${doseUnit ?? 'mg'}`,
    note ?? '',
  ];
  return parts.filter((part) => part !== '').join('，') || '用法未写';
}

/** As the engine takes it: a daily dose only where it is said whole and in milligrams. */
export function medicineForEngine(
  from: CurrentMedicines['from'],
  { name, code, dosePerTime, doseUnit, timesPerDay }: TakenMedicine,
): { readonly name: string; readonly code?: string; readonly dailyDose?: number } {
  // A plan of the centre counts in milligrams where it names no unit; a sheet that names none has not said it.
  const unit = doseUnit ?? (from === 'plan' ? 'mg' : undefined);
  const isKnown = dosePerTime !== undefined && timesPerDay !== undefined && unit === 'mg';
  return {
    name,
    ...(code === undefined ? {} : { code }),
    ...(isKnown ? { dailyDose: dosePerTime * timesPerDay } : {}),
  };
}
