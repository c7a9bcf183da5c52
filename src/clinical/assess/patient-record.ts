import type { PlainDate } from '#kernel/plain-date.ts';
import type { Condition, Sex } from '../conditions.ts';
import type { FollowUpClass } from '../follow-up/follow-up-class.ts';

/** The diseases with a follow-up programme of their own. */
export type AssessedProgram = 'hypertension' | 'type-2-diabetes' | 'copd';

/** A reading as it is kept: kind, value, UCUM unit, day and where it was taken. */
export interface RecordedMeasurement {
  readonly kind: string;
  readonly value: number;
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
  readonly dailyDose?: number | undefined;
  readonly unit?: string | undefined;
}

/** What the engine is told of a person. Everything may be missing; nothing missing is taken for "no". */
export interface PatientRecord {
  readonly birthDate?: PlainDate | undefined;
  readonly sex?: Sex | undefined;
  readonly conditions: readonly Condition[];
  readonly programs: readonly {
    readonly program: AssessedProgram;
    readonly diagnosedOn?: PlainDate | undefined;
  }[];
  /** In any order. */
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
  /** Last day of each examination: retina, kidney, ecg, spirometry, checkup… */
  readonly examinations?: Readonly<Record<string, PlainDate>> | undefined;
  /** Danger signs of today, in Chinese, by programme. */
  readonly dangerSigns?: Readonly<Partial<Record<AssessedProgram, readonly string[]>>> | undefined;
  /** Today's sheet says so. */
  readonly adverseReaction?: boolean | undefined;
  readonly newComplication?: Readonly<Partial<Record<AssessedProgram, boolean>>> | undefined;
}
