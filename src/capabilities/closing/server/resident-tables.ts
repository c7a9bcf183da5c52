import type { ResidentTable } from '#platform/server/database/resident-table.ts';

/** How records came to an end, and who tried to reach the person. */
export const closingTables: readonly ResidentTable[] = [
  {
    table: 'resident_status_event',
    title: '档案状态变化',
    key: ['id'],
    onMove: 'follows',
    onMerge: { kind: 'stays', why: '每份档案自己的状态' },
  },
  {
    table: 'contact_attempt',
    title: '联系尝试',
    key: ['id'],
    onMove: 'follows',
    bornAt: 'recorded_at',
    onMerge: { kind: 'moves' },
  },
  {
    table: 'handover',
    title: '迁移交接',
    key: ['id'],
    onMove: 'stays',
    onMerge: { kind: 'stays', why: '每份档案自己的迁移' },
  },
];
