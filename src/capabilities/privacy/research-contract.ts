import { z } from 'zod';
import { endpoint } from '#standards/endpoint.ts';
import { researchLevels } from '#standards/privacy/research-levels.ts';
import { filledText, idSchema, pageSchema } from '#standards/wire-schemas.ts';

export const researchExportSchema = z.object({
  exportId: z.string(),
  project: z.string(),
  approvalNo: z.string(),
  recipient: z.string(),
  level: z.enum(researchLevels),
  organizationName: z.string(),
  requestedAt: z.string(),
  requestedBy: z.string(),
  isMine: z.boolean(),
  status: z.enum(['asked', 'made', 'refused']),
  decidedAt: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decisionNote: z.string().nullable(),
  smallestGroup: z.int().nullable(),
  consenting: z.int().nullable(),
  people: z.int().nullable(),
  blurred: z.int().nullable(),
  leftOut: z.int().nullable(),
  rows: z.int().nullable(),
  /** Until when the file can be fetched; null when it cannot. */
  fetchUntil: z.string().nullable(),
});
export type ResearchExport = z.infer<typeof researchExportSchema>;

/** 申请一份去标识科研数据：写明项目、批准文号、接收人和数据级别。 */
export const askForResearchExport = endpoint({
  method: 'POST',
  path: '/api/research-exports',
  body: z.strictObject({
    operationId: idSchema(),
    exportId: idSchema(),
    project: filledText(300, '请写明研究项目和用途。'),
    approvalNo: filledText(100, '请填写伦理审查或项目批准文号。'),
    recipient: filledText(200, '请写明接收的研究机构和负责人。'),
    level: z.enum(researchLevels),
  }),
  response: z.object({ exportId: z.string() }),
});

/** 另一人批准并生成，或不批准；写明意见。 */
export const decideResearchExport = endpoint({
  method: 'POST',
  path: '/api/research-exports/:exportId/decide',
  params: z.strictObject({ exportId: idSchema() }),
  body: z.strictObject({
    operationId: idSchema(),
    approve: z.boolean(),
    note: filledText(300, '请写明意见。'),
  }),
  response: z.object({ exportId: z.string(), people: z.int().nullable(), rows: z.int().nullable() }),
});

/** 本范围的科研数据申请，新的在前。 */
export const listResearchExports = endpoint({
  method: 'GET',
  path: '/api/research-exports',
  query: z.strictObject(pageSchema(50)),
  response: z.object({ items: z.array(researchExportSchema), nextCursor: z.string().nullable() }),
});

/** Where an approved extract is fetched. */
export const researchFilePath = (exportId: string, format: 'csv' | 'xlsx') =>
  `/api/research-exports/${exportId}/file?format=${format}`;
