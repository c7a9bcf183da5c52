import { cardiovascularRiskRules } from './cardiovascular-risk/rules.ts';
import { copdRules } from './copd/rules.ts';
import { diabetesRules } from './diabetes/rules.ts';
import { earlyWarningRules } from './early-warning/rules.ts';
import { gradingRules } from './grading/rules.ts';
import { heartRules } from './heart/rules.ts';
import { hypertensionRules } from './hypertension/rules.ts';
import { kidneyRules } from './kidney/rules.ts';
import { lifestyleRules } from './lifestyle/rules.ts';
import { lipidRules } from './lipids/rules.ts';
import { medicineRules } from './medicines/rules.ts';
import { multimorbidityRules } from './multimorbidity/rules.ts';
import { obesityRules } from './obesity/rules.ts';
import type { AnyRule } from './rule-definition.ts';
import { strokeRules } from './stroke/rules.ts';
import { tcmRules } from './tcm/rules.ts';

/** Rules of a topic, under the title the catalogue gives it. */
export interface RuleTopic {
  readonly title: string;
  readonly rules: readonly AnyRule[];
}

/** Every rule of the product by topic, for the catalogue, coverage and tests. */
export const ruleTopics: readonly RuleTopic[] = [
  { title: '高血压', rules: hypertensionRules },
  { title: '2型糖尿病', rules: diabetesRules },
  { title: '慢阻肺', rules: copdRules },
  { title: '血脂', rules: lipidRules },
  { title: '体重', rules: obesityRules },
  { title: '生活方式', rules: lifestyleRules },
  { title: '心血管风险', rules: cardiovascularRiskRules },
  { title: '脑卒中', rules: strokeRules },
  { title: '肾脏', rules: kidneyRules },
  { title: '心脏', rules: heartRules },
  { title: '多病共管', rules: multimorbidityRules },
  { title: '预警与危急值', rules: earlyWarningRules },
  { title: '分级分标', rules: gradingRules },
  { title: '中医', rules: tcmRules },
  { title: '用药安全', rules: medicineRules },
];
