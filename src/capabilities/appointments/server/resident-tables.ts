import { sql } from 'kysely';
import type { ResidentTable } from '#platform/server/database/resident-table.ts';

/** Appointments and reminders. A cancelled booking gives its place back and does not come again by itself. */
export const appointmentTables: readonly ResidentTable[] = [
  {
    table: 'appointment',
    title: '预约',
    key: ['id'],
    onMove: 'follows',
    bornAt: 'booked_at',
    onMerge: {
      kind: 'moves',
      leaves: sql`t.status = 'booked' and k.status = 'booked' and k.slot_id = t.slot_id`,
    },
    async afterEnd(tx, end) {
      if (end.kind !== 'dead' && end.kind !== 'moved') return;
      const reason = end.kind === 'dead' ? '居民死亡' : '居民迁出';
      await sql`
        with cancelled as (
          update appointment set status = 'cancelled', cancel_reason = ${reason}, changed_at = ${end.now}, version = version + 1
          where county_id = ${end.countyId} and resident_id = ${end.residentId}::uuid and status = 'booked'
          returning slot_id)
        update clinic_slot s set taken = s.taken - c.n
        from (select slot_id, count(*)::int as n from cancelled group by slot_id) c
        where s.county_id = ${end.countyId} and s.id = c.slot_id`.execute(tx);
    },
  },
  {
    table: 'notice',
    title: '提醒',
    key: ['id'],
    onMove: 'follows',
    onMerge: { kind: 'moves' },
    onEnd: (end) =>
      end.kind === 'dead' || end.kind === 'moved'
        ? {
            columns: ['failed'],
            set: sql`failed = ${end.kind === 'dead' ? '居民死亡，不再提醒' : '居民迁出，不再提醒'}`,
            when: sql`t.sent_at is null and t.failed is null`,
          }
        : undefined,
  },
];
