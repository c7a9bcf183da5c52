import { z } from 'zod';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema, plainDateSchema, textSchema } from '#standards/wire-schemas.ts';

const residentId = z.strictObject({ residentId: idSchema() });

/** 家庭健康提示的同意情况，以及给本人的提示（不含他人姓名与诊断）。 */
export const showFamilyConsent = endpoint({
  method: 'GET',
  path: '/api/residents/:residentId/family-consent',
  params: residentId,
  response: z.object({
    hasHousehold: z.boolean(),
    consent: z
      .object({ id: z.string(), givenOn: z.string(), signer: z.string(), version: z.int() })
      .nullable(),
    prompt: z.string().nullable(),
  }),
});

/** 登记同意：可向同户家人作健康提示。 */
export const giveFamilyConsent = endpoint({
  method: 'POST',
  path: '/api/residents/:residentId/family-consent',
  params: residentId,
  body: z.strictObject({
    operationId: idSchema(),
    consentId: idSchema(),
    givenOn: plainDateSchema(),
    signer: textSchema(40).refine((text) => text.trim() !== '', { error: '请填写签字人。' }),
  }),
  response: z.object({ consentId: z.string() }),
});

/** 撤回同意：当日起不再提示家人。 */
export const revokeFamilyConsent = endpoint({
  method: 'POST',
  path: '/api/family-consents/:consentId/revoke',
  params: z.strictObject({ consentId: idSchema() }),
  body: z.strictObject({
    operationId: idSchema(),
    version: z.int().min(1),
    reason: textSchema(200).optional(),
  }),
  response: z.object({ consentId: z.string() }),
});
