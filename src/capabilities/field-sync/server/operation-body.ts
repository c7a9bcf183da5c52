import type { z } from 'zod';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { KeyRing } from '#platform/server/crypto/key-ring.ts';
import type { ResidentTable } from '#platform/server/database/resident-table.ts';
import type { operationBodySchemas } from '../contract.ts';
import type { FieldOperationKind } from '../domain/field-operation.ts';

/** The body of an operation as its schema reads it. */
export type OperationBody<K extends FieldOperationKind> = z.output<(typeof operationBodySchemas)[K]>;

export interface OperationContext {
  readonly operationId: string;
  readonly residentId: string;
  readonly today: PlainDate;
  readonly now: Date;
  readonly keys: KeyRing;
  /** Every table about a resident: what ends a record ends what is open in them. */
  readonly tables: readonly ResidentTable[];
}
