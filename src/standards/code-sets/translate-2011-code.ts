/** What a code of a 2011 sheet becomes on the 2017 sheet, or why nobody can say. */
export type CodeTranslation =
  | { readonly kind: 'same-meaning'; readonly code: string }
  | { readonly kind: 'ambiguous'; readonly candidates: readonly string[] }
  | { readonly kind: 'unknown' };

type Target = string | readonly string[];

/** Field of the 2017 sheet → 2011 code → 2017 code, or the codes among which a person must choose. */
const tables: Readonly<Record<string, Readonly<Record<string, Target>>>> = {
  /** RH阴性: 1 否 2 是 3 不详 → 1 阴性 2 阳性 3 不详 */
  bloodRh: { '1': '2', '2': '1', '3': '3' },
  /** 1 文盲及半文盲 2 小学 3 初中 4 高中/技校/中专 5 大专及以上 6 不详 */
  education: { '1': '9', '2': '8', '3': '7', '4': ['4', '5', '6'], '5': ['1', '2', '3'], '6': '10' },
  /** 1 国家机关… to 8 不便分类: one lower in 2017, which starts at 0 */
  occupation: { '1': '0', '2': '1', '3': '2', '4': '3', '5': '4', '6': '5', '7': '6', '8': '7' },
  /** 1 单设 2 室内 3 室外 → 2017 puts 1 无 first */
  livestockPen: { '1': '2', '2': '3', '3': '4' },
  /** Diabetes sheet: 1 未触及 2 触及 → 1 触及正常 2 减弱 3 消失 */
  dorsalisPedis: { '1': '3', '2': ['1', '2'] },
};

/**
 * Translates a code of a 2011 sheet to the 2017 one for the fields whose numbering changed. Other fields kept theirs.
 * @source 国家基本公共卫生服务规范（2011年版）、（第三版） 编码对照，凭掌握的知识
 */
export function translate2011Code(field: string, code: string): CodeTranslation {
  const table = Object.hasOwn(tables, field) ? tables[field] : undefined;
  if (!table) return { kind: 'same-meaning', code };
  const target = Object.hasOwn(table, code) ? table[code] : undefined;
  if (target === undefined) return { kind: 'unknown' };
  return typeof target === 'string'
    ? { kind: 'same-meaning', code: target }
    : { kind: 'ambiguous', candidates: target };
}
