import type { VisitSigns } from '#capabilities/assessment/domain/overlay-visit.ts';
import { followUpPrograms } from './follow-up-programs.ts';
import { dangerSignsOf, hasWorseComplication } from './read-sheet.ts';
import type { SheetReading } from './read-visit.ts';

/** Danger signs and complications of a visit, by programme, as the engine takes them. */
export function signsOfVisit(sheets: readonly SheetReading[]): VisitSigns {
  return {
    dangerSigns: Object.fromEntries(
      sheets.map(({ program, answers }) => [
        program,
        dangerSignsOf(followUpPrograms[program].edition, answers).names,
      ]),
    ),
    newComplication: Object.fromEntries(
      sheets.map(({ program, answers }) => [program, hasWorseComplication(answers)]),
    ),
  };
}
