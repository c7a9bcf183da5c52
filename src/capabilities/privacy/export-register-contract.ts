import { z } from 'zod';
import { endpoint } from '#standards/endpoint.ts';
import {
  type ExportDoor,
  type ExportPurpose,
  exportDoors,
  exportPurposeLabels,
} from '#standards/privacy/export-doors.ts';
import { pageSchema, textSchema } from '#standards/wire-schemas.ts';

export const registeredExportSchema = z.object({
  exportId: z.string(),
  madeAt: z.string(),
  staffName: z.string(),
  username: z.string(),
  organizationName: z.string(),
  door: z.enum(Object.keys(exportDoors) as [ExportDoor, ...ExportDoor[]]),
  purpose: z.enum(Object.keys(exportPurposeLabels) as [ExportPurpose, ...ExportPurpose[]]),
  people: z.int(),
  bytes: z.int(),
  fileHash: z.string(),
});
export type RegisteredExport = z.infer<typeof registeredExportSchema>;

/** 本范围交出的含居民资料的文件，新的在前；可凭文件中的导出编号或文件的 SHA-256 查找。 */
export const listExports = endpoint({
  method: 'GET',
  path: '/api/export-register',
  query: z.strictObject({ mark: textSchema(80).optional(), ...pageSchema(50) }),
  response: z.object({ items: z.array(registeredExportSchema), nextCursor: z.string().nullable() }),
});
