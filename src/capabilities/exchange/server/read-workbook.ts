import type { WorkbookRow } from '../domain/workbook-cell.ts';
import { openArchive, WorkbookRefused } from './workbook-archive.ts';
import { findFirstSheet, readDateStyles, readSharedStrings } from './workbook-parts.ts';
import { readSheet } from './workbook-rows.ts';

/** Reads the first visible sheet of an .xlsx row by row; runs in a child process with limits. Throws WorkbookRefused. */
export async function readWorkbook(
  bytes: Buffer,
  onRow: (row: WorkbookRow) => void,
): Promise<{ sheetName: string }> {
  if (bytes.subarray(0, 8).equals(Buffer.from('d0cf11e0a1b11ae1', 'hex'))) {
    throw new WorkbookRefused('这是加密的或旧版 .xls 文件，请另存为未加密的 .xlsx 后重试。');
  }
  if (bytes.subarray(0, 4).toString('latin1') !== 'PK\u0003\u0004') {
    throw new WorkbookRefused('这不是 .xlsx 文件，请用 Excel 或 WPS 另存为 .xlsx 后重试。');
  }
  const archive = await openArchive(bytes);
  try {
    if (!archive.names.has('xl/workbook.xml')) throw new WorkbookRefused('文件里没有工作簿，可能已损坏。');
    if (archive.names.has('xl/vbaProject.bin'))
      throw new WorkbookRefused('文件含有宏，请另存为不含宏的 .xlsx。');
    const sheet = await findFirstSheet(archive);
    const strings = await readSharedStrings(archive);
    const dateStyles = await readDateStyles(archive);
    await readSheet(archive, sheet, strings, dateStyles, onRow);
    return { sheetName: sheet.name };
  } finally {
    archive.close();
  }
}
