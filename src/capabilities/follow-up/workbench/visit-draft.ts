import { uuidv7 } from 'uuidv7';
import type { Program } from '#capabilities/residents/contract.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { plainDate } from '#kernel/plain-date.ts';
import type { FollowUpRecord, FollowUpStart } from '../contract.ts';
import type { VisitTyped } from '../domain/carry-visit.ts';
import { joinPrefills, type ProgramPrefill } from '../domain/join-prefills.ts';
import type { MergedSheet } from '../domain/merge-sheets.ts';
import { startVisit } from '../domain/start-visit.ts';

/** A visit being typed, kept until the server has it. The ids are made once, so that a second try is the same visit. */
export interface VisitDraft extends VisitTyped {
  readonly operationId: string;
  readonly visitId: string;
  readonly recordIds: Readonly<Partial<Record<Program, string>>>;
  /** On which edition of each sheet it is typed; drafts of before know only one. */
  readonly editions?: Readonly<Partial<Record<Program, string>>>;
  readonly laterReason: string;
  readonly correctionReason: string;
}

/** The edition of each sheet of a visit, by name. */
export const editionsOf = ({ parts }: MergedSheet): NonNullable<VisitDraft['editions']> =>
  Object.fromEntries(parts.map(({ program, edition }) => [program, edition.edition]));

/** What the last visits hand on to this one. */
export function prefillOf(merged: MergedSheet, starts: readonly FollowUpStart[]): FormAnswers {
  return joinPrefills(merged, prefillsOf(starts));
}

function prefillsOf(starts: readonly FollowUpStart[]): ProgramPrefill[] {
  return starts.map((start) => ({
    program: start.program,
    prefill: start.prefill,
    writtenOn: start.previous?.occurredOn ?? null,
  }));
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
    editions: editionsOf(merged),
    laterReason: '',
    correctionReason: '',
  };
  if (corrected) return { ...ids, answers: corrected.answers, touched: ['visitClass', 'nextVisitDate'] };
  return {
    ...ids,
    answers: startVisit(merged, prefillsOf(starts), doctorName, plainDate(today)),
    touched: [],
  };
}
