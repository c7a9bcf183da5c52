import { matchedName } from '#kernel/person-name.ts';
import { ageInYears, type PlainDate, parsePlainDate } from '#kernel/plain-date.ts';
import { isWellFormedText, toHalfWidth } from '#kernel/well-formed-text.ts';
import { checkIdentityNumber } from '#standards/identity/check-identity-number.ts';
import { readRosterCode } from './read-roster-code.ts';
import { readRosterDate } from './read-roster-date.ts';
import { type RosterField, rosterLabelOf } from './roster-columns.ts';
import type { WorkbookCell, WorkbookRow } from './workbook-cell.ts';

/** One thing wrong with one cell, named as the sheet names it: `B7`. */
export interface RosterIssue {
  readonly cell: string;
  readonly code: string;
  readonly message: string;
}

/** A roster row as a person to manage; only what the row really says. Answers carry personal-information ids and codes. */
export interface RosterPerson {
  readonly name: string;
  readonly idNo: string;
  readonly birthDate: PlainDate;
  readonly sex: '1' | '2';
  readonly phone: string | null;
  readonly village: string | null;
  readonly address: string | null;
  readonly diagnosedOn: string | null;
  readonly enrolledOn: PlainDate | null;
  readonly answers: Readonly<Record<string, unknown>>;
}

export type RosterRowReading =
  | { readonly kind: 'person'; readonly person: RosterPerson }
  | { readonly kind: 'issues'; readonly name: string | null; readonly issues: readonly RosterIssue[] }
  /** A total, a remark or a blank line between people. */
  | { readonly kind: 'not-a-person' };

type Cells = ReadonlyMap<RosterField, WorkbookCell>;

/** Reads one row by the columns found; every problem of the row is named, not just the first. `today` bounds the dates. */
export function readRosterRow(
  row: WorkbookRow,
  columns: ReadonlyMap<string, RosterField>,
  today: PlainDate,
): RosterRowReading {
  const cells: Cells = new Map(
    row.cells.flatMap((cell) => {
      const field = columns.get(cell.column);
      return field && toHalfWidth(cell.text) !== '' ? [[field, cell] as const] : [];
    }),
  );
  if (isNotAPerson(row, cells)) return { kind: 'not-a-person' };
  const reader = new RowReader(row, columns, cells);
  const name = reader.readName();
  const identity = reader.readIdentity();
  if (identity) reader.compareWithIdentity(identity, today);
  const phone = reader.readPhone('phone');
  const contactPhone = reader.readPhone('contactPhone');
  const diagnosedOn = reader.readDate('diagnosedOn', today);
  const enrolledOn = reader.readWholeDay('enrolledOn', today);
  reader.checkDisease();
  const answers = reader.readAnswers();
  if (reader.issues.length > 0 || name === null || identity === null) {
    return { kind: 'issues', name, issues: reader.issues };
  }
  return {
    kind: 'person',
    person: {
      name,
      idNo: identity.idNo,
      birthDate: identity.birthDate,
      sex: identity.sex,
      phone,
      village: reader.text('village'),
      address: reader.text('address'),
      diagnosedOn,
      enrolledOn,
      answers: { ...answers, ...(contactPhone === null ? {} : { contactPhone }) },
    },
  };
}

const totals = /^(合计|总计|小计|共计|备注|说明|填表|制表|审核)/;

function isNotAPerson(row: WorkbookRow, cells: Cells): boolean {
  if (cells.size === 0) return true;
  const first = toHalfWidth(row.cells[0]?.text ?? '');
  return (
    cells.get('idNo') === undefined &&
    (totals.test(first) || totals.test(toHalfWidth(cells.get('name')?.text ?? '')))
  );
}

interface Identity {
  readonly idNo: string;
  readonly birthDate: PlainDate;
  readonly sex: '1' | '2';
}

class RowReader {
  readonly issues: RosterIssue[] = [];
  readonly #row: WorkbookRow;
  readonly #columns: ReadonlyMap<string, RosterField>;
  readonly #cells: Cells;

  constructor(row: WorkbookRow, columns: ReadonlyMap<string, RosterField>, cells: Cells) {
    this.#row = row;
    this.#columns = columns;
    this.#cells = cells;
  }

  text(field: RosterField): string | null {
    const cell = this.#cells.get(field);
    return cell ? toHalfWidth(cell.text) : null;
  }

