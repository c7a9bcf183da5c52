import type { PatientRecord } from '#clinical/assess/patient-record.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { VisitDetail } from '../contract.ts';

/** What every part of the visit is given. */
export interface VisitPart {
  readonly visit: VisitDetail;
  /** The person as the engine sees them; undefined while it loads. */
  readonly record: PatientRecord | undefined;
  readonly today: PlainDate;
  /** The visit is open and the user may write in the clinic. */
  readonly mayTreat: boolean;
}
