import type { PlainDate } from '#kernel/plain-date.ts';
import type { Condition, Sex } from '../conditions.ts';
import type { OwnCriticalValues } from '../early-warning/own-critical-values.ts';
import type { FollowUpClass } from '../follow-up/follow-up-class.ts';
import type { FailureDangerFacts } from '../heart/detect-failure-danger.ts';
import type { AnginaFacts } from '../heart/triage-angina.ts';
import type { StrokeSignFacts } from '../stroke/triage-stroke-signs.ts';
import type { Constitution } from '../tcm/judge-constitution.ts';

/** The diseases with a follow-up programme of their own. */
export type AssessedProgram = 'hypertension' | 'type-2-diabetes' | 'copd';

/** A reading as it is kept: kind, value, UCUM unit, day and where it was taken. */
export interface RecordedMeasurement {
  readonly kind: string;
  readonly value: number;
  /** Absent: the unit the rules count in. */
  readonly unit?: string | undefined;
  readonly on: PlainDate;
  readonly context?: string | null | undefined;
}

/** A follow-up visit that was filed. */
export interface RecordedVisit {
  readonly program: AssessedProgram;
  readonly on: PlainDate;
  readonly formClass?: FollowUpClass | undefined;
}

/** A medicine as written on the sheet. */
export interface RecordedMedicine {
  readonly name: string;
  /** Of the formulary, where it was picked from it. */
  readonly code?: string | undefined;
  readonly dailyDose?: number | undefined;
  readonly unit?: string | undefined;
  /** Last day the dispensed supply lasts to. */
  readonly suppliedTo?: PlainDate | undefined;
}

/** What the engine is told of a person. Everything may be missing; nothing missing is taken for "no". */
export interface PatientRecord {
  readonly birthDate?: PlainDate | undefined;
  readonly sex?: Sex | undefined;
  /** Lives north of the Yangtze; lives in a town. */
  readonly north?: boolean | undefined;
  readonly urban?: boolean | undefined;
  readonly conditions: readonly Condition[];
  readonly programs: readonly {
    readonly program: AssessedProgram;
    readonly diagnosedOn?: PlainDate | undefined;
  }[];
  /** In any order; of several of one kind on one day the worse counts. */
  readonly measurements: readonly RecordedMeasurement[];
  readonly visits: readonly RecordedVisit[];
  readonly medicines: readonly RecordedMedicine[];
  readonly smoker?: boolean | undefined;
  readonly pregnancy?: 'no' | 'planning' | 'pregnant' | 'lactating' | undefined;
  /** 规律 on the last sheet. */
  readonly adherent?: boolean | undefined;
  readonly familyHistory?:
    | {
        readonly diabetes?: boolean | undefined;
        readonly hypertension?: boolean | undefined;
        readonly stroke?: boolean | undefined;
        readonly cvd?: boolean | undefined;
      }
    | undefined;
  readonly saltGrams?: number | undefined;
  readonly exerciseMinutes?: number | undefined;
  /** Of an older person: how well, as the diabetes goals ask. */
  readonly health?: 'good' | 'intermediate' | 'poor' | undefined;
  /** cells/µL. */
  readonly eosinophils?: number | undefined;
  /** Constitutions of the last questionnaire. */
  readonly constitutions?: readonly Constitution[] | undefined;
  /** The next visit as the last sheet of a programme says. */
  readonly nextVisits?: Readonly<Partial<Record<AssessedProgram, PlainDate>>> | undefined;
  /** Days of referrals whose outcome is not known yet. */
  readonly openReferrals?: readonly PlainDate[] | undefined;
  /** Last day of each examination: retina, kidney, ecg, spirometry, checkup… */
  readonly examinations?: Readonly<Record<string, PlainDate>> | undefined;
  /** Situations of the medicine rules that hold: dry-cough, foot-ulcer… */
  readonly safetyFlags?: readonly string[] | undefined;
  /** Danger signs of today, in Chinese, by programme; a programme with an empty list was looked at. */
  readonly dangerSigns?: Readonly<Partial<Record<AssessedProgram, readonly string[]>>> | undefined;
  /** What was asked today of stroke, angina and heart failure. */
  readonly acute?:
    | {
        readonly stroke?: StrokeSignFacts | undefined;
        readonly angina?: AnginaFacts | undefined;
        readonly failure?: FailureDangerFacts | undefined;
      }
    | undefined;
  /** The critical values of the county the person is cared for in; absent: ours. */
  readonly criticalValues?: OwnCriticalValues | undefined;
  /** Today's sheet says so. */
  readonly adverseReaction?: boolean | undefined;
  readonly newComplication?: Readonly<Partial<Record<AssessedProgram, boolean>>> | undefined;
}
