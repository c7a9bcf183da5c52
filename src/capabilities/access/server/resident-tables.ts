import type { ResidentTable } from '#platform/server/database/resident-table.ts';

/** Looks past one's own people; whose they were does not change afterwards. */
export const accessTables: readonly ResidentTable[] = [
  {
    table: 'emergency_access',
    title: '紧急查阅',
    key: ['id'],
    onMove: 'follows',
    onMerge: { kind: 'moves' },
  },
];
