import { type PartialDate, parsePartialDate } from '#kernel/partial-date.ts';
import { toHalfWidth } from '#kernel/well-formed-text.ts';
import type { WorkbookCell } from './workbook-cell.ts';

type DateReading =
  | { readonly kind: 'date'; readonly date: PartialDate }
  | { readonly kind: 'unreadable'; readonly message: string };

const unreadable = (message: string): DateReading => ({ kind: 'unreadable', message });

/**
 * Reads a day, month or year as people type them: a date cell, `2024-5-1`, `2024.5.1`, `2024/5`, `2024年5月1日`,
 * `20240501`, `202405`, `2024`. A year of two digits, a bare serial number or a lunar date is never guessed.
 */
export function readRosterDate(cell: WorkbookCell): DateReading {
  if (cell.kind === 'date') return accept(cell.text, cell.text);
  if (cell.kind === 'boolean' || cell.kind === 'error') return unreadable(`“${cell.text}”不是日期。`);
  const text = toHalfWidth(cell.text).replace(/\s/g, '');
  const compact = /^(\d{4})(\d{2})?(\d{2})?$/.exec(text);
  if (compact) return accept([compact[1], compact[2], compact[3]].filter(Boolean).join('-'), text);
  const spelled = /^(\d{4})[年./-](\d{1,2})(?:[月./-](?:(\d{1,2})日?)?)?$|^(\d{4})年$/.exec(text);
  if (spelled) {
    const parts = [spelled[1] ?? spelled[4], spelled[2]?.padStart(2, '0'), spelled[3]?.padStart(2, '0')];
    return accept(parts.filter(Boolean).join('-'), text);
  }
  if (/^\d{2}[年./-]/.test(text)) return unreadable(`“${text}”的年份只有两位，请写四位年份。`);
  if (/^\d{5}$/.test(text)) return unreadable(`“${text}”像是没有设为日期格式的数字，请写成 2024-05-01。`);
  return unreadable(`“${text.slice(0, 20)}”不是能识别的日期，请写成 2024-05-01。`);
}

function accept(candidate: string, shown: string): DateReading {
  const date = parsePartialDate(candidate);
  if (date === undefined) return unreadable(`“${shown}”不是真实存在的日期。`);
  return { kind: 'date', date };
}
