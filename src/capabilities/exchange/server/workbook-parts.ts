import { attributeOf, localName, type WorkbookArchive, WorkbookRefused } from './workbook-archive.ts';
import { workbookLimits } from './workbook-limits.ts';

/** Where a sheet lies in the archive. */
export interface SheetRef {
  readonly name: string;
  readonly path: string;
  readonly date1904: boolean;
}

/** The first sheet that is not hidden. */
export async function findFirstSheet(archive: WorkbookArchive): Promise<SheetRef> {
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

/** The texts cells refer to by number, without phonetic hints. */
export async function readSharedStrings(archive: WorkbookArchive): Promise<string[]> {
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

/** The cell styles that show a number as a date. */
export async function readDateStyles(archive: WorkbookArchive): Promise<Set<number>> {
  const dateStyles = new Set<number>();
  if (!archive.names.has('xl/styles.xml')) return dateStyles;
  const customDates = new Set<number>();
  let inCellFormats = false;
  let index = 0;
  await archive.stream('xl/styles.xml', (parser) => {
    parser.on('opentag', ({ name, attributes }) => {
      const tag = localName(name);
      if (tag === 'numFmt') {
        const code = (attributeOf(attributes, 'formatCode') ?? '').replace(/"[^"]*"|\\.|\[[^[\]]*\]/g, '');
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
