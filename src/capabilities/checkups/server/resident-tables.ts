import { sql } from 'kysely';
import type { ResidentTable } from '#platform/server/database/resident-table.ts';

const sameDay = sql`k.exam_day_id = t.exam_day_id`;

/** People and sections of exam days, and what is to be done after a checkup. */
export const checkupTables: readonly ResidentTable[] = [
  {
    table: 'exam_person',
    title: '体检日受检人',
    key: ['exam_day_id', 'resident_id'],
    onMove: 'follows',
    bornAt: 'added_at',
    onMerge: { kind: 'moves', leaves: sameDay },
    onEnd: (end) =>
      end.kind === 'dead' || end.kind === 'moved'
        ? { columns: ['status'], set: sql`status = 'absent'`, when: sql`t.status = 'waiting'` }
        : undefined,
  },
  {
    table: 'exam_section',
    title: '体检分站记录',
    key: ['exam_day_id', 'resident_id', 'seq'],
    onMove: 'follows',
    childOf: { table: 'exam_person', by: 'exam_day_id' },
    onMerge: {
      kind: 'moves',
      staysWith: sql`exists (select 1 from exam_person p where p.county_id = t.county_id
        and p.exam_day_id = t.exam_day_id and p.resident_id = t.resident_id)`,
    },
  },
  {
    table: 'checkup_task',
    title: '体检后待办',
    key: ['id'],
    onMove: 'follows',
    managedBy: 'organization_id',
    childOf: { table: 'form_record', by: 'record_id' },
    onMerge: { kind: 'moves' },
    onEnd: (end) =>
      end.kind === 'dead' || end.kind === 'moved'
        ? {
            columns: ['closed_at', 'closed_by', 'close_note'],
            set: sql`closed_at = ${end.now}, closed_by = ${end.staffId}::uuid,
              close_note = ${end.kind === 'dead' ? '居民死亡' : '居民迁出'}`,
            when: sql`t.closed_at is null`,
          }
        : undefined,
  },
];
