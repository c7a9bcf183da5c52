import type { ResidentTable } from '#platform/server/database/resident-table.ts';

/** What belongs to one record and is no fact about the person: it stays with the record it was written in. */
export const residentOwnTables: readonly ResidentTable[] = [
  {
    table: 'resident_revision',
    title: '个人基本信息历史',
    key: ['resident_id', 'version'],
    onMove: 'follows',
    onMerge: { kind: 'stays', why: '每份档案自己的修改历史' },
  },
  {
    table: 'reveal_grant',
    title: '按用途查看',
    key: ['id'],
    onMove: 'follows',
    onMerge: { kind: 'stays', why: '只对当时查看的那份档案有效' },
  },
];
