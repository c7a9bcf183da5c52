import { cardiovascularRiskRules } from './cardiovascular-risk/rules.ts';
import { checkupRules } from './checkup/rules.ts';
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
import { referralRules } from './referral/rules.ts';
import type { AnyRule } from './rule-definition.ts';
import { screeningRules } from './screening/rules.ts';
import { strokeRules } from './stroke/rules.ts';
import { tcmRules } from './tcm/rules.ts';

/** Rules of a topic, under the title the catalogue gives it. */
export interface RuleTopic {
  /** Name of its catalogue page. */
  readonly slug: string;
  readonly title: string;
  readonly rules: readonly AnyRule[];
}

/** Every rule of the product by topic, for the catalogue, coverage and tests. */
export const ruleTopics: readonly RuleTopic[] = [
  { slug: 'hypertension', title: '高血压', rules: hypertensionRules },
  { slug: 'diabetes', title: '2型糖尿病', rules: diabetesRules },
  { slug: 'copd', title: '慢阻肺', rules: copdRules },
  { slug: 'lipids', title: '血脂', rules: lipidRules },
  { slug: 'weight', title: '体重', rules: obesityRules },
  { slug: 'lifestyle', title: '生活方式', rules: lifestyleRules },
  { slug: 'cardiovascular-risk', title: '心血管风险', rules: cardiovascularRiskRules },
  { slug: 'stroke', title: '脑卒中', rules: strokeRules },
  { slug: 'kidney', title: '肾脏', rules: kidneyRules },
  { slug: 'heart', title: '心脏', rules: heartRules },
  { slug: 'multimorbidity', title: '多病共管', rules: multimorbidityRules },
  { slug: 'early-warning', title: '预警与危急值', rules: earlyWarningRules },
  { slug: 'screening', title: '筛查与高危人群', rules: screeningRules },
  { slug: 'grading', title: '分级分标', rules: gradingRules },
  { slug: 'checkup', title: '健康体检', rules: checkupRules },
  { slug: 'tcm', title: '中医', rules: tcmRules },
  { slug: 'referral', title: '转诊', rules: referralRules },
  { slug: 'medicines', title: '用药安全', rules: medicineRules },
];
