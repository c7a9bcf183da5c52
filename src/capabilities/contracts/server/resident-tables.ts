import { sql } from 'kysely';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { ResidentTable } from '#platform/server/database/resident-table.ts';

const endedByMerge = (today: PlainDate) => ({
  columns: ['ended_on', 'end_reason', 'end_note', 'version'],
  set: sql`ended_on = ${today}::date, end_reason = 'other', end_note = '档案合并', version = t.version + 1`,
});

/** Family-doctor contracts and offers. */
export const contractTables: readonly ResidentTable[] = [
  {
    table: 'contract',
    title: '签约',
    key: ['id'],
    onMove: 'follows',
    bornAt: 'created_at',
    onMerge: {
      kind: 'moves',
      // A term that ran out long ago must not end the one that still holds.
      givesWay: ({ today }) => ({
        ...endedByMerge(today),
        when: sql`t.ended_on is null and t.valid_to < ${today}::date`,
        equal: sql`k.ended_on is null and k.valid_to >= ${today}::date`,
      }),
      yields: ({ today }) => ({
        ...endedByMerge(today),
        when: sql`t.ended_on is null`,
        equal: sql`k.ended_on is null`,
      }),
    },
    onEnd: (end) =>
      end.kind === 'dead' || end.kind === 'moved'
        ? {
            columns: ['ended_on', 'end_reason', 'version'],
            set: sql`ended_on = ${end.onDay}::date, end_reason = ${end.kind}, version = t.version + 1`,
            when: sql`t.ended_on is null`,
          }
        : undefined,
  },
  {
    table: 'contract_offer',
    title: '签约引导',
    key: ['id'],
    onMove: 'follows',
    bornAt: 'recorded_at',
    onMerge: { kind: 'moves' },
  },
];
