import type { ResidentTable } from '#platform/server/database/resident-table.ts';

/** What a person agreed to goes where the person goes; of two records made one the last word counts. */
export const privacyTables: readonly ResidentTable[] = [
  {
    table: 'consent_event',
    title: '知情同意',
    key: ['id'],
    onMove: 'follows',
    bornAt: 'recorded_at',
    onMerge: { kind: 'moves' },
  },
];
