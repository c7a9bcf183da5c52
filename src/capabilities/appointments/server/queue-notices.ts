import { sql, type Transaction } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { Tables } from '#platform/server/database/tables.ts';
import { type NoticeChannel, type NoticeKind, noticeText, reminderDueAt } from '../domain/notice-plan.ts';
import type { HeldSlot } from './hold-slot.ts';

/** Channels every notice goes out on; one that is not configured says so on the notice. */
const channels: readonly NoticeChannel[] = ['in-app', 'log', 'sms', 'wechat'];

interface Subject {
  readonly appointmentId: string;
  readonly residentId: string;
  readonly orgPath: string;
}

/** Queues a notice about an appointment on every channel, in the transaction of what it is about. */
export async function queueNotices(
  tx: Transaction<Tables>,
  countyId: string,
  input: { subjects: readonly Subject[]; kind: NoticeKind; slot: HeldSlot; now: Date },
): Promise<void> {
  const { slot, kind, now } = input;
  if (input.subjects.length === 0) return;
  const dueAt = kind === 'appointment-reminder' ? reminderDueAt(slot, now) : now;
  const body = noticeText(kind, {
    day: slot.day,
    starts: slot.starts,
    ends: slot.ends,
    organizationName: slot.organization_name,
  });
  const rows = input.subjects.flatMap((subject) =>
    channels.map((channel) => ({ id: uuidv7(), channel, ...subject })),
  );
  await sql`
    insert into notice (county_id, id, resident_id, org_path, kind, channel, body, due_at, subject_id, created_at)
    select ${countyId}, x.id, x."residentId", x."orgPath", ${kind}, x.channel, ${body}, ${dueAt}, x."appointmentId", ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as x (id uuid, channel text, "appointmentId" uuid, "residentId" uuid, "orgPath" text)`.execute(tx);
}

/** Takes back what was queued about an appointment and not yet sent. */
export async function cancelNotices(
  tx: Transaction<Tables>,
  countyId: string,
  appointmentIds: readonly string[],
  now: Date,
): Promise<void> {
  await sql`update notice set cancelled_at = ${now}
    where county_id = ${countyId} and subject_id = any(${appointmentIds}::uuid[]) and sent_at is null
      and cancelled_at is null`.execute(tx);
}
