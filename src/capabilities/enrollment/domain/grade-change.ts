import { programLabels } from '#capabilities/residents/domain/program.ts';
import type { PersonGrade } from '#clinical/assess/grade-person.ts';
import type { AssessedProgram } from '#clinical/assess/patient-record.ts';
import type { Colour } from '#clinical/grading/grade-management.ts';
import type { GradingScheme, Tier } from '#clinical/grading/place-tier.ts';
import type { Reason, RuleRef } from '#kernel/decision.ts';

/** How a person's grade would change: for the first time, worse, milder, not at all, or not to be said. */
export type Change = 'first' | 'up' | 'down' | 'same' | 'undecided';

/** What each disease said of a grade, and why the tier is what it is, as it is kept and shown. */
export interface GradeDetail {
  diseases: {
    program: AssessedProgram;
    colour: Colour | null;
    reasons: Reason[];
    missing: string[];
    rule: RuleRef;
  }[];
  reasons: Reason[];
  missing: string[];
  scheme: GradingScheme['scheme'];
}

const order: readonly Colour[] = ['green', 'yellow', 'red'];

/** Compares a new grade with the one that stands. A changed tier of the same colour counts by the tier. */
export function changeOf(
  present: { readonly tier: Tier; readonly colour: Colour } | undefined,
  next: PersonGrade['placed'],
): Change {
  if (next.kind === 'undecided') return 'undecided';
  if (!present) return 'first';
  const step = order.indexOf(next.value.colour) - order.indexOf(present.colour);
  return step > 0 ? 'up' : step < 0 ? 'down' : 'same';
}

/** Whether a batch of this purpose writes a grade for such a change: a year's assessment writes every decided person. */
export function isWritten(purpose: 'annual' | 'regrade', change: Change): boolean {
  if (change === 'undecided') return false;
  return purpose === 'annual' || change !== 'same';
}

/** A grade with its reasons, as it is kept and shown. */
export function detailOf(grade: PersonGrade, scheme: GradingScheme): GradeDetail {
  return {
    diseases: grade.diseases.map((one) => ({
      program: one.program,
      colour: one.colour ?? null,
      reasons: [...one.reasons],
      missing: [...one.missing],
      rule: one.rule,
    })),
    reasons: grade.placed.kind === 'decided' ? [...grade.placed.reasons] : [],
    missing: grade.placed.kind === 'undecided' ? [...grade.placed.missing] : [],
    scheme: scheme.scheme,
  };
}

/** What of a grade is told as its reasons. */
interface GradeReasons {
  readonly diseases: readonly Pick<GradeDetail['diseases'][number], 'program' | 'reasons'>[];
  readonly reasons: readonly Reason[];
}

/** Why a grade is what it is, each disease and then the tier; of several diseases each is named, what it says may differ. */
export function reasonsOfGrade({ diseases, reasons }: GradeReasons): Reason[] {
  const told = diseases.filter((one) => one.reasons.length > 0);
  const isNamed = diseases.length > 1;
  return [
    ...told.flatMap(({ program, reasons: own }) =>
      own.map((reason, at) =>
        isNamed && at === 0 ? { ...reason, text: `${programLabels[program]}：${reason.text}` } : reason,
      ),
    ),
    ...reasons,
  ];
}
