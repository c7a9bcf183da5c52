import type { Program } from '#capabilities/residents/contract.ts';
import type { PlainDate } from '#kernel/plain-date.ts';

/** A sheet as it arrives to be saved, new or as a correction. */
export interface SheetInput {
  readonly operationId: string;
  readonly recordId: string;
  /** The encounter it was written at; sheets of one merged visit share it. */
  readonly visitId: string;
  readonly residentId: string;
  readonly program: Program;
  readonly formEdition: string;
  readonly answers: unknown;
  readonly laterThanRuleReason?: string | undefined;
  readonly correction?: { readonly supersedesId: string; readonly reason: string };
  readonly today: PlainDate;
  readonly now: Date;
}
