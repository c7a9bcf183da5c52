import type ExcelJS from 'exceljs';
import { clockInChina } from '#kernel/china-time.ts';
import {
  type ExportDoor,
  type ExportPurpose,
  exportDoors,
  exportPurposeLabels,
} from '#standards/privacy/export-doors.ts';
import type { Actor } from '../auth/actor.ts';

/** What a handed-out file says of itself: who took it, for which organization, when, what for, and its number. */
export interface Watermark {
  readonly exportId: string;
  readonly organizationName: string;
  readonly staffName: string;
  readonly username: string;
  readonly exportedAt: string;
  readonly purpose: string;
  readonly content: string;
}

/** The watermark of one file. */
export function watermarkOf(
  actor: Actor,
  input: { exportId: string; door: ExportDoor; purpose: ExportPurpose; isDrill: boolean; now: Date },
): Watermark {
  return {
    exportId: input.exportId,
    organizationName: input.isDrill
      ? `演练副本，不得使用：${actor.organizationName}`
      : actor.organizationName,
    staffName: actor.name,
    username: actor.username,
    exportedAt: timeInChina(input.now),
    purpose: exportPurposeLabels[input.purpose],
    content: exportDoors[input.door].label,
  };
}

/** The watermark as one line for eyes; it begins with fixed words, so never with what a spreadsheet runs. */
export function watermarkLine(mark: Watermark): string {
  return [
    `导出编号 ${mark.exportId}`,
    mark.organizationName,
    `${mark.staffName}（${mark.username}）`,
    mark.exportedAt,
    `用途：${mark.purpose}`,
    '含个人信息，不得转传',
  ].join('　');
}

/** Writes the watermark into what the file says of itself, where it stays when rows are cut off. */
export function markProperties(
  book: Pick<
    ExcelJS.Workbook,
    'creator' | 'lastModifiedBy' | 'company' | 'subject' | 'keywords' | 'description'
  >,
  mark: Watermark,
): void {
  book.creator = `${mark.staffName}（${mark.username}）`;
  book.lastModifiedBy = book.creator;
  book.company = mark.organizationName;
  book.subject = mark.content;
  book.keywords = mark.exportId;
  book.description = watermarkLine(mark);
}

const timeInChina = (at: Date): string => `${clockInChina(at)}（北京时间）`;