  refuse(field: RosterField, code: string, message: string): void {
    const letter = [...this.#columns].find(([, f]) => f === field)?.[0] ?? '?';
    this.issues.push({
      cell: `${letter}${this.#row.rowNo}`,
      code,
      message: `${rosterLabelOf(field)}：${message}`,
    });
  }

  readName(): string | null {
    const name = matchedName((this.text('name') ?? '').replace(/\s+/g, ''));
    if (name === '') this.refuse('name', 'missing', '没有填写。');
    else if (!isWellFormedText(name) || !/^[\p{Script=Han}·.A-Za-z]{2,50}$/u.test(name)) {
      this.refuse('name', 'not-a-name', `“${name.slice(0, 20)}”不像姓名。`);
    } else return name;
    return null;
  }

  readIdentity(): Identity | null {
    const cell = this.#cells.get('idNo');
    if (!cell) {
      this.refuse('idNo', 'missing', '没有填写，无法确认是谁。');
      return null;
    }
    if (cell.kind === 'number') {
      this.refuse('idNo', 'number-cell', '单元格是“数值”格式，号码后几位已被改成0，请设为“文本”后重新填写。');
      return null;
    }
    const checked = checkIdentityNumber(cell.text.replace(/['‘’`]/g, ''));
    if (checked.kind === 'valid') return checked;
    this.refuse('idNo', checked.reason, checked.message);
    return null;
  }

  compareWithIdentity(identity: Identity, today: PlainDate): void {
    const gender = this.text('gender');
    const sex =
      gender === null
        ? identity.sex
        : gender.startsWith('男') || gender === '1'
          ? '1'
          : gender.startsWith('女') || gender === '2'
            ? '2'
            : null;
    if (sex !== identity.sex) {
      this.refuse(
        'gender',
        'differs',
        `写的是“${gender}”，与身份证号（${identity.sex === '1' ? '男' : '女'}）不符。`,
      );
    }
    const birth = this.readDate('birthDate', today);
    if (birth !== null && !identity.birthDate.startsWith(birth)) {
      this.refuse('birthDate', 'differs', `写的是 ${birth}，与身份证号（${identity.birthDate}）不符。`);
    }
    if (identity.birthDate > today) this.refuse('idNo', 'future', '出生日期在今天之后。');
  }

  readPhone(field: 'phone' | 'contactPhone'): string | null {
    const cell = this.#cells.get(field);
    if (!cell) return null;
    const phone = toHalfWidth(cell.text)
      .replace(/[\s-]/g, '')
      .replace(/^\+?86(?=1\d{10}$)/, '')
      .replace(/\.0+$/, '');
    if (/^1[3-9]\d{9}$/.test(phone) || /^0\d{9,11}$/.test(phone) || /^[2-9]\d{6,7}$/.test(phone))
      return phone;
    this.refuse(field, 'not-a-phone', `“${phone.slice(0, 20)}”不是手机或固定电话号码。`);
    return null;
  }

  readDate(field: 'birthDate' | 'diagnosedOn', today: PlainDate): string | null {
    const cell = this.#cells.get(field);
    if (!cell) return null;
    const read = readRosterDate(cell);
    if (read.kind === 'unreadable') this.refuse(field, 'not-a-date', read.message);
    else if (String(read.date) > today) this.refuse(field, 'future', `${read.date} 在今天之后。`);
    else return read.date;
    return null;
  }

  readWholeDay(field: 'enrolledOn', today: PlainDate): PlainDate | null {
    const cell = this.#cells.get(field);
    if (!cell) return null;
    const read = readRosterDate(cell);
    if (read.kind === 'unreadable') this.refuse(field, 'not-a-date', read.message);
    else {
      const day = parsePlainDate(read.date);
      if (day === undefined) this.refuse(field, 'not-a-day', `“${read.date}”缺少月或日，请写完整日期。`);
      else if (day > today) this.refuse(field, 'future', `${day} 在今天之后。`);
      else return day;
    }
    return null;
  }

  checkDisease(): void {
    const disease = this.text('disease');
    if (disease !== null && !disease.includes('高血压')) {
      this.refuse('disease', 'other-disease', `“${disease.slice(0, 30)}”不是高血压，本次只导入高血压患者。`);
    }
  }

  /** Items of the personal-information form this row gives, by the form's ids and codes. */
  readAnswers(): Record<string, unknown> {
    const answers: Record<string, unknown> = {};
    for (const field of ['contactName', 'workUnit', 'registeredAddress'] as const) {
      const text = this.text(field);
      if (text === null) continue;
      if (isWellFormedText(text) && text.length <= 200) answers[field] = text;
      else this.refuse(field, 'bad-text', '内容过长或含有无法保存的字符。');
    }
    for (const field of [
      'nation',
      'education',
      'occupation',
      'marital',
      'residenceType',
      'bloodAbo',
      'bloodRh',
    ] as const) {
      const text = this.text(field);
      if (text === null) continue;
      const code = readRosterCode(field, text);
      if (code === undefined) this.refuse(field, 'unknown-code', `“${text.slice(0, 20)}”不在可选项中。`);
      else Object.assign(answers, code);
    }
    return answers;
  }
}

/** Age on a day, for the preview. */
export function ageOf(person: RosterPerson, today: PlainDate): number {
  return ageInYears(person.birthDate, today);
}
