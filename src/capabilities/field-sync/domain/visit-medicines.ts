import { lackingAt } from '#capabilities/medicines/domain/availability.ts';
import type { FormularyEntry } from '#capabilities/medicines/domain/formulary-entry.ts';
import { recognizeMedicine } from '#clinical/medicines/recognize-medicine.ts';
import { doseIsSetBy, usualRegimen } from '#clinical/medicines/usual-regimens.ts';
import { underRows } from '#kernel/dated.ts';
import { type FormAnswers, rowsOf } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { printTaking } from './current-medicines.ts';
import type { DefinitionBook } from './definition-book.ts';
import type { TakenMedicine } from './person-document.ts';

/** What a phone's doctor picks medicines from. */
export interface MedicineShelf {
  readonly formulary: readonly FormularyEntry[];
  /** Codes the doctor's own place lacks. */
  readonly lacking: ReadonlySet<string>;
  /** The usual way to take it as the numbers of the day say. */
  readonly usual: (entry: FormularyEntry) => ReturnType<typeof usualRegimen>;
  /** What its dose is set by, where none is filled in because of it. */
  readonly setBy: (code: string) => string | undefined;
}

/** The shelf of a place by what this phone was told; a phone that does not know where it stands marks nothing. */
export function shelfOf(book: DefinitionBook, place: string | undefined, today: PlainDate): MedicineShelf {
  return {
    formulary: book.formulary,
    lacking: lackingAt(book.availability, place),
    usual: ({ code, unit }) => underRows(book.rows, () => usualRegimen(code, unit, today)),
    setBy: (code) => underRows(book.rows, () => doseIsSetBy(code, today)),
  };
}

/** A medicine row of a sheet for one that was picked, with the usual way to take it; `old` is the row it takes the place of. */
export function rowOfEntry(shelf: MedicineShelf, entry: FormularyEntry, old: FormAnswers = {}): FormAnswers {
  return { ...whatFor(old), drugName: entry.name, drugCode: entry.code, ...shelf.usual(entry) };
}

/** A row for a name that is in no formulary, as it was typed. */
export function rowOfText(typed: string, old: FormAnswers = {}): FormAnswers {
  return { ...whatFor(old), drugName: typed.trim() };
}

/** A row for what the person takes already, as they take it. */
export function rowOfTaken(taken: TakenMedicine, old: FormAnswers = {}): FormAnswers {
  const { name, code, note: _, ...use } = taken;
  return { ...whatFor(old), drugName: name, ...(code ? { drugCode: code } : {}), ...use };
}

/** Which diseases a row is for stays when its medicine is changed. */
const whatFor = ({ forPrograms }: FormAnswers): FormAnswers =>
  forPrograms === undefined ? {} : { forPrograms };

/** Why no dose stands there, in words. */
export const noDoseBecause = (set: string) => `剂量按${/^[a-zA-Z]/.test(set) ? ' ' : ''}${set}定，不预填。`;

/** What is said of a row: whether the formulary knows it, and whether the place has it. */
export interface MedicineMark {
  readonly name: string;
  readonly use: string;
  readonly isListed: boolean;
  readonly isLacking: boolean;
  /** Why no dose was filled in, until one is written. */
  readonly noDose: string | undefined;
}

/** Reads a row against the shelf; a name typed by hand is in the formulary where it is recognized without guessing. */
export function markOfRow(row: FormAnswers, { formulary, lacking, setBy }: MedicineShelf): MedicineMark {
  const { drugName, drugCode, dosePerTime, doseUnit, timesPerDay } = row;
  const name = typeof drugName === 'string' ? drugName : '';
  const picked = formulary.find((one) => one.code === drugCode && one.name === name);
  const code =
    picked?.code ?? formulary.find((one) => one.name === name)?.code ?? recognizeMedicine(name)?.code;
  const set = code === undefined || dosePerTime !== undefined ? undefined : setBy(code);
  const isListed = code !== undefined && formulary.some((one) => one.code === code);
  return {
    name,
    use: printTaking({
      name,
      ...(typeof dosePerTime === 'number' ? { dosePerTime } : {}),
      ...(typeof doseUnit === 'string' ? { doseUnit } : {}),
      ...(typeof timesPerDay === 'number' ? { timesPerDay } : {}),
    }),
    isListed,
    isLacking: isListed && lacking.has(code),
    noDose: set === undefined ? undefined : noDoseBecause(set),
  };
}

/** What the person takes that stands on no row yet. */
export function notOnRows(
  taken: readonly TakenMedicine[],
  rows: readonly FormAnswers[],
): readonly TakenMedicine[] {
  return taken.filter(({ name }) => !rows.some((row) => row.drugName === name));
}

/** The medicines after this visit: what is taken, with what is to be taken otherwise in its place. */
export function drugsAfterVisit(answers: FormAnswers): readonly FormAnswers[] {
  const adjusted = rowsOf(answers.drugAdjust);
  const same = (a: FormAnswers, b: FormAnswers) =>
    a.drugName === b.drugName || (a.drugCode !== undefined && a.drugCode === b.drugCode);
  return [...rowsOf(answers.drugs).filter((row) => !adjusted.some((one) => same(row, one))), ...adjusted];
}
