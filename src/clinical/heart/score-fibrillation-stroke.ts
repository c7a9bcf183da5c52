import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { isWithin, lackingAnswers, lackingFigures } from '../cardiovascular-risk/required-inputs.ts';
import type { Condition, Conditions, Sex } from '../conditions.ts';
import { anticoagulationLimits, fibrillationScore, heartRanges } from './heart-parameters.ts';

export interface FibrillationFacts {
  readonly ageYears?: number | undefined;
  readonly sex?: Sex | undefined;
  /** The history as asked; here a condition not in the list counts as absent. */
  readonly conditions?: Conditions | undefined;
}

/** What the score says on anticoagulation; a clinician decides. */
export type AnticoagulationAdvice = 'recommend' | 'consider' | 'none';

export interface FibrillationScore {
  /** CHA₂DS₂-VASc. */
  readonly score: number;
  readonly advice: AnticoagulationAdvice;
  /** CHA₂DS₂-VASc-60 of the Chinese guideline. */
  readonly score60: number;
  readonly advice60: AnticoagulationAdvice;
}

const items: readonly (readonly [name: string, any: readonly Condition[]])[] = [
  ['心力衰竭', ['heart-failure', 'heart-failure-reduced']],
  ['高血压', ['hypertension']],
  ['糖尿病', ['type-2-diabetes', 'type-1-diabetes']],
  [
    '血管疾病',
    [
      'myocardial-infarction',
      'peripheral-artery-disease',
      'coronary-heart-disease',
      'acute-coronary-syndrome',
      'revascularization',
    ],
  ],
];
const strokes: readonly Condition[] = ['ischaemic-stroke', 'tia'];
const labels = { recommend: '推荐口服抗凝', consider: '可考虑口服抗凝', none: '暂不需抗凝' } as const;

/**
 * The stroke score of a person with atrial fibrillation (no mechanical valve, no marked mitral stenosis), the classic and
 * the Chinese version with ages from 60, each with what it says on anticoagulation. The two are shown side by side.
 * @source 心房颤动诊断和治疗中国指南 CHA₂DS₂-VASc-60
 */
export function scoreFibrillationStroke(
  facts: FibrillationFacts,
  day: PlainDate,
): Decision<FibrillationScore> {
  const row = rowOn(fibrillationScore, day);
  const rule = { id: 'AF-01', edition: row.source, clause: row.clause, certainty: row.certainty };
  const range = valueOn(heartRanges, day).ageYears;
  const { ageYears, sex, conditions } = facts;
  if (!isWithin(ageYears, range) || sex === undefined || conditions === undefined) {
    const answers = [
      [sex, '性别'],
      [conditions, '病史'],
    ] as const;
    return undecided(rule, [...lackingFigures([[ageYears, range]]), ...lackingAnswers(answers)]);
  }
  if (!conditions.includes('atrial-fibrillation')) return undecided(rule, ['心房颤动诊断']);
  const { standard, variant, stroke, other } = row.value;
  const has = (any: readonly Condition[]) => any.some((name) => conditions.includes(name));
  const found = items.filter(([, any]) => has(any)).map(([name]) => name);
  const base = found.length * other + (has(strokes) ? stroke : 0) + (sex === 'female' ? other : 0);
  const forAge = (rows: typeof standard) => rows.find(([from]) => ageYears >= from)?.[1] ?? 0;
  const score = base + forAge(standard);
  const score60 = base + forAge(variant);
  const limits = valueOn(anticoagulationLimits, day)[sex];
  const adviceAt = (points: number): AnticoagulationAdvice =>
    points >= limits.recommend ? 'recommend' : points >= limits.consider ? 'consider' : 'none';
  const [advice, advice60] = [adviceAt(score), adviceAt(score60)];
  const names = [...found, ...(has(strokes) ? ['卒中或短暂性脑缺血发作'] : [])].join('、') || '无';
  const text = `${ageYears}岁${sex === 'female' ? '女' : '男'}性，合并：${names}。原版 ${score} 分（${labels[advice]}），60岁版 ${score60} 分（${labels[advice60]}）。`;
  return decided(rule, { score, advice, score60, advice60 }, [{ code: `advice-${advice60}`, text }]);
}
