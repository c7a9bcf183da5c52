import { parameter, rowOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import { type PlainDate, plainDate } from '#kernel/plain-date.ts';
import { because, ruleFrom } from '../answering.ts';

/** Signs of a syndrome, and for which disease it is looked for. */
interface Syndrome {
  readonly name: string;
  readonly of: 'hypertension' | 'obesity';
  readonly signs: readonly string[];
}

export const syndromeSigns = parameter<{ readonly atLeast: number; readonly syndromes: readonly Syndrome[] }>(
  {
    id: 'TCM-03.syndromes',
    label: '证型线索：至少几项相符才提示；各证型的表现',
    rows: [
      {
        from: plainDate('2025-09-01'),
        source: 'HTN-JC-2025',
        certainty: 'own-default',
        clause: '国家基层高血压防治管理指南 2025版 §6 证型；几项相符才提示为平台默认',
        value: {
          atLeast: 3,
          syndromes: [
            {
              name: '风阳上亢',
              of: 'hypertension',
              signs: [
                '眩晕',
                '耳鸣',
                '头胀痛',
                '急躁易怒',
                '失眠',
                '面红目赤',
                '肢体麻木或震颤',
                '舌红苔黄',
                '脉弦',
              ],
            },
            {
              name: '肝肾阴虚',
              of: 'hypertension',
              signs: ['眩晕', '耳鸣', '腰膝酸软', '五心烦热', '心悸', '失眠', '健忘', '舌红少苔', '脉弦细数'],
            },
            { name: '胃肠实热', of: 'obesity', signs: ['肥胖', '便秘', '舌苔黄腻'] },
          ],
        },
      },
    ],
  },
);

/** Syndromes the signs point to, the best matched first, for a trained doctor to confirm; no prescription. @source 国家基层高血压防治管理指南 2025版 §6；国家糖尿病基层中医防治管理指南 2022 */
export function suggestSyndromes(
  facts: { readonly of: Syndrome['of']; readonly signs?: readonly string[] | undefined },
  day: PlainDate,
): Decision<readonly string[]> {
  const row = rowOn(syndromeSigns, day);
  const rule = ruleFrom('TCM-03-syndromes', row);
  const { signs } = facts;
  if (signs === undefined) return undecided(rule, ['症状与舌脉']);
  const matched = row.value.syndromes
    .filter((one) => one.of === facts.of)
    .map((one) => ({ name: one.name, found: one.signs.filter((sign) => signs.includes(sign)) }))
    .filter((one) => one.found.length >= row.value.atLeast)
    .sort((a, b) => b.found.length - a.found.length);
  return decided(
    rule,
    matched.map((one) => one.name),
    matched.map((one) => because('syndrome', `${one.name}：${one.found.join('、')}，由受训医师辨证确认。`)),
  );
}
