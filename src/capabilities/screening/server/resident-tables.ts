import { sql } from 'kysely';
import type { ResidentTable } from '#platform/server/database/resident-table.ts';

const asItWas = '名单与当时的结果一起保留';

/** Campaign lists, family consent and grades. */
export const screeningTables: readonly ResidentTable[] = [
  {
    table: 'campaign_person',
    title: '筛查对象',
    key: ['campaign_id', 'resident_id'],
    onMove: 'follows',
    onMerge: { kind: 'stays', why: asItWas },
  },
  {
    table: 'campaign_attempt',
    title: '筛查上门',
    key: ['id'],
    onMove: 'follows',
    onMerge: { kind: 'stays', why: asItWas },
  },
  {
    table: 'family_consent',
    title: '家庭成员知情同意',
    key: ['id'],
    onMove: 'follows',
    bornAt: 'recorded_at',
    onMerge: { kind: 'moves', leaves: sql`t.revoked_on is null and k.revoked_on is null` },
  },
  {
    table: 'grade_event',
    title: '分级评定',
    key: ['id'],
    onMove: 'follows',
    bornAt: 'recorded_at',
    onMerge: { kind: 'moves', leaves: sql`t.batch_id is not null and k.batch_id = t.batch_id` },
  },
  {
    table: 'current_grade',
    title: '现行分级',
    key: ['resident_id'],
    onMove: 'follows',
    onMerge: { kind: 'moves', leaves: sql`true` },
  },
  {
    table: 'examination_due',
    title: '到期检查',
    key: ['resident_id', 'test'],
    onMove: 'follows',
    onMerge: { kind: 'stays', why: '每天按保留的档案重新推算' },
  },
  {
    table: 'grading_batch_person',
    title: '批量评定名单',
    key: ['batch_id', 'resident_id'],
    onMove: 'follows',
    onMerge: { kind: 'stays', why: asItWas },
  },
];
