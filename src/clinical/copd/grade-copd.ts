import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { bandOf, because, missingOf, ruleFrom } from '../answering.ts';
import { groupLimits, spirometry, symptomLimits } from './copd-parameters.ts';

export interface SpirometryFacts {
  /** FEV1/FVC after the bronchodilator, 0–1. */
  readonly ratio?: number | undefined;
  readonly fev1Percent?: number | undefined;
  readonly afterBronchodilator?: boolean | undefined;
}

export interface CopdGrade {
  readonly result: 'copd' | 'prism' | 'normal';
  readonly grade: 1 | 2 | 3 | 4 | undefined;
  readonly repeat: boolean;
}

/** The GOLD grade of a person whose COPD is established, by FEV1 in percent of predicted. */
export function goldGradeOf(fev1Percent: number, day: PlainDate): 1 | 2 | 3 | 4 {
  return bandOf(valueOn(spirometry, day).grades, fev1Percent)?.grade ?? 4;
}

/** Airflow limitation and its GOLD grade; only after a bronchodilator. @source GOLD 报告 诊断与气流受限分级 */
export function gradeCopd(facts: SpirometryFacts, day: PlainDate): Decision<CopdGrade> {
  const row = rowOn(spirometry, day);
  const rule = ruleFrom('COPD-04', row);
  const { ratio, fev1Percent } = facts;
  if (ratio === undefined || fev1Percent === undefined || facts.afterBronchodilator !== true)
    return undecided(
      rule,
      missingOf({
        'FEV1/FVC': ratio,
        FEV1占预计值: fev1Percent,
        支气管舒张后测定: facts.afterBronchodilator || undefined,
      }),
    );
  const limit = row.value;
  const repeat = ratio >= limit.repeat.from && ratio <= limit.repeat.to;
  if (ratio >= limit.ratioBelow) {
    const result = fev1Percent < limit.preservedBelow ? 'prism' : 'normal';
    return decided(rule, { result, grade: undefined, repeat }, [
      because(result, `FEV1/FVC ${ratio}，不符合慢阻肺。`),
    ]);
  }
  const grade = bandOf(limit.grades, fev1Percent)?.grade ?? 4;
  return decided(rule, { result: 'copd', grade, repeat }, [
    because(`gold-${grade}`, `FEV1/FVC ${ratio}，FEV1 ${fev1Percent}%，GOLD ${grade} 级。`),
  ]);
}

export interface SymptomFacts {
  readonly mmrc?: number | undefined;
  /** Eight items, 0–5 each. */
  readonly catItems?: readonly number[] | undefined;
  readonly cat?: number | undefined;
  readonly previousCat?: number | undefined;
}

export interface SymptomBurden {
  readonly cat: number | undefined;
  readonly high: boolean;
  readonly worsened: boolean;
}

/** How heavy the symptoms are, by mMRC or CAT, the heavier counts; an incomplete CAT is not counted. @source GOLD 报告 症状评估 */
export function weighSymptoms(facts: SymptomFacts, day: PlainDate): Decision<SymptomBurden> {
  const row = rowOn(symptomLimits, day);
  const rule = ruleFrom('COPD-05', row);
  const items = facts.catItems;
  if (items && items.length !== 8 && facts.mmrc === undefined) return undecided(rule, ['CAT（八项未答全）']);
  const cat = facts.cat ?? (items?.length === 8 ? items.reduce((sum, one) => sum + one, 0) : undefined);
  if (cat === undefined && facts.mmrc === undefined) return undecided(rule, ['mMRC 或 CAT']);
  const high = (facts.mmrc ?? 0) >= row.value.mmrc || (cat ?? 0) >= row.value.cat;
  const worsened =
    cat !== undefined && facts.previousCat !== undefined && cat - facts.previousCat >= row.value.change;
  return decided(rule, { cat, high, worsened }, [
    because(
      high ? 'high' : 'low',
      `${cat === undefined ? '' : `CAT ${cat} 分，`}${facts.mmrc === undefined ? '' : `mMRC ${facts.mmrc} 级，`}症状${high ? '较多' : '较少'}。`,
    ),
    ...(worsened
      ? [because('worsened', `CAT 较上次升高 ${(cat ?? 0) - (facts.previousCat ?? 0)} 分。`)]
      : []),
  ]);
}

export interface GroupFacts {
  readonly moderateExacerbations?: number | undefined;
  readonly hospitalExacerbations?: number | undefined;
  readonly mmrc?: number | undefined;
  readonly cat?: number | undefined;
  /** cells/µL. */
  readonly eosinophils?: number | undefined;
}

export interface CopdGroup {
  readonly group: 'A' | 'B' | 'E';
  readonly start: string;
}

/** Group A, B or E and what to begin with. Undecided without the exacerbations, or symptoms below E. @source GOLD 报告 综合评估 */
export function groupCopd(facts: GroupFacts, day: PlainDate): Decision<CopdGroup> {
  const row = rowOn(groupLimits, day);
  const rule = ruleFrom('COPD-06', row);
  const { moderateExacerbations: moderate, hospitalExacerbations: hospital } = facts;
  const limit = row.value;
  const isE = (moderate ?? 0) >= limit.moderate || (hospital ?? 0) >= limit.hospital;
  if (!isE && (moderate === undefined || hospital === undefined))
    return undecided(rule, missingOf({ 中度加重次数: moderate, 加重住院次数: hospital }));
  if (isE) {
    const inhaled = (facts.eosinophils ?? 0) >= limit.eosAdd;
    return decided(rule, { group: 'E', start: inhaled ? 'LABA+LAMA+ICS' : 'LABA+LAMA' }, [
      because(
        'E',
        `近12个月中度加重 ${moderate ?? 0} 次、住院 ${hospital ?? 0} 次，E组${inhaled ? '，嗜酸粒细胞高，加吸入激素' : ''}。`,
      ),
    ]);
  }
  const burden = weighSymptoms({ mmrc: facts.mmrc, cat: facts.cat }, day);
  if (burden.kind === 'undecided') return undecided(rule, burden.missing);
  const { mmrc, cat } = valueOn(symptomLimits, day);
  return burden.value.high
    ? decided(rule, { group: 'B', start: 'LABA+LAMA' }, [because('B', `mMRC≥${mmrc} 或 CAT≥${cat}，B组。`)])
    : decided(rule, { group: 'A', start: '一种支气管舒张剂' }, [because('A', '加重少、症状少，A组。')]);
}
