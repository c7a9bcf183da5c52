import { sql } from 'kysely';
import type { ResidentTable } from '#platform/server/database/resident-table.ts';
import { countCheckupYears } from './count-checkup-years.ts';

/** Sheets with their readings and verdicts, and the year's checkup. */
export const recordTables: readonly ResidentTable[] = [
  {
    table: 'form_record',
    title: '表单记录',
    key: ['id'],
    onMove: 'follows',
    bornAt: 'received_at',
    onMerge: { kind: 'moves' },
  },
  {
    table: 'measurement',
    title: '测量值',
    key: ['record_id', 'kind'],
    onMove: 'follows',
    childOf: { table: 'form_record', by: 'record_id' },
    onMerge: { kind: 'moves' },
  },
  {
    table: 'verdict',
    title: '规则结论',
    key: ['record_id', 'rule_id'],
    onMove: 'follows',
    childOf: { table: 'form_record', by: 'record_id' },
    onMerge: { kind: 'moves' },
  },
  {
    table: 'checkup_year',
    title: '年度体检',
    key: ['year', 'resident_id'],
    onMove: 'follows',
    onMerge: {
      kind: 'derived',
      async reckon(tx, { countyId, residentIds, years }) {
        // A year whose list was never opened has no lines to reckon.
        const opened = await sql<{ year: number }>`
          select y as year from unnest(${years}::smallint[]) y
          where exists (select 1 from checkup_year c where c.county_id = ${countyId} and c.year = y)`.execute(
          tx,
        );
        const listed = opened.rows.map((row) => row.year);
        for (const residentId of residentIds) await countCheckupYears(tx, countyId, residentId, listed);
      },
    },
    onEnd: (end) =>
      end.kind === 'dead' || end.kind === 'moved'
        ? { columns: ['is_due'], set: sql`is_due = false`, when: sql`t.is_due and t.done_on is null` }
        : undefined,
  },
];
