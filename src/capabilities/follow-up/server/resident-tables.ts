import { sql } from 'kysely';
import type { ResidentTable } from '#platform/server/database/resident-table.ts';

/** Follow-up tasks and photos of visits, and what becomes of them with the person's record. */
export const followUpTables: readonly ResidentTable[] = [
  {
    table: 'follow_up_task',
    title: '随访任务',
    key: ['id'],
    onMove: 'follows',
    managedBy: 'organization_id',
    childOf: { table: 'enrollment', by: 'enrollment_id' },
    onMerge: {
      kind: 'moves',
      yields: ({ now }) => ({
        columns: ['closed_at', 'close_reason', 'close_note'],
        set: sql`closed_at = ${now}, close_reason = 'enrollment-closed', close_note = '档案合并'`,
        when: sql`t.closed_at is null and exists (select 1 from enrollment e where e.county_id = t.county_id
          and e.id = t.enrollment_id and e.closed_on is not null)`,
      }),
    },
    onEnd: (end) => ({
      columns: ['closed_at', 'close_reason'],
      set: sql`closed_at = ${end.now}, close_reason = ${end.kind}`,
      when: sql`t.closed_at is null`,
    }),
  },
  {
    table: 'visit_photo',
    title: '随访照片',
    key: ['id'],
    onMove: 'follows',
    bornAt: 'received_at',
    onMerge: { kind: 'moves' },
  },
];
