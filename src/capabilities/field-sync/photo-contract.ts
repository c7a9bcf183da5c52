import { z } from 'zod';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema } from '#standards/wire-schemas.ts';

/** Bytes of one piece: some seconds on the slowest network, so that a cut costs little. */
export const photoPieceBytes = 32 * 1024;
/** Pieces of the largest photo, with room. */
export const mostPhotoPieces = 20;

/** 上传照片的一段：可以重复，断了从缺的段接着传。 */
export const sendPhotoPiece = endpoint({
  method: 'POST',
  path: '/api/field/photos/:photoId/pieces',
  params: z.strictObject({ photoId: idSchema() }),
  body: z
    .strictObject({
      deviceId: idSchema(),
      userId: idSchema(),
      piece: z
        .int()
        .min(0)
        .max(mostPhotoPieces - 1),
      pieces: z.int().min(1).max(mostPhotoPieces),
      /** Base64. */
      content: z
        .string()
        .max(Math.ceil(photoPieceBytes / 3) * 4)
        .regex(/^[A-Za-z0-9+/]+={0,2}$/, '内容不是 base64。'),
    })
    .refine(({ piece, pieces }) => piece < pieces, { error: '段号超出总段数。', path: ['piece'] }),
  /** Pieces the server holds by now; all of them once the photo belongs to its visit. */
  response: z.object({ held: z.array(z.int()) }),
});
