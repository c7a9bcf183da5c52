import { z } from 'zod';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema, pageSchema, textSchema } from '#standards/wire-schemas.ts';

export const rosterRowStateSchema = z.enum(['new', 'enroll', 'unchanged', 'error', 'done']);
export type RosterRowState = z.infer<typeof rosterRowStateSchema>;

export const rosterImportSchema = z.object({
  id: z.string(),
  fileName: z.string(),
  organizationName: z.string(),
  status: z.enum(['reading', 'previewed', 'committing', 'committed', 'refused', 'cancelled']),
  progress: z.object({ stage: z.string(), done: z.int(), total: z.int().nullable() }),
  /** Why the file as a whole was refused, in Chinese. */
  refusal: z.string().nullable(),
  preview: z
    .object({
      sheetName: z.string(),
      headerRow: z.int(),
      columns: z.array(
        z.object({
          letter: z.string(),
          header: z.string(),
          field: z.string().nullable(),
          label: z.string().nullable(),
        }),
      ),
      missingColumns: z.array(z.string()),
      counts: z.object({
        rows: z.int(),
        new: z.int(),
        enroll: z.int(),
        unchanged: z.int(),
        error: z.int(),
        done: z.int(),
        skipped: z.int(),
      }),
    })
    .nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
});
export type RosterImport = z.infer<typeof rosterImportSchema>;

const importParams = z.strictObject({ importId: idSchema() });

/** 上传高血压患者花名册（.xlsx，原样字节）；读取与核对在后台进行。 */
export const uploadRoster = endpoint({
  method: 'PUT',
  path: '/api/roster-imports/:importId/file',
  params: importParams,
  query: z.strictObject({ organizationId: idSchema(), fileName: textSchema(200) }),
  body: z.instanceof(Uint8Array),
  response: rosterImportSchema,
});

export const showRosterImport = endpoint({
  method: 'GET',
  path: '/api/roster-imports/:importId',
  params: importParams,
  response: rosterImportSchema,
});

export const listRosterImports = endpoint({
  method: 'GET',
  path: '/api/roster-imports',
  query: z.strictObject({ ...pageSchema(50) }),
  response: z.object({ items: z.array(rosterImportSchema), nextCursor: z.string().nullable() }),
});

export const rosterIssueSchema = z.object({ cell: z.string(), code: z.string(), message: z.string() });

/** 逐行结果；`state=error` 为须修改的行。 */
export const listRosterRows = endpoint({
  method: 'GET',
  path: '/api/roster-imports/:importId/rows',
  params: importParams,
  query: z.strictObject({ state: rosterRowStateSchema.optional(), ...pageSchema(200) }),
  response: z.object({
    items: z.array(
      z.object({
        rowNo: z.int(),
        state: rosterRowStateSchema,
        name: z.string().nullable(),
        idNo: z.string().nullable(),
        residentId: z.string().nullable(),
        issues: z.array(rosterIssueSchema),
      }),
    ),
    nextCursor: z.string().nullable(),
  }),
});

/** 整批导入：全部成功或全部不变；有错误行时拒绝。 */
export const commitRoster = endpoint({
  method: 'POST',
  path: '/api/roster-imports/:importId/commit',
  params: importParams,
  body: z.strictObject({ operationId: idSchema() }),
  response: rosterImportSchema,
});

/** 标出错误的工作簿下载地址（浏览器直接打开）。 */
export const markedWorkbookPath = (importId: string) => `/api/roster-imports/${importId}/marked-workbook`;
