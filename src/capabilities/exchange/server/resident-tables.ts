import type { ResidentTable } from '#platform/server/database/resident-table.ts';

/** Rows of imported rosters say what a file held; they stay as they were. */
export const exchangeTables: readonly ResidentTable[] = [
  {
    table: 'roster_import_row',
    title: '花名册行',
    key: ['import_id', 'row_no'],
    onMove: 'stays',
    onMerge: { kind: 'stays', why: '导入当时的结果' },
  },
];
