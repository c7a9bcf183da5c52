import { uuidv7 } from 'uuidv7';
import type { Program } from '#capabilities/residents/contract.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import type { FollowUpRecord, FollowUpStart } from '../contract.ts';
import { joinPrefills } from '../domain/join-prefills.ts';
import type { MergedSheet } from '../domain/merge-sheets.ts';

/** A visit being typed, kept until the server has it. The ids are made once, so that a second try is the same visit. */
export interface VisitDraft {
  readonly answers: FormAnswers;
  readonly touched: readonly string[];
  readonly operationId: string;
  readonly visitId: string;
  readonly recordIds: Readonly<Partial<Record<Program, string>>>;
  readonly laterReason: string;
  readonly correctionReason: string;
}

/** What the last visits hand on to this one. */
export function prefillOf(merged: MergedSheet, starts: readonly FollowUpStart[]): FormAnswers {
  return joinPrefills(
    merged,
    starts.map((start) => ({
      program: start.program,
      prefill: start.prefill,
      writtenOn: start.previous?.occurredOn ?? null,
    })),
  );
}

/** A new visit, or the saved sheet to be corrected. */
export function freshDraft(
  merged: MergedSheet,
  starts: readonly FollowUpStart[],
  corrected: FollowUpRecord | undefined,
  doctorName: string,
  today: string,
): VisitDraft {
  const visitId = uuidv7();
  const [first, ...others] = merged.parts;
  const ids = {
    operationId: uuidv7(),
    visitId,
    // A visit with one sheet is known by that sheet's id.
    recordIds: Object.fromEntries([
      ...(first ? [[first.program, visitId]] : []),
      ...others.map(({ program }) => [program, uuidv7()]),
    ]),
    laterReason: '',
    correctionReason: '',
  };
  if (corrected) return { ...ids, answers: corrected.answers, touched: ['visitClass', 'nextVisitDate'] };
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
      group.fields.some((f) => f.id === 'complication'),
    );
    if (asksComplication) usual[merged.pathOf(program, 'complication')] = '1';
  }
  return { ...ids, answers: { ...prefillOf(merged, starts), ...usual }, touched: [] };
}
