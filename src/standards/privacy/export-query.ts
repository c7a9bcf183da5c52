import { z } from 'zod';
import { type ExportDoor, type ExportDoorRow, type ExportPurpose, exportDoors } from './export-doors.ts';

/** What a caller of an export door must say: what the file is for. Spread into the query of the door. */
export function exportQuery(door: ExportDoor) {
  const { purposes }: ExportDoorRow = exportDoors[door];
  return {
    purpose: z.enum(purposes as [ExportPurpose, ...ExportPurpose[]], {
      error: '请选择导出的用途，且须是这类文件许可的用途。',
    }),
  };
}
