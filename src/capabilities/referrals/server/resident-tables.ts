import { sql } from 'kysely';
import type { ResidentTable } from '#platform/server/database/resident-table.ts';

/** Referrals between houses. One that nobody has come to yet ends with the record; who has come is still answered for. */
export const referralTables: readonly ResidentTable[] = [
  {
    table: 'referral_request',
    title: '转诊',
    key: ['id'],
    onMove: 'follows',
    bornAt: 'requested_at',
    onMerge: { kind: 'moves' },
    onEnd: (end) =>
      end.kind === 'dead' || end.kind === 'moved'
        ? {
            columns: ['status', 'receiver_until', 'version'],
            set: sql`status = 'withdrawn', version = t.version + 1,
              receiver_until = case when t.receiver_until is not null then ${end.now}::timestamptz end`,
            when: sql`t.status in ('requested','accepted','declined','not-arrived')`,
          }
        : undefined,
  },
];
