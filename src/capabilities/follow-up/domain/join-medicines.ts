import type { Program } from '#capabilities/residents/domain/program.ts';
import { type FormAnswers, rowsOf } from '#kernel/form-shape.ts';

/** The medicines one programme's sheet names. */
export interface SheetMedicines {
  readonly program: Program;
  readonly rows: readonly FormAnswers[];
}

/**
 * The medicines of several sheets as one list, each marked with what it is for; without a mark one that stands on all of
 * `programs`. One is what stands alike in every cell: with another dose, frequency or anything else said of it, or with nothing
 * said where the other says something, it is another, and a person sees both. What stands twice on one sheet stands twice.
 */
export function joinMedicines(sheets: readonly SheetMedicines[], programs: number): FormAnswers[] {
  const joined: { row: FormAnswers; programs: Program[] }[] = [];
  for (const { program, rows } of sheets)
    for (const { forPrograms: _for, ...row } of rows) {
      const same = joined.find((one) => !one.programs.includes(program) && isSameMedicine(one.row, row));
      if (same) {
        const drugCode = same.row.drugCode ?? row.drugCode;
        same.row = drugCode === undefined ? same.row : { ...same.row, drugCode };
        same.programs.push(program);
      } else joined.push({ row, programs: [program] });
    }
  return joined.map((one) =>
    one.programs.length === programs ? one.row : { ...one.row, forPrograms: one.programs },
  );
}

/** Where a row was picked from is a mark, no cell: one typed by hand has none. */
function isSameMedicine(a: FormAnswers, b: FormAnswers): boolean {
  const [codeA, codeB] = [a.drugCode ?? b.drugCode, b.drugCode ?? a.drugCode];
  return codeA === codeB && cellsOf(a) === cellsOf(b);
}

function cellsOf({ drugCode: _, ...row }: FormAnswers): string {
  const said = Object.entries(row).filter(([, cell]) => cell !== undefined && cell !== null);
  return JSON.stringify(said.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The medicines under one name of every sheet that has them. */
export function medicinesOf(
  sheets: readonly { readonly program: Program; readonly answers: FormAnswers }[],
  id: 'drugs' | 'drugAdjust',
): SheetMedicines[] {
  return sheets.flatMap(({ program, answers }) =>
    Array.isArray(answers[id]) ? [{ program, rows: rowsOf(answers[id]) }] : [],
  );
}

/** Someone without medicines for one disease may have them for another; insulin is one. */
export const hasMedicines = (answers: FormAnswers): boolean =>
  rowsOf(answers.drugs).length > 0 || rowsOf(answers.insulin).length > 0;
