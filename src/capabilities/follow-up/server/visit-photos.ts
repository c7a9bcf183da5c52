import type { Transaction } from 'kysely';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import { type KeyRing, openField, sealField } from '#platform/server/crypto/key-ring.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { faultOfPhoto, photoFaultWords, photoLimits } from '../domain/visit-photo.ts';

const placeOf = (photoId: string) => `visit_photo/content/${photoId}`;

/**
 * Keeps a photo with its visit, sealed under the county's key. Refuses what is not a small plain JPEG, a visit that is not
 * there for this actor, and more photos than a visit may have.
 */
export async function keepVisitPhoto(
  tx: Transaction<Tables>,
  actor: Actor,
  keys: KeyRing,
  input: {
    photoId: string;
    visitId: string;
    residentId: string;
    operationId: string;
    bytes: Buffer;
    now: Date;
  },
): Promise<{ photoId: string } | Refused> {
  const fault = faultOfPhoto(input.bytes);
  if (fault)
    return refused(fault === 'too-big' ? 'too-large' : 'unsupported-file', {
      detail: photoFaultWords[fault],
    });
  const visit = await tx
    .selectFrom('form_record')
    .select('org_path')
    .where('county_id', '=', actor.countyId)
    .where('visit_id', '=', input.visitId)
    .where('resident_id', '=', input.residentId)
    .limit(1)
    .executeTakeFirst();
  if (!visit) return refused('not-found', { detail: '这张照片所属的随访不在您的管理范围或没有入档。' });
  const kept = await tx
    .selectFrom('visit_photo')
    .select('id')
    .where('county_id', '=', actor.countyId)
    .where('visit_id', '=', input.visitId)
    .execute();
  if (kept.length >= photoLimits.perVisit)
    return refused('too-large', { detail: `一次随访最多 ${photoLimits.perVisit} 张照片。` });
  await tx
    .insertInto('visit_photo')
    .values({
      county_id: actor.countyId,
      id: input.photoId,
      visit_id: input.visitId,
      resident_id: input.residentId,
      org_path: visit.org_path,
      operation_id: input.operationId,
      media_type: 'image/jpeg',
      byte_count: input.bytes.length,
      content: sealField(keys, placeOf(input.photoId), input.bytes.toString('base64')),
      received_at: input.now,
      recorded_by: actor.staffId,
    })
    .execute();
  const { residentId, now } = input;
  await recordAudit(tx, actor, { action: 'visit-photo.add', residentId, subject: input.photoId, now });
  return { photoId: input.photoId };
}

/** The photos of a visit without their content; undefined when there is no such visit in the actor's scope. */
export async function readVisitPhotos(tx: Transaction<Tables>, actor: Actor, visitId: string) {
  const visit = await tx
    .selectFrom('form_record')
    .select('resident_id')
    .where('county_id', '=', actor.countyId)
    .where('visit_id', '=', visitId)
    .limit(1)
    .executeTakeFirst();
  if (!visit) return undefined;
  const rows = await tx
    .selectFrom('visit_photo as p')
    .innerJoin('staff as s', (join) =>
      join.onRef('s.county_id', '=', 'p.county_id').onRef('s.id', '=', 'p.recorded_by'),
    )
    .select(['p.id', 'p.byte_count', 'p.received_at', 's.name'])
    .where('p.county_id', '=', actor.countyId)
    .where('p.visit_id', '=', visitId)
    .orderBy('p.received_at')
    .orderBy('p.id')
    .execute();
  return rows.map((row) => ({
    photoId: row.id,
    byteCount: row.byte_count,
    receivedAt: row.received_at.toISOString(),
    recordedByName: row.name,
  }));
}

/** The bytes of a photo, with the look written into the trail; undefined out of scope. */
export async function openVisitPhoto(
  tx: Transaction<Tables>,
  actor: Actor,
  keys: KeyRing,
  input: { photoId: string; now: Date },
): Promise<Buffer | undefined> {
  const row = await tx
    .selectFrom('visit_photo')
    .select(['content', 'resident_id'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.photoId)
    .executeTakeFirst();
  if (!row) return undefined;
  const { photoId, now } = input;
  await recordAudit(tx, actor, {
    action: 'visit-photo.read',
    residentId: row.resident_id,
    subject: photoId,
    now,
  });
  return Buffer.from(openField(keys, placeOf(photoId), row.content), 'base64');
}
