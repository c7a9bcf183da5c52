import type { ContactMeans } from '#capabilities/closing/domain/closing-words.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { PhoneReferral } from './phone-referral.ts';
import { type PhoneReading, seriesOf, type WireVisit } from './wire-visit.ts';

/** A disease a person is managed for, as the phone needs it. */
export type PhoneProgram = 'hypertension' | 'type-2-diabetes' | 'copd';

/** An open programme with what its follow-up sheet needs to start without a server. */
export interface PhoneProgramState {
  readonly program: PhoneProgram;
  readonly enrollmentId: string;
  /** Version of the programme record, for closing it. */
  readonly version: number;
  readonly enrolledOn: PlainDate;
  readonly diagnosedOn: string | null;
  /** Classes (1–4) of the last valid sheets, newest first, at most four. */
  readonly classes: readonly (1 | 2 | 3 | 4)[];
  readonly lastVisitOn: PlainDate | null;
  /** Last valid sheet: edition and all its answers; what may be taken over is decided by `prefillFollowUp`. */
  readonly last: {
    readonly recordId: string;
    readonly edition: string;
    readonly on: PlainDate;
    readonly answers: FormAnswers;
  } | null;
}

/** A follow-up that is open. */
export interface PhoneTask {
  readonly id: string;
  readonly enrollmentId: string;
  readonly program: PhoneProgram;
  readonly kind: 'crisis' | 'refer' | 'recheck' | 'routine';
  readonly dueOn: PlainDate;
  readonly latestOn: PlainDate;
  readonly reason: string;
}

/** One filed sheet of the last two years in one line. */
export interface PhoneVisit {
  readonly on: PlainDate;
  /** Form code, e.g. `hypertension-follow-up`, `annual-checkup`, `first-visit-blood-pressure`. */
  readonly form: string;
  readonly mode: string | null;
  /** Class printed on a follow-up sheet. */
  readonly formClass: 1 | 2 | 3 | 4 | null;
  /** Who filed it. */
  readonly by: string;
  /** True while it is known to this phone only. */
  readonly isLocal?: true;
}

/** A step of finding a disease that waits for somebody: recheck, confirmation, enrolment. */
export interface PhoneEpisode {
  readonly condition: string;
  readonly state: 'normal' | 'high-risk' | 'suspected' | 'confirmed' | 'enrolled' | 'closed';
  readonly since: PlainDate;
  readonly dueOn: PlainDate | null;
  readonly nextStep: string;
}

/** A running screening campaign the person is on and not yet seen for. */
export interface PhoneCall {
  readonly campaignId: string;
  readonly name: string;
  readonly endsOn: PlainDate;
}

/** What the family-doctor contract still owes. */
export interface PhoneContract {
  readonly id: string;
  readonly doctorName: string;
  readonly validTo: PlainDate;
  readonly due: readonly {
    readonly label: string;
    readonly planned: number;
    readonly done: number;
    readonly nextDueOn: PlainDate | null;
  }[];
}

/** A medicine somebody takes, as the sheet or the plan has it. */
export interface TakenMedicine {
  readonly name: string;
  /** Of the formulary, where it was picked from it. */
  readonly code?: string;
  readonly dosePerTime?: number;
  readonly doseUnit?: string;
  readonly timesPerDay?: number;
  readonly note?: string;
}

/** The last plan the one-stop centre made with the person: what to reach, what to take, when to come again. */
export interface PhoneCarePlan {
  readonly on: PlainDate;
  readonly by: string;
  readonly goals: readonly { readonly label: string; readonly target: string }[];
  readonly medicines: readonly TakenMedicine[];
  readonly monitoring: readonly { readonly what: string; readonly often: string }[];
  readonly nextOn: string | null;
}

/** An attempt to reach a person who may be lost. */
export interface PhoneAttempt {
  readonly on: PlainDate;
  readonly means: ContactMeans;
  /** True while it is known to this phone only. */
  readonly isLocal?: true;
}

/** A refusal nobody has answered since, with the day to ask again; of all management when no disease is named. */
export interface PhoneRefusal {
  readonly program: PhoneProgram | null;
  readonly on: PlainDate;
  readonly reviewOn: PlainDate;
  readonly note: string | null;
}

/**
 * When somebody who is managed was last examined, however long ago: by the calendar alone nothing of it changes, so that
 * phone and server stay alike without a word.
 */
export interface PhoneExaminations {
  /** Last day by what was looked at: `ecg`, `retina`, `checkup`… Nothing recorded: empty. */
  readonly done: Readonly<Record<string, PlainDate>>;
  /** Last reading of the tests that give one, by its kind. */
  readonly readings?: Readonly<Record<string, readonly [on: PlainDate, value: number]>>;
}

/** Two different values for one field of a person's record; both stay readable until somebody decides. */
export interface PhoneConflict {
  readonly id: string;
  readonly field: string;
  readonly kept: unknown;
  readonly keptBy: string;
  readonly offered: unknown;
  readonly offeredBy: string;
  readonly at: string;
}

