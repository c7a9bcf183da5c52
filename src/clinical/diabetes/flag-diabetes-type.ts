import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, ruleFrom } from '../answering.ts';
import { typingLimits } from './diabetes-parameters.ts';

export interface TypingFacts {
  readonly ageYears?: number | undefined;
  readonly bmi?: number | undefined;
  readonly ketosis?: boolean | undefined;
  readonly rapidWeightLoss?: boolean | undefined;
  readonly earlyInsulin?: boolean | undefined;
  readonly pregnant?: boolean | undefined;
  readonly steroidOrPancreas?: boolean | undefined;
  readonly autoimmune?: boolean | undefined;
  /** Diabetes in three generations, as if inherited from one parent. */
  readonly familyDominant?: boolean | undefined;
}

/** Signs that it may not be type 2, each a reason to refer for typing. Absent facts count as not found. @source 糖尿病分型线索 */
export function flagDiabetesType(facts: TypingFacts, day: PlainDate): Decision<readonly string[]> {
  const row = rowOn(typingLimits, day);
  const limit = row.value;
  const { ageYears, bmi } = facts;
  const found: Reason[] = [];
  const add = (holds: boolean | undefined, code: string, text: string) => {
    if (holds) found.push(because(code, text));
  };
  const thin = bmi !== undefined && bmi < limit.bmiBelow;
  add(
    ageYears !== undefined && (ageYears < limit.ageBelow || (ageYears < limit.youngBelow && thin)),
    'young',
    `发病年龄 ${ageYears} 岁。`,
  );
  add(facts.ketosis, 'ketosis', '起病即有酮症。');
  add(facts.rapidWeightLoss, 'weight-loss', '体重迅速下降。');
  add(thin && facts.earlyInsulin, 'thin-insulin', '体瘦且早期需用胰岛素。');
  add(facts.pregnant, 'pregnant', '妊娠。');
  add(facts.steroidOrPancreas, 'secondary', '用糖皮质激素或有胰腺疾病。');
  add(facts.autoimmune, 'autoimmune', '自身免疫病。');
  add(facts.familyDominant, 'family', '家族三代连续发病，注意单基因糖尿病。');
  return decided(
    ruleFrom('DM-04', row),
    found.map((one) => one.code),
    found,
  );
}
