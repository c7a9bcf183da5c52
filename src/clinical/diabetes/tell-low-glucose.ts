import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, ruleFrom } from '../answering.ts';
import { hypoglycaemiaLimits } from './diabetes-parameters.ts';
import { glucoseCrisisLimits } from './follow-up-parameters.ts';

/** Marks a glucose too low among the reasons of another rule. */
export const lowGlucoseCode = 'low-glucose';

/**
 * Whether a glucose, fasting or not, is too low and therefore never at target: with diabetes up to and including the norm's
 * end, without it below the lower one. mmol/L. The norm counts 3.9 itself, the levels of hypoglycaemia begin below it.
 * @source 国家基本公共卫生服务规范（第三版） 2型糖尿病患者健康管理服务规范 随访评估；低血糖分级与处理
 */
export function tellLowGlucose(
  facts: { readonly glucose?: number | undefined; readonly diabetes: boolean },
  day: PlainDate,
): Decision<boolean> {
  const row = rowOn(glucoseCrisisLimits, day);
  const rule = ruleFrom('DM-11-low', row);
  const { glucose, diabetes } = facts;
  if (glucose === undefined) return undecided(rule, ['血糖']);
  const { withoutDiabetes } = valueOn(hypoglycaemiaLimits, day);
  const isLow = diabetes ? glucose <= row.value.low : glucose < withoutDiabetes;
  const limit = diabetes ? `≤${row.value.low}` : `<${withoutDiabetes}`;
  return decided(rule, isLow, [
    because(
      isLow ? lowGlucoseCode : 'not-low',
      `血糖 ${glucose} mmol/L，${isLow ? '为' : '不是'}低血糖（${limit}）。`,
    ),
  ]);
}

/** The first of some glucoses of a person with diabetes that is too low, as a reason; undefined where none is. */
export function lowGlucoseReason(
  glucoses: readonly (number | undefined)[],
  day: PlainDate,
): Reason | undefined {
  for (const glucose of glucoses) {
    const told = tellLowGlucose({ glucose, diabetes: true }, day);
    if (told.kind === 'decided' && told.value) return told.reasons[0];
  }
  return undefined;
}

/** Whether a rule answered because of, or in spite of, a glucose that is too low. */
export const namesLowGlucose = (decision: Decision<unknown>): boolean =>
  decision.kind === 'decided' && decision.reasons.some(({ code }) => code === lowGlucoseCode);
