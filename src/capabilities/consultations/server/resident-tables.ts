import { sql } from 'kysely';
import type { ResidentTable } from '#platform/server/database/resident-table.ts';

/** Consultations about a person. One that was not answered ends with the record; an opinion that was given stays. */
export const consultationTables: readonly ResidentTable[] = [
  {
    table: 'consultation',
    title: '会诊',
    key: ['id'],
    onMove: 'follows',
    bornAt: 'requested_at',
    onMerge: { kind: 'moves' },
    onEnd: (end) =>
      end.kind === 'dead' || end.kind === 'moved'
        ? {
            columns: ['status', 'receiver_until', 'version'],
            set: sql`status = 'withdrawn', version = t.version + 1, receiver_until = ${end.now}::timestamptz`,
            when: sql`t.status in ('requested','accepted','declined')`,
          }
        : undefined,
  },
];
