import { createHash } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import type { z } from 'zod';
import { plainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { EndpointResponse } from '#standards/endpoint.ts';
import type { checkPeople } from '../check-contract.ts';
import { comparedText } from '../domain/compare-document.ts';
import type { CompactDocument } from '../domain/person-document.ts';
import { findDevice } from './devices.ts';
import { mostPeopleOnAPhone, within } from './pull-changes.ts';
import { readPersonDocuments } from './read-person-documents.ts';

type Question = z.output<NonNullable<(typeof checkPeople)['body']>>;
type Slice = Question['slices'][number];

/**
 * Compares slices of what a phone holds with what it should hold, and answers everybody of the slices that differ, which
 * mends them. A difference that no change since the phone's cursor explains is written down for support.
 */
export async function comparePeople(
  tx: Transaction<Tables>,
  actor: Actor,
  question: Question,
  now: Date,
): Promise<EndpointResponse<typeof checkPeople> | Refused> {
  const device = await findDevice(tx, actor, question.deviceId);
  if (!device) return refused('not-found', { detail: '这台手机尚未登记，请重新登录。' });
  // A phone called back or of another scope learns that at its next pull.
  if (device.state !== 'active' || device.paths.join(' ') !== question.scope)
    return { differing: [], documents: [] };
  const day = plainDate(question.day);
  const differing: number[] = [];
  const documents: CompactDocument[] = [];
  let isUnexplained = false;
  for (const [place, slice] of question.slices.entries()) {
    const ids = await idsOf(tx, actor, device.paths, slice);
    const own = await readPersonDocuments(tx, actor.countyId, ids, day);
    const digest = createHash('sha256').update(own.map((one) => comparedText(one, day)).join('\n'));
    if (digest.digest('hex') === slice.sha256) continue;
    differing.push(place);
    documents.push(...own);
    isUnexplained ||= !(await hasChanged(tx, actor, slice, question.cursor));
  }
  if (isUnexplained) {
    await tx
      .updateTable('field_device')
      .set({ differed_at: now })
      .where('county_id', '=', actor.countyId)
      .where('device_id', '=', question.deviceId)
      .where('staff_id', '=', actor.staffId)
      .execute();
    const detail = { people: documents.length };
    await recordAudit(tx, actor, { action: 'field.mend', subject: question.deviceId, detail, now });
  }
  return { differing, documents };
}

async function idsOf(
  tx: Transaction<Tables>,
  actor: Actor,
  paths: Parameters<typeof within>[1],
  slice: Slice,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from resident where county_id = ${actor.countyId} and ${within(sql`org_path`, paths)}
      and status in ('active', 'lost')
      and (${slice.after}::uuid is null or id > ${slice.after}::uuid)
      and (${slice.through}::uuid is null or id <= ${slice.through}::uuid)
    order by id limit ${mostPeopleOnAPhone}`.execute(tx);
  return rows.map((row) => row.id);
}

async function hasChanged(
  tx: Transaction<Tables>,
  actor: Actor,
  slice: Slice,
  cursor: string,
): Promise<boolean> {
  const [xid = '0'] = cursor.split(':');
  const { rows } = await sql<{ found: boolean }>`
    select exists (select 1 from change_feed where county_id = ${actor.countyId} and xid >= ${xid}::xid8
      and (${slice.after}::uuid is null or resident_id > ${slice.after}::uuid)
      and (${slice.through}::uuid is null or resident_id <= ${slice.through}::uuid)) as found`.execute(tx);
  return rows[0]?.found ?? false;
}
