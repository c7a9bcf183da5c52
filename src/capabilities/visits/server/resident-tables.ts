import { sql } from 'kysely';
import type { ResidentTable } from '#platform/server/database/resident-table.ts';

/** Visits at the centre and plans. */
export const visitTables: readonly ResidentTable[] = [
  {
    table: 'centre_visit',
    title: '中心就诊',
    key: ['id'],
    onMove: 'follows',
    bornAt: 'created_at',
    onMerge: {
      kind: 'moves',
      yields: ({ now }) => ({
        columns: ['status', 'closed_at', 'version'],
        set: sql`status = 'left', closed_at = ${now}, version = t.version + 1`,
        when: sql`t.status = 'open'`,
        equal: sql`k.status = 'open' and k.organization_id = t.organization_id and k.arrived_on = t.arrived_on`,
      }),
    },
    onEnd: (end) =>
      end.kind === 'dead' || end.kind === 'moved'
        ? {
            columns: ['status', 'closed_at', 'version'],
            set: sql`status = 'left', closed_at = ${end.now}, version = t.version + 1`,
            when: sql`t.status in ('open','resting')`,
          }
        : undefined,
  },
  {
    table: 'visit_step',
    title: '就诊环节',
    key: ['visit_id', 'seq'],
    onMove: 'follows',
    childOf: { table: 'centre_visit', by: 'visit_id' },
    onMerge: { kind: 'moves' },
  },
  {
    table: 'care_plan',
    title: '健康管理方案',
    key: ['id'],
    onMove: 'follows',
    bornAt: 'made_at',
    onMerge: { kind: 'moves', renumbers: 'plan_version' },
  },
  {
    table: 'danger_event',
    title: '异常情况',
    key: ['id'],
    onMove: 'follows',
    bornAt: 'found_at',
    onMerge: {
      kind: 'moves',
      yields: ({ now }) => ({
        columns: ['outcome', 'note', 'closed_at', 'version'],
        set: sql`outcome = 'record-ended', note = '档案合并，另一份档案上的一件仍在处理', closed_at = ${now},
          version = t.version + 1`,
        when: sql`t.closed_at is null`,
        equal: sql`k.closed_at is null`,
      }),
    },
    onEnd: (end) => ({
      columns: ['outcome', 'closed_at', 'version'],
      set: sql`outcome = 'record-ended', closed_at = ${end.now}, version = t.version + 1`,
      when: sql`t.closed_at is null`,
    }),
  },
  {
    // Stands where it was measured, whoever it turned out to be.
    table: 'self_test',
    title: '自助检测',
    key: ['id'],
    onMove: 'stays',
    bornAt: 'claimed_at',
    onMerge: { kind: 'moves' },
  },
];
