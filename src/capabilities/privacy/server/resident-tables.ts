import type { ResidentTable } from '#platform/server/database/resident-table.ts';

/** What a person agreed to and asked for goes where the person goes; of two records made one the last word counts. */
export const privacyTables: readonly ResidentTable[] = [
  {
    table: 'consent_event',
    title: '知情同意',
    key: ['id'],
    onMove: 'follows',
    bornAt: 'recorded_at',
    onMerge: { kind: 'moves' },
  },
  {
    table: 'privacy_request',
    title: '居民请求',
    key: ['id'],
    onMove: 'follows',
    bornAt: 'recorded_at',
    onMerge: { kind: 'moves' },
  },
];
