import type { ResidentTable } from '#platform/server/database/resident-table.ts';

/** What phones and the server said to each other about a record; it keeps the record's number. */
export const fieldSyncTables: readonly ResidentTable[] = [
  {
    table: 'change_feed',
    title: '变化记录',
    key: ['xid', 'resident_id'],
    onMove: 'stays',
    onMerge: { kind: 'stays', why: '每次改动自有一行' },
  },
  {
    table: 'made_under',
    title: '手机填表所用版本',
    key: ['record_id'],
    onMove: 'follows',
    bornAt: 'received_at',
    onMerge: { kind: 'moves' },
  },
  {
    table: 'held_operation',
    title: '留待处理的操作',
    key: ['operation_id'],
    onMove: 'stays',
    onMerge: { kind: 'stays', why: '按手机所写的档案处理' },
  },
  {
    table: 'person_conflict',
    title: '个人信息不一致',
    key: ['id'],
    onMove: 'follows',
    onMerge: { kind: 'stays', why: '每份档案自己的问题' },
  },
];
