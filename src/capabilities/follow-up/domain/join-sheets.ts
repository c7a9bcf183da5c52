import type { Program } from '#capabilities/residents/domain/program.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { hasMedicines, joinMedicines, medicinesOf } from './join-medicines.ts';
import { noneCode, otherCode } from './merge-options.ts';
import type { MergedSheet } from './merge-sheets.ts';
import { codesOf, optionsOf } from './read-sheet.ts';

/** One programme's official sheet of a visit, on the edition it has in the merged one. */
export interface SheetAnswers {
  readonly program: Program;
  readonly answers: FormAnswers;
}

/**
 * The merged visit that these sheets were split from: symptoms and danger signs of all of them under the codes of the one
 * list, each medicine marked with what it is for, the soonest day. Undoes `MergedSheet.split`.
 */
export function joinSheets(merged: MergedSheet, sheets: readonly SheetAnswers[]): FormAnswers {
  if (merged.parts.length === 1) return sheets[0]?.answers ?? {};
  const joined: Record<string, unknown> = {};
  for (const { program, answers } of sheets)
    for (const [id, value] of Object.entries(answers)) {
      if (value === undefined || value === null) continue;
      const place = merged.pathOf(program, id);
      joined[place] = join(merged, program, id, joined[place], value);
    }
  nameOthersOnce(merged, joined);
  const all = merged.parts.length;
  for (const id of ['drugs', 'drugAdjust'] as const) {
    const medicines = medicinesOf(sheets, id);
    if (medicines.length > 0) joined[id] = joinMedicines(medicines, all);
  }
  if (hasMedicines(joined)) delete joined.noDrugTherapy;
  const reacted = sheets.filter(({ answers }) => answers.adr === '2').map(({ program }) => program);
  if (reacted.length > 0 && reacted.length < all) joined.adrPrograms = reacted;
  return joined;
}

function join(merged: MergedSheet, program: Program, id: string, known: unknown, value: unknown): unknown {
  switch (id) {
    case 'symptoms':
    case 'emergencySigns': {
      const all = [...new Set([...codesOf(known), ...merged.codesFrom(program, id, codesOf(value))])];
      return all.length > 1 ? all.filter((code) => code !== noneCode) : all;
    }
    case 'symptomOther':
      return [...new Set([...wordsOf(known), ...wordsOf(value)])].join('、');
    case 'nextVisitDate':
      return known !== undefined && String(known) < String(value) ? known : value;
    case 'adr':
      return known === '2' ? known : value;
    default:
      return known ?? value;
  }
}

const wordsOf = (text: unknown): string[] =>
  typeof text === 'string' ? text.split('、').filter((word) => word !== '') : [];

/** What one sheet's list lacks stood there in words: it is not said again where another sheet's list has it. */
function nameOthersOnce(merged: MergedSheet, joined: Record<string, unknown>): void {
  const chosen = codesOf(joined.symptoms);
  if (!chosen.includes(otherCode)) return;
  const labels = optionsOf(merged.edition, 'symptoms')
    .filter(({ code }) => chosen.includes(code))
    .map(({ label }) => label);
  const words = wordsOf(joined.symptomOther).filter((word) => !labels.includes(word));
  if (words.length > 0) joined.symptomOther = words.join('、');
  else {
    delete joined.symptomOther;
    joined.symptoms = chosen.filter((code) => code !== otherCode);
  }
}
