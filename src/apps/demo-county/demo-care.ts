import type { measurementsOf } from '#capabilities/follow-up/domain/measurements-of.ts';
import type { verdictsOf } from '#capabilities/follow-up/domain/verdicts-of.ts';
import type { ManagementYear } from '#capabilities/indicators/domain/judge-management-year.ts';
import type { Program } from '#capabilities/residents/domain/program.ts';
import type { PlainDate } from '#kernel/plain-date.ts';

export interface DemoEnrollment {
  readonly id: string;
  readonly program: Program;
  readonly enrolledOn: PlainDate;
  readonly diagnosedOn: string;
  readonly closedOn: PlainDate | null;
  readonly closeReason: 'dead' | 'moved' | 'lost' | 'refused' | null;
}

export interface DemoSheet {
  readonly id: string;
  readonly form: 'hypertension-follow-up' | 'type-2-diabetes-follow-up' | 'copd-follow-up' | 'annual-checkup';
  readonly edition: string;
  readonly on: PlainDate;
  readonly receivedOn: PlainDate;
  readonly mode: 'clinic' | 'home' | 'telephone';
  readonly answers: Readonly<Record<string, unknown>>;
  readonly measurements: ReturnType<typeof measurementsOf>;
  readonly verdicts: ReturnType<typeof verdictsOf>;
  readonly supersedesId: string | null;
  supersededBy: string | null;
  readonly correctionReason: string | null;
}

export interface DemoTask {
  readonly enrollmentId: string;
  readonly program: Program;
  readonly kind: 'crisis' | 'refer' | 'recheck' | 'routine';
  readonly rank: number;
  readonly dueOn: PlainDate;
  readonly latestOn: PlainDate;
  readonly reason: string;
  readonly openedBy: string | null;
}

export interface DemoCare {
  readonly enrollments: readonly DemoEnrollment[];
  readonly sheets: readonly DemoSheet[];
  readonly tasks: readonly DemoTask[];
  readonly years: readonly {
    readonly year: number;
    readonly enrollmentId: string;
    readonly judged: ManagementYear;
  }[];
  /** The resident's record closes with the programme. */
  readonly residentStatus: { readonly status: 'dead' | 'moved'; readonly on: PlainDate } | null;
}

/** How a village doctor writes numbers down: how often a reading is rounded to the nearest ten. */
export interface DoctorHabits {
  readonly name: string;
  readonly rounding: number;
}
