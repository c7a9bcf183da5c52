import type { FormAnswers } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { joinPrefills, type ProgramPrefill } from './join-prefills.ts';
import type { MergedSheet } from './merge-sheets.ts';

/**
 * The answers a new visit starts from: what the last visits hand on, and the usual for what is asked each time — today,
 * in the clinic, no symptom, no reaction, nothing new — which the doctor changes when it is otherwise.
 */
export function startVisit(
  merged: MergedSheet,
  prefills: readonly ProgramPrefill[],
  doctorName: string,
  today: PlainDate,
): FormAnswers {
  const usual: Record<string, unknown> = {
    visitDate: today,
    visitMethod: '1',
    symptoms: ['1'],
    adr: '1',
    bpSource: '1',
    doctorSign: doctorName,
  };
  for (const { program, edition } of merged.parts) {
    const asksComplication = edition.groups.some((group) =>
      group.fields.some((field) => field.id === 'complication'),
    );
    if (asksComplication) usual[merged.pathOf(program, 'complication')] = '1';
  }
  return { ...joinPrefills(merged, prefills), ...usual };
}
