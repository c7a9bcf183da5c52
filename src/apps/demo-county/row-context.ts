import type { PlainDate } from '#kernel/plain-date.ts';
import type { PlannedVillage } from './plan-organizations.ts';
import { readyValues } from './ready-values.ts';

/** Where rows of one village's people belong and who writes them, as values that stand ready. */
export interface RowContext {
  readonly today: PlainDate;
  readonly county: Uint8Array;
  /** The village's path alone. */
  readonly path: Uint8Array;
  /** The village and its path. */
  readonly place: Uint8Array;
  readonly doctor: Uint8Array;
}

/** What the rows of a village have in common. */
export function rowContext(
  countyId: string,
  village: PlannedVillage,
  doctorId: string,
  today: PlainDate,
): RowContext {
  return {
    today,
    county: readyValues((row) => row.text(countyId)),
    path: readyValues((row) => row.text(village.path)),
    place: readyValues((row) => row.uuid(village.id).text(village.path)),
    doctor: readyValues((row) => row.uuid(doctorId)),
  };
}
