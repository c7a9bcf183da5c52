import { followUpFormOf } from '#capabilities/follow-up/domain/follow-up-programs.ts';
import { joinSheets, type SheetAnswers } from '#capabilities/follow-up/domain/join-sheets.ts';
import type { VisitEntry } from '#capabilities/follow-up/domain/visit-entry.ts';
import { programLabels } from '#capabilities/residents/domain/program.ts';
import { carryAnswers } from '#kernel/carry-answers.ts';
import type { FormAnswers, FormEdition } from '#kernel/form-shape.ts';
import type { FieldOperation } from './field-operation.ts';
import type { PhoneVisitStart } from './start-phone-visit.ts';

/** What of a sheet stands on another edition, and in words what does not and is left out. */
export interface MovedSheet {
  readonly answers: FormAnswers;
  readonly leftOut: readonly string[];
}

/** Carries a sheet to another edition; `from` names and words what is left out, where the phone still has it. */
export function moveSheet(typed: FormAnswers, from: FormEdition | undefined, to: FormEdition): MovedSheet {
  const { answers, left } = carryAnswers(from, to, typed);
  return { answers, leftOut: left.map((one) => one.words) };
}

type VisitOperation = FieldOperation & { readonly kind: 'visit.record' };

/**
 * A refused visit on the editions of `start`, as typed: the same visit and sheets under a new operation, so that its
 * photo stays with it and no sheet can be filed twice.
 */
export function moveVisit(
  refused: VisitOperation,
  start: PhoneVisitStart,
  editionOf: (form: string, edition: string) => FormEdition | undefined,
): Pick<VisitEntry, 'answers' | 'touched'> & {
  readonly leftOut: readonly string[];
  readonly ids: Pick<VisitEntry['ids'], 'visitId' | 'recordIds'>;
} {
  const { merged } = start.frame;
  const sheets: SheetAnswers[] = [];
  const leftOut: string[] = [];
  for (const { program, formEdition, answers: typed } of refused.body.sheets) {
    const part = merged.parts.find((one) => one.program === program);
    if (!part) {
      leftOut.push(`${programLabels[program]}随访表：此人已不在这个病种的管理中`);
      continue;
    }
    const moved = moveSheet(typed, editionOf(followUpFormOf(program), formEdition), part.edition);
    leftOut.push(...moved.leftOut.filter((line) => !leftOut.includes(line)));
    sheets.push({ program, answers: moved.answers });
  }
  const answers = joinSheets(merged, sheets);
  const { visitId } = refused.body;
  const known = Object.fromEntries(refused.body.sheets.map((sheet) => [sheet.program, sheet.recordId]));
  return { answers, touched: Object.keys(answers), leftOut, ids: { visitId, recordIds: known } };
}

/** What the server keeps with the old operation. */
export function replacedNote(
  editions: readonly Pick<FormEdition, 'edition'>[],
  leftOut: readonly string[],
): string {
  const names = [...new Set(editions.map((one) => one.edition))].join('、');
  const left = leftOut.length > 0 ? `未带入：${leftOut.join('；')}` : '填写的内容都已带入。';
  return `已改用 ${names} 版重新保存。${left}`.slice(0, 200);
}
