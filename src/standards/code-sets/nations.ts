import type { CodeOption } from '#kernel/form-shape.ts';

const names =
  '汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 傣族 黎族 傈僳族 佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族';

/**
 * The 56 nations of China with their two-digit codes, then 其他 and 外国血统中国籍人士. The sheets print 01 and 99 and the
 * full name; the code is what is exchanged.
 * @source GB/T 3304-1991 中国各民族名称的罗马字母拼写法和代码
 */
export const nations: readonly CodeOption[] = [
  ...names.split(' ').map((label, index) => ({ code: String(index + 1).padStart(2, '0'), label })),
  { code: '97', label: '其他' },
  { code: '98', label: '外国血统中国籍人士' },
];

/** The code of a nation by its name, with or without 族; undefined for a name that is not in the list. */
export function nationCodeOf(name: string): string | undefined {
  const wanted = name.trim();
  return nations.find(({ label }) => label === wanted || label === `${wanted}族`)?.code;
}

/** The printed answer of 民族 for a nation's code: 01 for 汉族, else 99 with the full name. */
export function printedNationOf(code: string): { nation: '01' | '99'; nationName?: string } | undefined {
  const found = nations.find((one) => one.code === code);
  if (!found) return undefined;
  return code === '01' ? { nation: '01' } : { nation: '99', nationName: found.label };
}
