import { z } from 'zod';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema } from '#standards/wire-schemas.ts';

/** 一次随访的照片，只列编号，不含内容。 */
export const listVisitPhotos = endpoint({
  method: 'GET',
  path: '/api/follow-up-visits/:visitId/photos',
  params: z.strictObject({ visitId: idSchema() }),
  response: z.object({
    items: z.array(
      z.object({
        photoId: z.string(),
        byteCount: z.int(),
        receivedAt: z.string(),
        recordedByName: z.string(),
      }),
    ),
  }),
});

/** 一张照片的内容；每次查看都记入审计。 */
export const showVisitPhoto = endpoint({
  method: 'GET',
  path: '/api/visit-photos/:photoId',
  params: z.strictObject({ photoId: idSchema() }),
  response: z.never(),
});
