import type { Program } from '#capabilities/residents/domain/program.ts';
import { type FormAnswers, rowsOf } from '#kernel/form-shape.ts';
import type { MergedSheet } from './merge-sheets.ts';

/** What one programme's last sheet hands on, and when it was written. */
export interface ProgramPrefill {
  readonly program: Program;
  readonly prefill: FormAnswers;
  readonly writtenOn: string | null;
}

/**
 * The merged sheet to start from: for what is shared the latest sheet speaks, what is apart comes from its own; a
 * medicine named on several sheets stands once, marked with what it is for.
 */
export function joinPrefills(merged: MergedSheet, prefills: readonly ProgramPrefill[]): FormAnswers {
  if (merged.parts.length === 1) return prefills[0]?.prefill ?? {};
  const joined: Record<string, unknown> = {};
  const oldestFirst = prefills.toSorted((a, b) => (a.writtenOn ?? '').localeCompare(b.writtenOn ?? ''));
  for (const { program, prefill } of oldestFirst) {
    for (const [id, value] of Object.entries(prefill)) joined[merged.pathOf(program, id)] = value;
  }
  const drugs = joinDrugs(merged, prefills);
  if (drugs.length > 0) joined.drugs = drugs;
  // Someone without medicines for one disease may have them for another.
  if (drugs.length > 0) joined.noDrugTherapy = undefined;
  return Object.fromEntries(Object.entries(joined).filter(([, value]) => value !== undefined));
}

function joinDrugs(merged: MergedSheet, prefills: readonly ProgramPrefill[]): FormAnswers[] {
  const rows = new Map<string, { row: FormAnswers; programs: Program[] }>();
  for (const { program, prefill } of prefills) {
    for (const row of rowsOf(prefill.drugs)) {
      const key = JSON.stringify([row.drugName, row.timesPerDay, row.dosePerTime, row.doseUnit]);
      const known = rows.get(key);
      if (known) known.programs.push(program);
      else rows.set(key, { row, programs: [program] });
    }
  }
  const all = merged.parts.length;
  return [...rows.values()].map(({ row, programs }) =>
    programs.length === all ? row : { ...row, forPrograms: programs },
  );
}
