import type { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';
import yauzl from 'yauzl';
import type { WorkbookCell, WorkbookRow } from '../domain/workbook-cell.ts';
import { workbookLimits } from './workbook-limits.ts';

/** A file we will not read, with the reason for the person who uploaded it. */
export class WorkbookRefused extends Error {}

interface Archive {
  readonly names: ReadonlyMap<string, yauzl.Entry>;
  stream(name: string, onText: (parser: SaxesParser) => void): Promise<void>;
  close(): void;
}

interface SheetRef {
  readonly name: string;
  readonly path: string;
  readonly date1904: boolean;
}

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

function openArchive(bytes: Buffer): Promise<Archive> {
  return new Promise((resolve, reject) => {
    const damaged = () => reject(new WorkbookRefused('文件已损坏，无法解压。'));
    yauzl.fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: false }, (error, zip) => {
      if (error || !zip) return damaged();
      const names = new Map<string, yauzl.Entry>();
      zip.on('error', damaged);
      zip.on('entry', (entry: yauzl.Entry) => {
        names.set(entry.fileName, entry);
        if (names.size > workbookLimits.entries) {
          return reject(new WorkbookRefused('文件内部的部件过多，拒绝读取。'));
        }
        zip.readEntry();
      });
      zip.on('end', () => resolve(archiveOf(zip, names)));
      zip.readEntry();
    });
  });
}

function archiveOf(zip: yauzl.ZipFile, names: ReadonlyMap<string, yauzl.Entry>): Archive {
  let inflated = 0;
  const count = (chunk: Buffer) => {
    inflated += chunk.length;
    if (inflated > workbookLimits.inflatedBytes) {
      throw new WorkbookRefused('文件解压后过大，拒绝读取。请删去多余的工作表和空行后重试。');
    }
  };
  return {
    names,
    close: () => zip.close(),
    async stream(name, onText) {
      const entry = names.get(name);
      if (!entry) throw new WorkbookRefused(`文件不完整，缺少 ${name.slice(0, 60)}。`);
      const parser = new SaxesParser({ xmlns: false });
      onText(parser);
      parser.on('doctype', () => {
        throw new WorkbookRefused('文件含有不允许的内容，拒绝读取。');
      });
      parser.on('error', () => {
        throw new WorkbookRefused('文件内容格式错误，无法读取。');
      });
      const decoder = new TextDecoder('utf-8', { fatal: true });
      for await (const chunk of await openEntry(zip, entry)) {
        count(chunk as Buffer);
        parser.write(decode(decoder, chunk as Buffer));
      }
      parser.write(decode(decoder)).close();
    },
  };
}

function decode(decoder: TextDecoder, chunk?: Buffer): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch {
    throw new WorkbookRefused('文件里的文字编码有误，无法读取。');
  }
}

function openEntry(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    if (entry.isEncrypted()) return reject(new WorkbookRefused('文件已加密，请取消密码后重试。'));
    zip.openReadStream(entry, (error, stream) => {
      if (error || !stream) reject(new WorkbookRefused('文件已损坏，无法解压。'));
      else resolve(stream);
    });
  });
}

async function findFirstSheet(archive: Archive): Promise<SheetRef> {
  let date1904 = false;
  const sheets: { name: string; id: string; hidden: boolean }[] = [];
  await archive.stream('xl/workbook.xml', (parser) =>
    parser.on('opentag', ({ name, attributes }) => {
      if (localName(name) === 'workbookPr')
        date1904 = ['1', 'true'].includes(attributeOf(attributes, 'date1904') ?? '');
      if (localName(name) === 'sheet') {
        const state = attributeOf(attributes, 'state');
        sheets.push({
          name: attributeOf(attributes, 'name') ?? '',
          id: attributeOf(attributes, 'id') ?? '',
          hidden: state === 'hidden' || state === 'veryHidden',
        });
      }
    }),
  );
  const targets = new Map<string, string>();
  await archive.stream('xl/_rels/workbook.xml.rels', (parser) =>
    parser.on('opentag', ({ name, attributes }) => {
      if (localName(name) === 'Relationship')
        targets.set(attributeOf(attributes, 'Id') ?? '', attributeOf(attributes, 'Target') ?? '');
    }),
  );
  const first = sheets.find((sheet) => !sheet.hidden);
  const target = first && targets.get(first.id);
  if (!first || !target) throw new WorkbookRefused('文件里没有可见的工作表。');
  const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
  return { name: first.name.slice(0, 60), path, date1904 };
}

async function readSharedStrings(archive: Archive): Promise<string[]> {
  if (!archive.names.has('xl/sharedStrings.xml')) return [];
  const strings: string[] = [];
  let current: string[] | undefined;
  let inText = false;
  let inPhonetic = false;
  await archive.stream('xl/sharedStrings.xml', (parser) => {
    parser.on('opentag', ({ name }) => {
      const tag = localName(name);
      if (tag === 'si') current = [];
      if (tag === 'rPh') inPhonetic = true;
      inText = tag === 't' && !inPhonetic;
    });
    parser.on('text', (text) => {
      if (inText) current?.push(text);
    });
    parser.on('closetag', ({ name }) => {
      const tag = localName(name);
      if (tag === 't') inText = false;
      if (tag === 'rPh') inPhonetic = false;
      if (tag === 'si' && current) {
        strings.push(current.join('').slice(0, workbookLimits.cellCharacters));
        current = undefined;
      }
    });
  });
  return strings;
}

/** Built-in number formats that show a date. */
const builtInDates = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);

