import { parameter, rowOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import { type PlainDate, plainDate } from '#kernel/plain-date.ts';
import { because, missingOf, roundTo, ruleFrom } from '../answering.ts';
import { type Constitution, constitutionLabels } from './judge-constitution.ts';

export const convertedScores = parameter({
  id: 'TCM-01.converted',
  label: '成人体质量表转化分：偏颇体质为是、倾向是；平和质为是及其他体质的上限',
  rows: [
    {
      from: plainDate('2009-04-09'),
      source: 'TCM-CONSTITUTION-2009',
      certainty: 'from-knowledge',
      clause: '中医体质分类与判定 转化分与判定标准',
      value: { yes: 40, tends: 30, balanced: 60, othersForYes: 30, othersForMostly: 40 },
    },
  ],
});

/** Answers, 1–5, of the items of each constitution on the scale for adults. */
export type ConstitutionAnswers = Readonly<Partial<Record<Constitution, readonly number[]>>>;

export interface ConvertedConstitution {
  /** 0–100. */
  readonly scores: Readonly<Partial<Record<Constitution, number>>>;
  readonly yes: readonly Constitution[];
  readonly tends: readonly Constitution[];
  /** Null while another constitution was not asked. */
  readonly balanced: 'yes' | 'mostly' | 'no' | null;
}

const biased = (Object.keys(constitutionLabels) as Constitution[]).filter((one) => one !== 'pinghe');

/**
 * The constitution of an adult on the scale of 60 or 66 items: each raw sum turned into 0–100. Undecided without any
 * answer, and for answers outside 1–5.
 * @source 中医体质分类与判定
 */
export function convertConstitution(
  facts: { readonly answers: ConstitutionAnswers },
  day: PlainDate,
): Decision<ConvertedConstitution> {
  const row = rowOn(convertedScores, day);
  const rule = ruleFrom('TCM-01-adult', row);
  const scores: Partial<Record<Constitution, number>> = {};
  for (const one of ['pinghe', ...biased] as const) {
    const answers = facts.answers[one];
    if (!answers || answers.length === 0) continue;
    if (answers.some((answer) => !(answer >= 1 && answer <= 5)))
      return undecided(rule, [`${constitutionLabels[one]}的答案（1–5分）`]);
    const raw = answers.reduce((sum, answer) => sum + answer, 0);
    scores[one] = roundTo(((raw - answers.length) / (4 * answers.length)) * 100, 2);
  }
  if (Object.keys(scores).length === 0) return undecided(rule, missingOf({ 体质量表的答案: undefined }));
  const limit = row.value;
  const at = (one: Constitution) => scores[one] ?? -1;
  const yes = biased.filter((one) => at(one) >= limit.yes);
  const tends = biased.filter((one) => at(one) >= limit.tends && at(one) < limit.yes);
  const asked = scores.pinghe !== undefined && biased.every((one) => scores[one] !== undefined);
  const highest = Math.max(...biased.map(at));
  const balanced = !asked
    ? null
    : at('pinghe') < limit.balanced || highest >= limit.othersForMostly
      ? 'no'
      : highest < limit.othersForYes
        ? 'yes'
        : 'mostly';
  const named = (Object.entries(scores) as [Constitution, number][]).map(
    ([one, score]) => `${constitutionLabels[one]} ${score} 分`,
  );
  return decided(rule, { scores, yes, tends, balanced }, [
    because('scores', `转化分：${named.join('、')}。`),
  ]);
}
