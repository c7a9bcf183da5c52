import type { Certainty, Decision, Reason, RuleRef } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { AlertLevel } from '../early-warning/alert-on-reading.ts';
import type { MedicineWarning } from '../medicines/medicine-warning.ts';
import type { ExaminationItem } from './examination-item.ts';
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

/** Something measured that somebody has to look at, and how soon. */
export interface AlertFinding extends Finding {
  readonly level: Exclude<AlertLevel, 'none'>;
  /** Line of the table: AL-BP-02. */
  readonly line: string;
  readonly on: PlainDate;
}

/** A dangerous value of an earlier day that was not measured again. */
export interface PastDanger extends Finding {
  readonly on: PlainDate;
  /** As written: 收缩压 190 mmHg. */
  readonly values: readonly string[];
}

/** Something to be done, from when to when. */
export interface DueTask {
  readonly kind:
    | 'follow-up'
    | 'recheck'
    | 'referral'
    | 'referral-check'
    | 'examination'
    | 'laboratory'
    | 'checkup'
    | 'refill';
  readonly label: string;
  /** What is looked at, by its name among the record's examinations; of examinations and tests only. */
  readonly item?: ExaminationItem;
  /** The first day it can be done. */
  readonly from: PlainDate;
  /** The last day on which it is in time. */
  readonly dueOn: PlainDate;
  readonly isOverdue: boolean;
  readonly reason: string;
  readonly ruleId: string;
  /** Where that is written and how sure it is. */
  readonly clause: string;
  readonly certainty: Certainty;
}

/** The one next visit for all diseases. */
export interface MergedPlan {
  readonly on: PlainDate;
  /** Seen on that day. */
  readonly together: readonly AssessedProgram[];
  readonly byProgram: Readonly<Partial<Record<AssessedProgram, PlainDate>>>;
  /** What that visit asks, once each. */
  readonly items: Finding | undefined;
  readonly finding: Finding;
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
  /** Not empty: the rest is not assessed; first aid, referral and the day to call back come first. */
  readonly emergencies: readonly Finding[];
  /** The gravest first. */
  readonly alerts: readonly AlertFinding[];
  /** Not of today, and nobody has looked again since. */
  readonly pastDangers: readonly PastDanger[];
  readonly programs: readonly ProgramAssessment[];
  readonly strata: readonly Finding[];
  readonly targets: readonly Finding[];
  readonly medicineWarnings: readonly MedicineWarning[];
  readonly unknownMedicines: readonly string[];
  readonly suggestions: readonly Finding[];
  readonly tasks: readonly DueTask[];
  readonly plan: MergedPlan | undefined;
  readonly advice: readonly Finding[];
}

const none: readonly never[] = [];

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
      reasons: none,
      missing: decision.missing,
      rule: decision.rule,
    };
  const { outcome, tone } = say(decision.value);
  return { title, outcome, tone, reasons: decision.reasons, missing: none, rule: decision.rule };
}
