import type { PlainDate } from '#kernel/plain-date.ts';

/** A sheet as it arrives to be saved, new or as a correction. */
export interface SheetInput {
  readonly operationId: string;
  readonly recordId: string;
  readonly residentId: string;
  readonly formEdition: string;
  readonly answers: unknown;
  readonly confirmed: readonly string[];
  readonly laterThanRuleReason?: string | undefined;
  readonly correction?: { readonly supersedesId: string; readonly reason: string };
  readonly today: PlainDate;
  readonly now: Date;
}
