import { checkIdentityNumber } from '#standards/identity/check-identity-number.ts';

/** What a pasted or scanned line holds. */
export type PersonLine =
  | { readonly kind: 'identity'; readonly idNo: string }
  | { readonly kind: 'archive'; readonly archiveNo: string }
  | { readonly kind: 'invalid'; readonly message: string };

const fullWidth = /[！-～]/g;

/**
 * Reads one line of a list: an identity number (15 or 18, spaces, full-width digits and a small x allowed) or a 17-digit
 * archive code, alone or with a name before or after it. Undefined for an empty line.
 */
export function readPersonLine(line: string): PersonLine | undefined {
  const text = line.replace(fullWidth, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).trim();
  if (text === '') return undefined;
  if (/\d\.\d+e\+\d+/i.test(text))
    return { kind: 'invalid', message: '号码被表格软件改成了科学计数，请把该列设为文本后重新复制。' };
  const numbers = text.split(/[,，\t;；|]+/).map((part) => part.replace(/[^\dXx]/g, ''));
  const found = [...numbers, text.replace(/[^\dXx]/g, '')].find((part) => part.length >= 15);
  if (found === undefined) return { kind: 'invalid', message: '没有读到身份证号或17位档案编码。' };
  if (/^\d{17}$/.test(found)) return { kind: 'archive', archiveNo: found };
  const checked = checkIdentityNumber(found);
  return checked.kind === 'valid'
    ? { kind: 'identity', idNo: checked.idNo }
    : { kind: 'invalid', message: checked.message };
}
