import type pg from 'pg';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { KeyRing } from '#platform/server/crypto/key-ring.ts';
import type { DoctorHabits } from './demo-care.ts';
import type { CountyPlan } from './plan-organizations.ts';
import type { IdMaker, Random } from './random.ts';

export interface FillInput {
  /** Connection of the owner role. */
  readonly ownerUrl: string;
  readonly countyId: string;
  readonly residents: number;
  readonly seed: number;
  readonly today: PlainDate;
  /** What seals identity numbers, telephones and addresses. */
  readonly keys: KeyRing;
  /** Load in bulk above this many residents, for tests of that way. */
  readonly bulkAbove?: number;
  readonly onProgress?: (message: string) => void;
}

export interface VillageDoctor extends DoctorHabits {
  readonly id: string;
}

/** A demo county as it is planned, before the database knows of it. */
export interface PlannedFill extends FillInput {
  readonly random: Random;
  readonly ids: IdMaker;
  readonly plan: CountyPlan;
  /** The doctor of each village, by the clinic's id. */
  readonly doctors: ReadonlyMap<string, VillageDoctor>;
}

/** What each part of the demo county is given to add its rows, inside the one transaction of the fill. */
export interface CountyFill extends PlannedFill {
  /** Stands in the transaction; row-level security does not bind it there. */
  readonly client: pg.Client;
}

/** Adds the rows of one capability. */
export type FillStep = (fill: CountyFill) => Promise<void>;
