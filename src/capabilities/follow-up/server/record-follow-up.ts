import type { Transaction } from 'kysely';
import { programs } from '#capabilities/residents/domain/program.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type FieldIssue, type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { FollowUpOutcome } from '../contract.ts';
import { type CheckedSheet, checkSheet } from './check-sheet.ts';
import type { Story } from './read-story.ts';
import type { SheetInput } from './sheet-input.ts';
import { writeSheet } from './write-sheet.ts';

type Dated = CheckedSheet & { readonly visitOn: PlainDate };

/**
 * Saves one sheet, new or as a correction: the sheet, its readings, the verdicts with their editions, the next task, the
 * person's year and the audit entry stand or fall together. Refuses what the form, the person's story or the rules do
 * not allow; a warning must have been confirmed as `path:code`, so that confirming one doubt leaves the next one open.
 */
export async function recordFollowUpSheet(
  tx: Transaction<Tables>,
  actor: Actor,
  input: SheetInput,
  confirmed: readonly string[],
  story?: Story,
): Promise<FollowUpOutcome | Refused> {
  const checked = await checkSheet(tx, actor, input, story);
  if ('kind' in checked) return checked;
  const refusal = refusalOf(checked.errors, checked.warnings, confirmed);
  return refusal ?? writeSheet(tx, actor, checked as Dated);
}

/**
 * Saves the sheets of one merged visit, all or none. What is wrong on any of them is told at once, each path led by its
 * programme: `copd/spo2`. Records are locked in one order, so that two doctors cannot wait for each other in a circle.
 */
export async function recordVisitSheets(
  tx: Transaction<Tables>,
  actor: Actor,
  sheets: readonly SheetInput[],
  confirmed: readonly string[],
): Promise<FollowUpOutcome[] | Refused> {
  const inOrder = sheets.toSorted((a, b) => programs.indexOf(a.program) - programs.indexOf(b.program));
  const checked: CheckedSheet[] = [];
  for (const sheet of inOrder) {
    const one = await checkSheet(tx, actor, sheet);
    if ('kind' in one) return one;
    checked.push(one);
  }
  const days = new Set(checked.map((one) => one.visitOn));
  const apart: FieldIssue[] =
    days.size > 1
      ? [{ path: 'visitDate', code: 'differs', message: '同一次随访的各张表随访日期应相同。' }]
      : [];
  const led = (pick: (one: CheckedSheet) => readonly FieldIssue[]) =>
    checked.flatMap((one) =>
      pick(one).map((issue) => ({ ...issue, path: `${one.input.program}/${issue.path}` })),
    );
  const refusal = refusalOf(
    [...apart, ...led((one) => one.errors)],
    led((one) => one.warnings),
    confirmed,
  );
  if (refusal) return refusal;
  const outcomes: FollowUpOutcome[] = [];
  for (const one of checked) outcomes.push(await writeSheet(tx, actor, one as Dated));
  return outcomes;
}

function refusalOf(
  errors: readonly FieldIssue[],
  warnings: readonly FieldIssue[],
  confirmed: readonly string[],
): Refused | undefined {
  if (errors.length > 0) return refused('invalid-input', { issues: errors });
  const open = warnings.filter((issue) => !confirmed.includes(`${issue.path}:${issue.code}`));
  return open.length > 0 ? refused('needs-confirmation', { issues: open }) : undefined;
}
