import { z } from 'zod';
import { answersSchema } from '#capabilities/residents/contract.ts';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema, pageSchema, textSchema } from '#standards/wire-schemas.ts';

/** A filed form as a line of the record. */
export const recordSummarySchema = z.object({
  recordId: z.string(),
  residentId: z.string(),
  form: z.string(),
  formEdition: z.string(),
  occurredOn: z.string(),
  receivedAt: z.string(),
  recordedByName: z.string(),
  organizationName: z.string(),
  supersedesId: z.string().nullable(),
  supersededBy: z.string().nullable(),
  correctionReason: z.string().nullable(),
});
export type RecordSummary = z.infer<typeof recordSummarySchema>;

/** 居民记录中的各类表单，新的在前；随访表另有其处。 */
export const listRecords = endpoint({
  method: 'GET',
  path: '/api/residents/:residentId/records',
  params: z.strictObject({ residentId: idSchema() }),
  query: z.strictObject({
    includeSuperseded: z.enum(['true', 'false']).default('false'),
    ...pageSchema(100),
  }),
  response: z.object({ items: z.array(recordSummarySchema), nextCursor: z.string().nullable() }),
});

/** 打开一份表单。 */
export const showRecord = endpoint({
  method: 'GET',
  path: '/api/records/:recordId',
  params: z.strictObject({ recordId: idSchema() }),
  response: recordSummarySchema.extend({ answers: answersSchema }),
});

/** 居民在一种登记册中的各行，先登记的在前；打印登记册用。 */
export const listRegisterRows = endpoint({
  method: 'GET',
  path: '/api/residents/:residentId/registers/:form',
  params: z.strictObject({ residentId: idSchema(), form: textSchema(60) }),
  response: z.object({
    items: z.array(
      z.object({
        recordId: z.string(),
        formEdition: z.string(),
        occurredOn: z.string(),
        answers: answersSchema,
      }),
    ),
  }),
});

/** 填写或更正一份表单；更正须写明原因，旧版本保留。 */
export const fileRecord = endpoint({
  method: 'POST',
  path: '/api/residents/:residentId/records',
  params: z.strictObject({ residentId: idSchema() }),
  body: z.strictObject({
    operationId: idSchema(),
    recordId: idSchema(),
    form: textSchema(60),
    formEdition: textSchema(20),
    answers: answersSchema,
    confirmed: z.array(textSchema(80)).max(300).default([]),
    supersedesId: idSchema().optional(),
    reason: textSchema(200).optional(),
  }),
  response: z.object({ recordId: z.string(), occurredOn: z.string() }),
});

/** Where a filed form is downloaded. */
export const recordExportPath = (recordId: string, format: 'xlsx' | 'json') =>
  `/api/records/${recordId}/export?format=${format}`;

/** Where all current sheets of one form of a person are downloaded as a workbook. */
export const formExportPath = (residentId: string, form: string, format: 'xlsx' | 'json') =>
  `/api/residents/${residentId}/forms/${form}/export?format=${format}`;

/** Where an edition is downloaded as a FHIR Questionnaire. */
export const questionnairePath = (form: string, edition: string) =>
  `/api/forms/${form}/${edition}/questionnaire`;
