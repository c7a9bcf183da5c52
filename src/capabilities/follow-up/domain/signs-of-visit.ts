import type { VisitSigns } from '#capabilities/assessment/domain/overlay-visit.ts';
import { dangerSignsOf, hasWorseComplication } from './read-sheet.ts';
import type { SheetReading } from './read-visit.ts';

/** Danger signs and complications of a visit, by programme and as its edition prints them. */
export function signsOfVisit(sheets: readonly SheetReading[]): VisitSigns {
  return {
    dangerSigns: Object.fromEntries(
      sheets.map(({ program, edition, answers }) => [program, dangerSignsOf(edition, answers)]),
    ),
    newComplication: Object.fromEntries(
      sheets.map(({ program, answers }) => [program, hasWorseComplication(answers)]),
    ),
  };
}