/** Two sheets of one form on one day that may be the same visit filed twice; a person judges. */
export interface PhoneLikelyDuplicate {
  readonly form: string;
  readonly on: PlainDate;
  readonly recordIds: readonly string[];
  readonly by: readonly string[];
}

/**
 * Everything a village doctor's phone holds of one person. The full identity number never leaves the server. Empty lists
 * and missing values are left out of the wire; `completeDocument` puts them back.
 */
export interface PersonDocument {
  readonly id: string;
  readonly name: string;
  /** Pinyin initials, all readings of the name. */
  readonly initials: readonly string[];
  readonly sex: '0' | '1' | '2' | '9';
  readonly birthDate: PlainDate;
  /** Last six places of the identity number. */
  readonly idTail: string | null;
  readonly phone: string | null;
  readonly archiveNo: string;
  readonly organizationId: string;
  readonly status: 'active' | 'moved' | 'dead' | 'lost' | 'closed';
  readonly statusOn: PlainDate | null;
  /** Version of the personal information, the base of edits. */
  readonly version: number;
  readonly formEdition: string;
  /** The personal-information form without the identity number. */
  readonly information: FormAnswers;
  readonly programs: readonly PhoneProgramState[];
  readonly tasks: readonly PhoneTask[];
  /** Two years, newest first. */
  readonly visits: readonly PhoneVisit[];
  /** Two years of readings by kind (`sbp`, `dbp`, `fasting-glucose`, `spo2`, `weight`…), newest first. */
  readonly series: Readonly<Record<string, readonly PhoneReading[]>>;
  readonly episodes: readonly PhoneEpisode[];
  readonly calls: readonly PhoneCall[];
  readonly contract: PhoneContract | null;
  readonly plan: PhoneCarePlan | null;
  /** The grade that stands, with the interval the county's scheme gave it. */
  readonly grade: {
    readonly tier: string;
    readonly colour: 'green' | 'yellow' | 'red';
    readonly everyDays?: number;
  } | null;
  readonly lastCheckupOn: PlainDate | null;
  /** Absent: not known here, which is not "never"; a document stored before they travelled, or somebody enrolled on this phone. */
  readonly examined?: PhoneExaminations;
  /** Attempts to reach the person, newest first; a document stored before they travelled has none until the next sync. */
  readonly attempts: readonly PhoneAttempt[];
  readonly refusals?: readonly PhoneRefusal[];
  /** Newest first: those that go on and the last one; a document stored before they travelled has none. */
  readonly referrals?: readonly PhoneReferral[];
  /** The day the person was found again after a loss. */
  readonly returnedOn?: PlainDate | null;
  readonly conflicts: readonly PhoneConflict[];
  readonly likelyDuplicates: readonly PhoneLikelyDuplicate[];
  /** What the medicine rules must mind of conditions that do not leave the server. */
  readonly situations?: readonly string[];
  /** True while the person is registered on this phone only. */
  readonly isLocal?: true;
}

/** The document as it travels and is stored: whatever is empty or follows from the rest is left out. */
export type CompactDocument = Pick<PersonDocument, 'id' | 'name' | 'sex' | 'birthDate'> &
  Partial<Omit<PersonDocument, 'visits' | 'series'>> & { readonly sheets?: readonly WireVisit[] };

const empty: Omit<PersonDocument, 'id' | 'name' | 'sex' | 'birthDate'> = {
  initials: [],
  idTail: null,
  phone: null,
  archiveNo: '',
  organizationId: '',
  status: 'active',
  statusOn: null,
  version: 1,
  formEdition: '2017',
  information: {},
  programs: [],
  tasks: [],
  visits: [],
  series: {},
  episodes: [],
  calls: [],
  contract: null,
  plan: null,
  grade: null,
  lastCheckupOn: null,
  attempts: [],
  conflicts: [],
  likelyDuplicates: [],
};

/** Puts back what the wire leaves out. */
export function completeDocument(compact: CompactDocument): PersonDocument {
  const { sheets = [], ...known } = compact;
  const series = seriesOf(sheets);
  return {
    ...empty,
    ...known,
    information: {
      name: compact.name,
      gender: compact.sex,
      birthDate: compact.birthDate,
      ...(compact.phone ? { phone: compact.phone } : {}),
      ...compact.information,
    },
    visits: sheets.map(([on, form, mode, formClass, by]) => ({
      on,
      form,
      mode,
      formClass: formClass === 0 ? null : formClass,
      by,
    })),
    series,
  };
}

/** Leaves out what is empty, so that the wire and the store stay small. */
export function leaveOutEmpty(document: CompactDocument): CompactDocument {
  const kept = Object.entries(document).filter(
    ([, value]) =>
      value !== null &&
      value !== undefined &&
      !(Array.isArray(value) && value.length === 0) &&
      !(typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0),
  );
  return Object.fromEntries(kept) as unknown as CompactDocument;
}
