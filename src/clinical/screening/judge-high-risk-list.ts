import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, ruleFrom } from '../answering.ts';
import { highRiskListSize } from './screening-parameters.ts';

/** The matters of a list, by their printed label: true for yes, false for no, undefined for not known. */
export interface HighRiskList {
  readonly list: 'hypertension' | 'diabetes';
  readonly matters: Readonly<Record<string, boolean | undefined>>;
}

/**
 * Whether a person is high-risk by a printed list, any one matter of which counts. One yes decides; without a yes every
 * matter must be known.
 * @source 国家基本公共卫生服务规范（第三版） 高血压高危人群；中国2型糖尿病防治指南 高危人群
 */
export function judgeHighRiskList(
  facts: HighRiskList,
  day: PlainDate,
): Decision<{ readonly high: boolean; readonly matters: readonly string[] }> {
  const row = rowOn(highRiskListSize, day);
  const rule = ruleFrom('SCR-02', row);
  const entries = Object.entries(facts.matters);
  const found = entries.flatMap(([name, holds]) => (holds === true ? [name] : []));
  if (found.length >= row.value[facts.list])
    return decided(rule, { high: true, matters: found }, [
      because('high-risk', `符合 ${found.length} 项：${found.join('；')}。`),
    ]);
  const missing = entries.flatMap(([name, holds]) => (holds === undefined ? [name] : []));
  if (missing.length > 0) return undecided(rule, missing);
  return decided(rule, { high: false, matters: [] }, [because('not-high-risk', '各项均为否，不属高危。')]);
}
