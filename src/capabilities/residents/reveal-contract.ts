import { z } from 'zod';
import { endpoint } from '#standards/endpoint.ts';
import { maskedFields, revealFields, revealPurposeCodes } from '#standards/reveal-purposes.ts';
import { idSchema } from '#standards/wire-schemas.ts';

export const maskedFieldSchema = z.enum(maskedFields);

/** 查看完整的证件号码、电话、住址和敏感诊断：须说明用途，记入本人的查阅记录；此后一段时间内各处都显示。 */
export const revealResident = endpoint({
  method: 'POST',
  path: '/api/residents/:residentId/reveal',
  params: z.strictObject({ residentId: idSchema() }),
  body: z.strictObject({
    purpose: z.enum(revealPurposeCodes, { error: '请选择用途。' }),
    fields: z.array(z.enum(revealFields)).min(1, '请选择要看的内容。').max(revealFields.length),
  }),
  response: z.object({
    version: z.int(),
    values: z.partialRecord(maskedFieldSchema, z.string().nullable()),
    answers: z.record(z.string(), z.unknown()),
    until: z.string(),
  }),
});
