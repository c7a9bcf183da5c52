import type { FormAnswers, FormEdition, FormField } from '#kernel/form-shape.ts';
import { fieldsOfStation } from './stations.ts';

/** Cells of one row by column letter, as text. */
export interface LaboratoryRow {
  readonly rowNo: number;
  readonly cells: readonly { readonly column: string; readonly text: string }[];
}

/** A row read: whose it is and what it says, or what is wrong with it. */
export type LaboratoryLine =
  | {
      readonly kind: 'read';
      readonly rowNo: number;
      readonly key: string;
      /** As the laboratory prints it; empty without such a column. */
      readonly name: string;
      readonly answers: FormAnswers;
    }
  | { readonly kind: 'invalid'; readonly rowNo: number; readonly key: string; readonly message: string };

/** Columns that say whose a row is, the surest first: a laboratory's own running number may stand left of the barcode. */
const keyHeaders = ['条码', '条形码', '标本号', '身份证号', '证件号码', '编号', '顺序号'];
const nameHeaders = ['姓名', '受检者姓名', '患者姓名', '病人姓名'];
/** Names laboratories print beside the sheet's own labels. */
const otherNames: Readonly<Record<string, string>> = {
  HGB: 'hb',
  HB: 'hb',
  WBC: 'wbc',
  PLT: 'plt',
  GLU: 'fpg',
  血糖: 'fpg',
  葡萄糖: 'fpg',
  HBA1C: 'hba1c',
  ALT: 'alt',
  谷丙转氨酶: 'alt',
  AST: 'ast',
  谷草转氨酶: 'ast',
  ALB: 'albumin',
  TBIL: 'tbil',
  DBIL: 'dbil',
  CREA: 'creatinine',
  CR: 'creatinine',
  肌酐: 'creatinine',
  UREA: 'urea',
  尿素: 'urea',
  K: 'potassium',
  血钾: 'potassium',
  NA: 'sodium',
  血钠: 'sodium',
  TC: 'tc',
  CHOL: 'tc',
  TG: 'tg',
  LDL: 'ldl',
  'LDL-C': 'ldl',
  低密度脂蛋白胆固醇: 'ldl',
  HDL: 'hdl',
  'HDL-C': 'hdl',
  高密度脂蛋白胆固醇: 'hdl',
};

const plain = (text: string) =>
  text
    .replace(/[\s*＊]/g, '')
    .replace(/[（(].*$/, '')
    .toUpperCase();

export interface LaboratoryHeader {
  readonly rowNo: number;
  readonly keyColumn: string;
  readonly nameColumn: string | undefined;
  readonly fields: ReadonlyMap<string, FormField>;
  /** Columns printed in a unit per decilitre, which the sheet has nowhere: their numbers would be read as others. */
  readonly foreignUnits: readonly string[];
}

/** The header row of a result list and what each column is; undefined when no column says whose the results are. */
export function findLaboratoryHeader(
  edition: FormEdition,
  rows: readonly LaboratoryRow[],
): LaboratoryHeader | undefined {
  const known = fieldsOfStation(edition, 'laboratory');
  const find = (text: string) =>
    known.find((field) => plain(field.label) === plain(text)) ??
    known.find((field) => field.id === otherNames[plain(text)]);
  for (const row of rows.slice(0, 10)) {
    const of = (names: readonly string[]) =>
      names.flatMap((name) => row.cells.filter((cell) => cell.text.trim() === name))[0];
    const key = of(keyHeaders);
    if (!key) continue;
    const found = row.cells.flatMap((cell) => {
      const field = find(cell.text);
      return field ? [[cell.column, field] as const] : [];
    });
    if (found.length === 0) continue;
    const fields = new Map(found);
    return {
      rowNo: row.rowNo,
      keyColumn: key.column,
      nameColumn: of(nameHeaders)?.column,
      fields,
      foreignUnits: row.cells
        .filter((cell) => fields.has(cell.column) && /\/\s*dl/i.test(cell.text))
        .map((cell) => cell.text.trim()),
    };
  }
  return undefined;
}

/** Reads the rows below the header; a value that is not a number where one is wanted makes its whole row wrong. */
export function readLaboratoryRows(
  rows: readonly LaboratoryRow[],
  header: LaboratoryHeader,
): LaboratoryLine[] {
  return rows
    .filter((row) => row.rowNo > header.rowNo)
    .flatMap((row): LaboratoryLine[] => {
      const key = row.cells.find((cell) => cell.column === header.keyColumn)?.text.trim() ?? '';
      const filled = row.cells.filter((cell) => header.fields.has(cell.column) && cell.text.trim() !== '');
      if (key === '' && filled.length === 0) return [];
      if (key === '') return [{ kind: 'invalid', rowNo: row.rowNo, key, message: '没有条码。' }];
      if (filled.length === 0) return [{ kind: 'invalid', rowNo: row.rowNo, key, message: '没有化验结果。' }];
      const answers: Record<string, unknown> = {};
      for (const cell of filled) {
        const field = header.fields.get(cell.column);
        if (!field) continue;
        const read = readValue(field, cell.text.trim());
        if (read === undefined)
          return [
            {
              kind: 'invalid',
              rowNo: row.rowNo,
              key,
              message: `${field.label}“${cell.text.slice(0, 20)}”读不出来。`,
            },
          ];
        answers[field.id] = read;
      }
      const name = row.cells.find((cell) => cell.column === header.nameColumn)?.text ?? '';
      return [{ kind: 'read', rowNo: row.rowNo, key, name: name.replaceAll(/\s/g, ''), answers }];
    });
}

/** A printed value with its arrow taken off, and none with a unit of its own; codes by number or by label. */
function readValue(field: FormField, text: string): unknown {
  if (field.kind === 'integer' || field.kind === 'decimal') {
    const bare = text.replace(/[↑↓]|[HL]$/g, '').trim();
    return /^\d+(\.\d+)?$/.test(bare) ? Number(bare) : undefined;
  }
  if (field.kind === 'code')
    return field.options.find((one) => one.code === text || one.label === text)?.code;
  return field.kind === 'text' ? text : undefined;
}
