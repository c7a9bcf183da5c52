import { z } from 'zod';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema, textSchema } from '#standards/wire-schemas.ts';

const historyProposalSchema = z.object({
  key: z.string(),
  label: z.string(),
  diagnosedYm: z.string(),
  text: z.string(),
});

/** 体检新发现、既往史里还没有的疾病，待医生确认；`version` 是比对时的个人基本信息版本。 */
export const showHistoryProposals = endpoint({
  method: 'GET',
  path: '/api/checkups/:recordId/history',
  params: z.strictObject({ recordId: idSchema() }),
  response: z.object({
    residentId: z.string(),
    version: z.int(),
    proposals: z.array(historyProposalSchema),
  }),
});

/** 医生确认后补记到个人基本信息表的既往史，注明来自这份体检。 */
export const confirmHistory = endpoint({
  method: 'POST',
  path: '/api/checkups/:recordId/history',
  params: z.strictObject({ recordId: idSchema() }),
  body: z.strictObject({
    operationId: idSchema(),
    version: z.int().min(1),
    keys: z.array(textSchema(40)).min(1).max(15),
  }),
  response: z.object({ residentId: z.string(), version: z.int(), added: z.int() }),
});
