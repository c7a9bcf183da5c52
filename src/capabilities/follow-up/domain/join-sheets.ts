import type { Program } from '#capabilities/residents/domain/program.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
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
  for (const id of ['drugs', 'drugAdjust']) unmarkCommon(joined, id, all);
  if (Array.isArray(joined.drugs) && joined.drugs.length > 0) delete joined.noDrugTherapy;
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
    case 'drugs':
    case 'drugAdjust':
      return joinRows((known ?? []) as FormAnswers[], value as FormAnswers[], program);
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

/** A medicine that stands alike on several sheets is one, for all of them. */
function joinRows(
  known: readonly FormAnswers[],
  rows: readonly FormAnswers[],
  program: Program,
): FormAnswers[] {
  const bare = ({ forPrograms: _for, ...medicine }: FormAnswers) => JSON.stringify(medicine);
  const joined = [...known];
  for (const row of rows) {
    const at = joined.findIndex(
      (one) => bare(one) === bare(row) && !codesOf(one.forPrograms).includes(program),
    );
    if (at < 0) joined.push({ ...row, forPrograms: [program] });
    else joined[at] = { ...joined[at], forPrograms: [...codesOf(joined[at]?.forPrograms), program] };
  }
  return joined;
}

function unmarkCommon(joined: Record<string, unknown>, id: string, all: number): void {
  if (!Array.isArray(joined[id])) return;
  joined[id] = (joined[id] as FormAnswers[]).map(({ forPrograms, ...medicine }) =>
    codesOf(forPrograms).length === all ? medicine : { ...medicine, forPrograms },
  );
}
