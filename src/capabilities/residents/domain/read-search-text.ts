import { matchedName } from '#kernel/person-name.ts';
import { toHalfWidth } from '#kernel/well-formed-text.ts';

/** What a worker typed into the search box, told apart by its characters. */
export type SearchTerm =
  | { readonly kind: 'name'; readonly prefix: string }
  | { readonly kind: 'initials'; readonly prefix: string }
  | { readonly kind: 'id-no'; readonly idNo: string }
  | { readonly kind: 'archive-no'; readonly archiveNo: string }
  /** The last digits of an identity number, a telephone or an archive code. */
  | { readonly kind: 'tail'; readonly tail: string }
  | { readonly kind: 'too-short'; readonly hint: string };

/** Fewer digits than this match too many people to be an answer. */
export const shortestTail = 4;

/** A number of the first generation of cards: area, a day without its century, serial; those born from 1900 on. */
const oldIdentityNumber = /^\d{8}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}$/;

/** Reads the search text: Chinese → name, letters → pinyin initials, digits → numbers or their tails. */
export function readSearchText(text: string): SearchTerm {
  const compact = toHalfWidth(text)
    .replace(/[\s-]/g, '')
    .replace(/^(?:\+86|0086)(?=\d)/, '');
  if (compact === '')
    return { kind: 'too-short', hint: '请输入姓名、拼音首字母、身份证号、电话或档案编码。' };
  if (/^\d{17}[\dXx]$/.test(compact)) return { kind: 'id-no', idNo: compact.toUpperCase() };
  if (oldIdentityNumber.test(compact)) return { kind: 'id-no', idNo: compact };
  if (/^\d{17}$/.test(compact)) return { kind: 'archive-no', archiveNo: compact };
  if (/^\d+[Xx]?$/.test(compact)) {
    if (compact.length < shortestTail)
      return { kind: 'too-short', hint: `数字请至少输入 ${shortestTail} 位。` };
    return { kind: 'tail', tail: compact.toUpperCase() };
  }
  if (/^[A-Za-z]+$/.test(compact)) return { kind: 'initials', prefix: compact.toLowerCase() };
  return { kind: 'name', prefix: matchedName(toHalfWidth(text).replace(/\s+/g, '')) };
}
