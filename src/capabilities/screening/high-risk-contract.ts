import { z } from 'zod';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema } from '#standards/wire-schemas.ts';
import { jobSchema } from './contract.ts';

/** 从档案识别高危人群：门诊、体检、自检、随访中的血压与血糖，按规则列入高危或待确诊。 */
export const startHighRiskSearch = endpoint({
  method: 'POST',
  path: '/api/high-risk-searches',
  body: z.strictObject({ operationId: idSchema(), searchId: idSchema() }),
  response: z.object({ searchId: z.string() }),
});

/** 继续被中断的识别。 */
export const continueHighRiskSearch = endpoint({
  method: 'POST',
  path: '/api/high-risk-searches/:searchId/continue',
  params: z.strictObject({ searchId: idSchema() }),
  response: z.object({ searchId: z.string() }),
});

/** 最近一次识别：进度与结果。 */
export const showHighRiskSearch = endpoint({
  method: 'GET',
  path: '/api/high-risk-searches/latest',
  response: z.object({
    job: jobSchema
      .extend({ startedAt: z.string(), startedByName: z.string(), organizationName: z.string() })
      .nullable(),
  }),
});
