import type { Transaction } from 'kysely';
import { loadPatientRecord } from '#capabilities/assessment/server/public.ts';
import { conditionLabels } from '#clinical/conditions.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import {
  findReadingKind,
  type ReadingContext,
  readingContexts,
} from '#standards/measurements/reading-kinds.ts';

/** What the receiving house is told of a person: it sees nothing else of them. */
export interface ReferralSummary {
  readonly person: {
    readonly name: string;
    readonly sex: string;
    readonly birthDate: PlainDate;
    /** Of somebody a hospital found: by which the house that receives them knows its own, and where to reach them. */
    readonly idNo?: string;
    readonly phone?: string;
  };
  readonly conditions: readonly string[];
  readonly readings: readonly {
    readonly label: string;
    readonly value: number;
    readonly unit: string;
    readonly on: PlainDate;
    readonly context: string | null;
  }[];
  readonly medicines: readonly string[];
}

/**
 * What the receiving doctor should know: who, diseases, the last reading of each kind with its day and where it was taken,
 * medicines with their dose.
 */
export async function drawSummary(
  tx: Transaction<Tables>,
  input: {
    countyId: string;
    residentId: string;
    person: ReferralSummary['person'];
    today: PlainDate;
  },
): Promise<ReferralSummary> {
  const record = await loadPatientRecord(tx, input);
  const latest = new Map<string, NonNullable<typeof record>['measurements'][number]>();
  for (const one of record?.measurements ?? []) {
    const held = latest.get(one.kind);
    if (!held || one.on > held.on) latest.set(one.kind, one);
  }
  const conditions = [
    ...(record?.conditions ?? []),
    ...(record?.programs ?? []).map((one) => one.program),
  ].map((one) => conditionLabels[one]);
  return {
    person: input.person,
    conditions: [...new Set(conditions)],
    readings: [...latest].flatMap(([kind, { value, on, context }]) => {
      const known = findReadingKind(kind);
      const place = context && Object.hasOwn(readingContexts, context) ? context : undefined;
      return known
        ? [
            {
              label: known.label,
              value,
              unit: known.shown,
              on,
              context: place ? readingContexts[place as ReadingContext] : null,
            },
          ]
        : [];
    }),
    medicines: (record?.medicines ?? []).map(({ name, dailyDose }) =>
      dailyDose === undefined ? name : `${name} 每日 ${dailyDose} mg`,
    ),
  };
}