async function readDateStyles(archive: Archive): Promise<Set<number>> {
  const dateStyles = new Set<number>();
  if (!archive.names.has('xl/styles.xml')) return dateStyles;
  const customDates = new Set<number>();
  let inCellFormats = false;
  let index = 0;
  await archive.stream('xl/styles.xml', (parser) => {
    parser.on('opentag', ({ name, attributes }) => {
      const tag = localName(name);
      if (tag === 'numFmt') {
        const code = (attributeOf(attributes, 'formatCode') ?? '').replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '');
        if (/[ymd年月日]/i.test(code)) customDates.add(Number(attributeOf(attributes, 'numFmtId')));
      }
      if (tag === 'cellXfs') inCellFormats = true;
      if (tag === 'xf' && inCellFormats) {
        const format = Number(attributeOf(attributes, 'numFmtId') ?? 0);
        if (builtInDates.has(format) || customDates.has(format)) dateStyles.add(index);
        index += 1;
      }
    });
    parser.on('closetag', ({ name }) => {
      if (localName(name) === 'cellXfs') inCellFormats = false;
    });
  });
  return dateStyles;
}

async function readSheet(
  archive: Archive,
  sheet: SheetRef,
  strings: readonly string[],
  dateStyles: ReadonlySet<number>,
  onRow: (row: WorkbookRow) => void,
): Promise<void> {
  let row: { rowNo: number; hidden: boolean; cells: WorkbookCell[] } | undefined;
  let rows = 0;
  let lastRowNo = 0;
  let cell: { column: string; type: string; style: number; value: string[]; formula: boolean } | undefined;
  let reading = false;
  await archive.stream(sheet.path, (parser) => {
    parser.on('opentag', ({ name, attributes }) => {
      const tag = localName(name);
      if (tag === 'row') {
        lastRowNo = Number(attributeOf(attributes, 'r') ?? lastRowNo + 1);
        row = { rowNo: lastRowNo, hidden: attributeOf(attributes, 'hidden') === '1', cells: [] };
      } else if (tag === 'c' && row) {
        cell = {
          column: (attributeOf(attributes, 'r') ?? '').replace(/\d+$/, '') || columnLetter(row.cells.length),
          type: attributeOf(attributes, 't') ?? 'n',
          style: Number(attributeOf(attributes, 's') ?? 0),
          value: [],
          formula: false,
        };
        if (row.cells.length >= workbookLimits.columns)
          throw new WorkbookRefused('工作表的列数过多，拒绝读取。');
      } else if (tag === 'f' && cell) cell.formula = true;
      reading = tag === 'v' || tag === 't';
    });
    parser.on('text', (text) => {
      if (reading) cell?.value.push(text);
    });
    parser.on('closetag', ({ name }) => {
      const tag = localName(name);
      if (tag === 'v' || tag === 't') reading = false;
      if (tag === 'c' && cell && row) {
        const read = toCell(cell, strings, dateStyles, sheet.date1904);
        if (read) row.cells.push(read);
        cell = undefined;
      }
      if (tag === 'row' && row) {
        if (row.cells.length > 0) {
          rows += 1;
          if (rows > workbookLimits.rows) {
            throw new WorkbookRefused(`一次最多导入 ${workbookLimits.rows} 行，请分批导入。`);
          }
          onRow(row);
        }
        row = undefined;
      }
    });
  });
}

function toCell(
  raw: { column: string; type: string; style: number; value: string[]; formula: boolean },
  strings: readonly string[],
  dateStyles: ReadonlySet<number>,
  date1904: boolean,
): WorkbookCell | undefined {
  const value = raw.value.join('').slice(0, workbookLimits.cellCharacters);
  if (value === '') return undefined;
  const { column } = raw;
  if (raw.type === 's') return textCell(column, strings[Number(value)] ?? '');
  if (raw.type === 'inlineStr') return textCell(column, value);
  if (raw.type === 'str')
    return value.trim() === '' ? undefined : { column, kind: 'formula-text', text: value };
  if (raw.type === 'b') return { column, kind: 'boolean', text: value };
  if (raw.type === 'e') return { column, kind: 'error', text: value };
  if (raw.type === 'd') return { column, kind: 'date', text: value.slice(0, 10) };
  if (dateStyles.has(raw.style)) {
    const day = dayOfSerial(Number(value), date1904);
    if (day !== undefined) return { column, kind: 'date', text: day };
  }
  return { column, kind: 'number', text: value };
}

function textCell(column: string, text: string): WorkbookCell | undefined {
  return text.trim() === '' ? undefined : { column, kind: 'text', text };
}

/** Spreadsheet day number → day. Serial 60 (29 February 1900) never existed; earlier serials are off by one. */
export function dayOfSerial(serial: number, date1904: boolean): string | undefined {
  const whole = Math.floor(serial);
  if (!Number.isFinite(serial) || whole < 1 || whole > 2_958_465) return undefined;
  if (!date1904 && whole === 60) return undefined;
  const daysBefore1970 = date1904 ? 24_107 : whole < 60 ? 25_568 : 25_569;
  return new Date((whole - daysBefore1970) * 86_400_000).toISOString().slice(0, 10);
}

function columnLetter(index: number): string {
  const first = Math.floor(index / 26) - 1;
  return `${first >= 0 ? String.fromCharCode(65 + first) : ''}${String.fromCharCode(65 + (index % 26))}`;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function attributeOf(attributes: Readonly<Record<string, unknown>>, local: string): string | undefined {
  for (const [name, value] of Object.entries(attributes)) if (localName(name) === local) return String(value);
  return undefined;
}
