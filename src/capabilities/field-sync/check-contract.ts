import { z } from 'zod';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema, textSchema } from '#standards/wire-schemas.ts';
import { feedCursorSchema } from './contract.ts';
import type { CompactDocument } from './domain/person-document.ts';

/** People of one slice: what a difference costs on the way. */
export const checkedSlice = 250;
/** Slices of one call. */
export const mostSlices = 4;

/** 核对：手机按编号分段报出摘要，不符的段由服务器给出全部内容。 */
export const checkPeople = endpoint({
  method: 'POST',
  path: '/api/field/check',
  body: z.strictObject({
    deviceId: idSchema(),
    userId: idSchema(),
    appVersion: textSchema(40),
    /** Where the phone stands: what changed later is no difference. */
    cursor: feedCursorSchema,
    scope: textSchema(300),
    /** The day both sides compare by. */
    day: z.iso.date(),
    slices: z
      .array(
        z.strictObject({
          /** People with an id above this one (none: from the beginning)… */
          after: idSchema().nullable(),
          /** …up to and with this one (none: to the end). */
          through: idSchema().nullable(),
          sha256: z.string().regex(/^[0-9a-f]{64}$/, '摘要不正确。'),
        }),
      )
      .min(1)
      .max(mostSlices),
  }),
  response: z.object({
    /** Places in the list of the slices that differ. */
    differing: z.array(z.int()),
    /** Everybody of those slices. */
    documents: z.array(z.custom<CompactDocument>()),
  }),
});
