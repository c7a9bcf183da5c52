import type { CodeOption } from '#kernel/form-shape.ts';
import { options } from '../forms/field-builders.ts';

/**
 * 人的性别代码.
 * @source GB/T 2261.1 个人基本信息分类与代码 第1部分
 */
export const sexes: readonly CodeOption[] = options('0 未知的性别  1 男  2 女  9 未说明的性别');

/**
 * 婚姻状况代码.
 * @source GB/T 2261.2 个人基本信息分类与代码 第2部分
 */
export const maritalStatuses: readonly CodeOption[] = options(
  '10 未婚  20 已婚  21 初婚  22 再婚  23 复婚  30 丧偶  40 离婚  90 未说明的婚姻状况',
);

/** The printed code of 个人基本信息表 for a code of GB/T 2261.2; undefined for one that is not in the list. */
export function printedMaritalStatusOf(code: string): string | undefined {
  const byFirstDigit: Readonly<Record<string, string>> = { '1': '1', '2': '2', '3': '3', '4': '4', '9': '5' };
  return maritalStatuses.some((one) => one.code === code) ? byFirstDigit[code.charAt(0)] : undefined;
}
