import type { DatedEdition } from '#kernel/choose-edition.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import { leaseLimits } from './phone-lease.ts';

/**
 * Last day on which the server takes a sheet of an edition from a phone that had not heard of a newer one: it may be without
 * a network for as long as a county may allow. Null while the edition is in force.
 */
export function takenThroughOf({ until }: Pick<DatedEdition, 'until'>): PlainDate | null {
  return until === null ? null : addDays(until, leaseLimits.most);
}

/** When something was done with an edition, by the doctor and by the server. */
export interface EditionDays {
  readonly occurredOn: PlainDate | undefined;
  /** By the phone, when it says so. */
  readonly begunOn: PlainDate | undefined;
  readonly receivedOn: PlainDate;
}

/**
 * Whether the server still takes a sheet of this edition: the day it is about lies while it was in force, it was begun
 * then, or it comes from a phone that may not have heard of the new one yet. The last asks no phone for its clock.
 */
export function isEditionTaken(edition: Pick<DatedEdition, 'until'>, days: EditionDays): boolean {
  const { until } = edition;
  const takenThrough = takenThroughOf(edition);
  if (until === null || takenThrough === null) return true;
  const [occurred, begun] = [days.occurredOn, days.begunOn];
  return (
    (occurred !== undefined && occurred <= until) ||
    (begun !== undefined && begun <= until) ||
    days.receivedOn <= takenThrough
  );
}
