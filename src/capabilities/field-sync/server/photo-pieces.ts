import { createHash } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import { keepVisitPhoto } from '#capabilities/follow-up/server/public.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import { type KeyRing, openField, sealField } from '#platform/server/crypto/key-ring.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { OperationBody, OperationContext } from './operation-body.ts';

/** Days after which pieces of a photo nobody finished are deleted. */
const keptDays = 30;
/** Pieces one member of staff may have waiting: some dozen photos. */
const mostWaiting = 400;

const placeOf = (photoId: string, piece: number) => `photo_piece/content/${photoId}/${piece}`;

/** Keeps one piece of a photo under way and tells which are there. The same piece again changes nothing. */
export async function keepPhotoPiece(
  tx: Transaction<Tables>,
  actor: Actor,
  keys: KeyRing,
  input: { photoId: string; piece: number; pieces: number; content: string; now: Date },
): Promise<{ held: number[] } | Refused> {
  const { photoId, piece, pieces, now } = input;
  const all = Array.from({ length: pieces }, (_, at) => at);
  const done = await tx
    .selectFrom('visit_photo')
    .select('id')
    .where('county_id', '=', actor.countyId)
    .where('id', '=', photoId)
    .executeTakeFirst();
  if (done) return { held: all };
  const { rows } = await sql<{ waiting: string }>`select count(*) as waiting from photo_piece
    where county_id = ${actor.countyId} and staff_id = ${actor.staffId}::uuid`.execute(tx);
  if (Number(rows[0]?.waiting) >= mostWaiting)
    return refused('too-large', { detail: '还有很多照片没有传完，请先联网把它们传完。' });
  await sql`delete from photo_piece where county_id = ${actor.countyId}
    and received_at < ${new Date(now.getTime() - keptDays * 86_400_000)}`.execute(tx);
  await tx
    .insertInto('photo_piece')
    .values({
      county_id: actor.countyId,
      photo_id: photoId,
      piece_no: piece,
      piece_count: pieces,
      org_path: actor.path,
      staff_id: actor.staffId,
      content: sealField(keys, placeOf(photoId, piece), input.content),
      received_at: now,
    })
    .onConflict((conflict) => conflict.columns(['county_id', 'photo_id', 'piece_no']).doNothing())
    .execute();
  const held = await tx
    .selectFrom('photo_piece')
    .select('piece_no')
    .where('county_id', '=', actor.countyId)
    .where('photo_id', '=', photoId)
    .where('staff_id', '=', actor.staffId)
    .where('piece_count', '=', pieces)
    .orderBy('piece_no')
    .execute();
  return { held: held.map((row) => row.piece_no) };
}

/** Puts the pieces of a photo together and keeps it with its visit. Pieces that do not make the photo are let go. */
export async function takeVisitPhoto(
  tx: Transaction<Tables>,
  actor: Actor,
  body: OperationBody<'visit.photo'>,
  context: OperationContext,
): Promise<{ photoId: string } | Refused> {
  const { photoId, visitId } = body;
  const { keys, residentId, operationId, now } = context;
  const rows = await tx
    .selectFrom('photo_piece')
    .select(['piece_no', 'piece_count', 'content'])
    .where('county_id', '=', actor.countyId)
    .where('photo_id', '=', photoId)
    .where('staff_id', '=', actor.staffId)
    .orderBy('piece_no')
    .execute();
  if (rows.length === 0 || rows.length !== rows[0]?.piece_count)
    return refused('not-found', {
      detail: '照片没有传全。请在“同步”里再送一次；手机上已没有这张照片时请放弃。',
    });
  const bytes = Buffer.concat(
    rows.map((row) => Buffer.from(openField(keys, placeOf(photoId, row.piece_no), row.content), 'base64')),
  );
  if (createHash('sha256').update(bytes).digest('hex') !== body.sha256)
    return refused('unsupported-file', { detail: '照片传输有误，与手机上的不同。请放弃这张，重新拍一张。' });
  const kept = await keepVisitPhoto(tx, actor, keys, {
    photoId,
    visitId,
    residentId,
    operationId,
    bytes,
    now,
  });
  if ('kind' in kept) return kept;
  await tx
    .deleteFrom('photo_piece')
    .where('county_id', '=', actor.countyId)
    .where('photo_id', '=', photoId)
    .execute();
  return kept;
}
