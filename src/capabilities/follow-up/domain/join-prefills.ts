import type { Program } from '#capabilities/residents/domain/program.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { hasMedicines, joinMedicines, medicinesOf } from './join-medicines.ts';
import type { MergedSheet } from './merge-sheets.ts';

/** What one programme's last sheet hands on, and when it was written. */
export interface ProgramPrefill {
  readonly program: Program;
  readonly prefill: FormAnswers;
  readonly writtenOn: string | null;
}

/**
 * The merged sheet to start from: for what is shared the latest sheet speaks, what is apart comes from its own,
 * medicines from all.
 */
export function joinPrefills(merged: MergedSheet, prefills: readonly ProgramPrefill[]): FormAnswers {
  if (merged.parts.length === 1) return prefills[0]?.prefill ?? {};
  const joined: Record<string, unknown> = {};
  const oldestFirst = prefills.toSorted((a, b) => (a.writtenOn ?? '').localeCompare(b.writtenOn ?? ''));
  for (const { program, prefill } of oldestFirst) {
    for (const [id, value] of Object.entries(prefill)) joined[merged.pathOf(program, id)] = value;
  }
  const sheets = prefills.map(({ program, prefill }) => ({ program, answers: prefill }));
  const drugs = joinMedicines(medicinesOf(sheets, 'drugs'), merged.parts.length);
  if (drugs.length > 0) joined.drugs = drugs;
  if (hasMedicines(joined)) joined.noDrugTherapy = undefined;
  return Object.fromEntries(Object.entries(joined).filter(([, value]) => value !== undefined));
}
