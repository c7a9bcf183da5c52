import type { TextPattern } from './form-shape.ts';

interface TextShape {
  readonly shape: RegExp;
  /** Follows the label: `本人电话` + `不是手机或固定电话号码。` */
  readonly message: string;
}

/**
 * The named text shapes of the sheets. An identity number is only looked at from outside here: length and characters;
 * its check digit belongs to the standard that defines it.
 */
export const textShapes: Readonly<Record<TextPattern, TextShape>> = {
  phone: { shape: /^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|[2-9]\d{6,7})$/, message: '不是手机或固定电话号码。' },
  'identity-number': { shape: /^(\d{17}[\dXx]|\d{15})$/, message: '应为18位身份证号。' },
  'archive-number': { shape: /^\d{17}$/, message: '应为17位数字的档案编号。' },
  'time-of-day': { shape: /^([01]\d|2[0-3]):[0-5]\d$/, message: '应写成 08:30 这样的时间。' },
  'icd-10': {
    shape: /^[A-Z]\d{2}(\.[0-9A-Zx]{1,4})?[+*]?$/,
    message: '应为 ICD-10 编码，如 I10 或 I63.9。',
  },
};
