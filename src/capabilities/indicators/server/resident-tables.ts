import type { ResidentTable } from '#platform/server/database/resident-table.ts';
import { hypertensionCount } from './hypertension-count.ts';
import { rejudgeManagementYear } from './rejudge-management-years.ts';

/** Judged years: reckoned again from the facts wherever these go. */
export const indicatorTables: readonly ResidentTable[] = [
  {
    table: 'management_year',
    title: '年度管理结果',
    key: ['program', 'year', 'resident_id'],
    onMove: 'follows',
    onMerge: {
      kind: 'derived',
      async reckon(tx, { countyId, residentIds, years, today }) {
        for (const year of years)
          await rejudgeManagementYear(tx, { countyId, count: hypertensionCount, year, today, residentIds });
      },
    },
  },
];
