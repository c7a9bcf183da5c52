import type { PlainDate } from '#kernel/plain-date.ts';
import type { PhoneProgram, PhoneTask } from './person-document.ts';

/** A person in the phone's index: what lists and search need, kept in memory for everybody on the phone. */
export interface PersonLine {
  readonly id: string;
  readonly name: string;
  readonly initials: readonly string[];
  readonly sex: '0' | '1' | '2' | '9';
  readonly birthDate: PlainDate;
  readonly idTail: string | null;
  readonly phone: string | null;
  readonly organizationId: string;
  readonly status: 'active' | 'moved' | 'dead' | 'lost' | 'closed';
  readonly programs: readonly PhoneProgram[];
  readonly tasks: readonly PhoneTask[];
  readonly lastVisitOn: PlainDate | null;
  readonly lastSbp: number | null;
  readonly lastDbp: number | null;
  /** Earliest due step of a disease being looked for, with what to do. */
  readonly episode: { readonly dueOn: PlainDate; readonly nextStep: string } | null;
  /** The screening campaign that ends first. */
  readonly call: { readonly campaignId: string; readonly dueOn: PlainDate; readonly name: string } | null;
  /** Earliest owed contract service. */
  readonly contract: { readonly dueOn: PlainDate; readonly label: string } | null;
  /** The refusal to be asked about first, and what was refused. */
  readonly ask: { readonly dueOn: PlainDate; readonly label: string } | null;
  /** What waits for the village about a referral. */
  readonly referral: { readonly dueOn: PlainDate; readonly label: string } | null;
  readonly colour: 'green' | 'yellow' | 'red' | null;
  readonly hasConflict: boolean;
}

/** Why somebody is on today's list. */
export type TodayReasonKind =
  | 'crisis'
  | 'refer'
  | 'referral'
  | 'recheck'
  | 'overdue'
  | 'due'
  | 'soon'
  | 'ask'
  | 'screening'
  | 'contract';

export interface TodayItem {
  readonly person: PersonLine;
  /** Most urgent first. */
  readonly reasons: readonly {
    readonly kind: TodayReasonKind;
    readonly dueOn: PlainDate;
    readonly text: string;
    /** The task to visit for or to close; absent for referrals, refusals, screening and contract items. */
    readonly taskId?: string;
  }[];
}
