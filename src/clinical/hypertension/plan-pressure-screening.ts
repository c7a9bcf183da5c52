import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, undecided } from '#kernel/decision.ts';
import { addMonths, type PlainDate } from '#kernel/plain-date.ts';
import { because, missingOf, ruleFrom } from '../answering.ts';
import { diagnosisLimits, pressureGrades, screeningMonths } from './diagnosis-parameters.ts';

export interface ScreeningFacts {
  readonly ageYears?: number | undefined;
  readonly lastMeasuredOn?: PlainDate | undefined;
  readonly sbp?: number | undefined;
  readonly dbp?: number | undefined;
  readonly bmi?: number | undefined;
  readonly familyHistory?: boolean | undefined;
  readonly highSalt?: boolean | undefined;
  readonly heavyDrinking?: boolean | undefined;
  readonly perimenopausal?: boolean | undefined;
}

export interface ScreeningPlan {
  readonly dueOn: PlainDate;
  readonly isDue: boolean;
  /** By the public-health norm, whose list of who is measured every half year is another. */
  readonly publicHealthDueOn: PlainDate;
  /** On the list of the public-health norm, which starts elsewhere. */
  readonly publicHealthHighRisk: boolean;
}

/**
 * When an adult without hypertension has the pressure taken again: half a year with high-normal pressure or a risk
 * factor, else a year; not for those under age. What was not asked does not shorten the interval. Undecided without age, last day or pressure.
 * @source 国家基层高血压防治管理指南 2025版 §9；国家基本公共卫生服务规范（第三版） 高危人群
 */
export function planPressureScreening(facts: ScreeningFacts, day: PlainDate): Decision<ScreeningPlan> {
  const row = rowOn(screeningMonths, day);
  const rule = ruleFrom('HTN-05', row);
  const { ageYears, lastMeasuredOn, sbp, dbp } = facts;
  if (ageYears === undefined || lastMeasuredOn === undefined || sbp === undefined || dbp === undefined)
    return undecided(
      rule,
      missingOf({ 年龄: ageYears, 上次测压日期: lastMeasuredOn, 收缩压: sbp, 舒张压: dbp }),
    );
  const limits = row.value;
  const highNormal = rowOn(pressureGrades, day).value[1];
  const reasons: Reason[] = [];
  if (ageYears < limits.adultFrom) return undecided(rule, [`年满${limits.adultFrom}岁`]);
  const raised = rowOn(diagnosisLimits, day).value.office;
  if (sbp >= raised.sbp || dbp >= raised.dbp)
    reasons.push(because('raised', `上次血压 ${sbp}/${dbp} mmHg 升高，未确诊高血压。`));
  else if (sbp >= highNormal.from || dbp >= highNormal.dbp)
    reasons.push(because('high-normal', `上次血压 ${sbp}/${dbp} mmHg，为正常高值。`));
  if (ageYears > limits.ageAbove)
    reasons.push(because('age', `年龄 ${ageYears} 岁，超过 ${limits.ageAbove} 岁。`));
  if (facts.bmi !== undefined && facts.bmi >= limits.bmiFrom) reasons.push(because('bmi', '超重或肥胖。'));
  if (facts.familyHistory) reasons.push(because('family', '有高血压家族史。'));
  if (facts.highSalt) reasons.push(because('salt', '高盐饮食。'));
  if (facts.heavyDrinking) reasons.push(because('alcohol', '长期过量饮酒。'));
  if (facts.perimenopausal) reasons.push(because('perimenopause', '围绝经期女性。'));
  const months = reasons.length > 0 ? limits.atRisk : limits.plain;
  const dueOn = addMonths(lastMeasuredOn, months);
  const { publicHealthHighNormal: ph } = limits;
  const publicHealthHighRisk =
    sbp >= ph.sbp ||
    dbp >= ph.dbp ||
    ageYears >= limits.publicHealthAgeFrom ||
    (facts.bmi !== undefined && facts.bmi >= limits.bmiFrom) ||
    facts.familyHistory === true ||
    facts.highSalt === true ||
    facts.heavyDrinking === true;
  const text = `每 ${months} 个月测一次，应于 ${dueOn} 前复测。`;
  const publicHealthDueOn = addMonths(lastMeasuredOn, publicHealthHighRisk ? limits.atRisk : limits.plain);
  return decided(rule, { dueOn, isDue: dueOn <= day, publicHealthDueOn, publicHealthHighRisk }, [
    ...reasons,
    because('interval', text),
  ]);
}
