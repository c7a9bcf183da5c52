import type { Decision, Reason, RuleRef } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { MedicineWarning } from '../medicines/medicine-warning.ts';
import type { AssessedProgram } from './patient-record.ts';

/** One answer of the engine as a screen shows it: what, how grave, why, by which rule, and what is missing. */
export interface Finding {
  readonly title: string;
  /** The answer in a few Chinese words; undefined while undecided. */
  readonly outcome: string | undefined;
  readonly tone: 'good' | 'plain' | 'caution' | 'bad';
  readonly reasons: readonly Reason[];
  readonly missing: readonly string[];
  readonly rule: RuleRef;
}

/** Something to be done, from when to when. */
export interface DueTask {
  readonly kind: 'follow-up' | 'recheck' | 'referral' | 'examination' | 'laboratory' | 'checkup';
  readonly label: string;
  readonly dueOn: PlainDate;
  readonly isOverdue: boolean;
  readonly reason: string;
  readonly ruleId: string;
}

/** Both tracks of one programme, side by side, never merged. */
export interface ProgramAssessment {
  readonly program: AssessedProgram;
  readonly publicHealth: Finding;
  readonly clinical: Finding | undefined;
}

export interface Assessment {
  readonly day: PlainDate;
  readonly ageYears: number | undefined;
  /** What in the record cannot be right, by name; such values were left out. */
  readonly problems: readonly string[];
  /** Not empty: the rest is not assessed; first aid and referral come first. */
  readonly emergencies: readonly Finding[];
  readonly programs: readonly ProgramAssessment[];
  readonly strata: readonly Finding[];
  readonly targets: readonly Finding[];
  readonly medicineWarnings: readonly MedicineWarning[];
  readonly unknownMedicines: readonly string[];
  readonly suggestions: readonly Finding[];
  readonly tasks: readonly DueTask[];
  readonly advice: readonly Finding[];
}

/** A decision as a finding: `say` puts the value into words and gives its tone. */
export function findingOf<T>(
  title: string,
  decision: Decision<T>,
  say: (value: T) => { readonly outcome: string; readonly tone: Finding['tone'] },
): Finding {
  if (decision.kind === 'undecided')
    return {
      title,
      outcome: undefined,
      tone: 'plain',
      reasons: [],
      missing: decision.missing,
      rule: decision.rule,
    };
  return { title, ...say(decision.value), reasons: decision.reasons, missing: [], rule: decision.rule };
}
