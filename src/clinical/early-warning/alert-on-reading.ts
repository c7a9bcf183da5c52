import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, ruleFrom } from '../answering.ts';
import {
  glucoseAlerts,
  laboratoryCritical,
  otherAlerts,
  oxygenAlerts,
  pressureAlerts,
  pulseAlerts,
} from './alert-parameters.ts';
import type { OwnCriticalValues } from './own-critical-values.ts';

export type AlertLevel = 'none' | 'yellow' | 'orange' | 'red' | 'critical';

export const alertLabels: Readonly<Record<AlertLevel, string>> = {
  none: '无',
  yellow: '黄色',
  orange: '橙色',
  red: '红色',
  critical: '危急',
};

export interface Alert {
  readonly level: AlertLevel;
  /** Which line of the table spoke: AL-BP-02. */
  readonly ruleId: string;
}

/** A single home reading of blood pressure. Symptoms as the person says them. mmHg. @source 平台默认：单次测量预警 */
export function alertOnPressure(
  facts: {
    readonly sbp?: number | undefined;
    readonly dbp?: number | undefined;
    readonly symptoms?: boolean | undefined;
  },
  day: PlainDate,
): Decision<Alert> {
  const row = rowOn(pressureAlerts, day);
  const rule = ruleFrom('AL-BP', row);
  const { sbp, dbp } = facts;
  if (sbp === undefined || dbp === undefined) return undecided(rule, ['血压']);
  const limit = row.value;
  const reaches = (of: { sbp: number; dbp: number }) => sbp >= of.sbp || dbp >= of.dbp;
  const answer = (level: AlertLevel, ruleId: string, text: string) =>
    decided(rule, { level, ruleId }, [because(ruleId, `家庭血压 ${sbp}/${dbp} mmHg，${text}。`)]);
  if (reaches(limit.red))
    return facts.symptoms
      ? answer('critical', 'AL-BP-01', '伴症状，呼叫急救')
      : answer('red', 'AL-BP-02', '休息后复测，确认则2小时内联系、当日就诊');
  if (reaches(limit.orange)) return answer('orange', 'AL-BP-03', '次日早晚复测，两天以上24小时内联系');
  if (sbp < limit.lowSbp || (sbp < limit.lowPair.sbp && dbp < limit.lowPair.dbp))
    return answer(facts.symptoms ? 'critical' : 'orange', 'AL-BP-05', '偏低，核对用药，2小时内联系');
  return reaches(limit.yellow)
    ? answer('yellow', 'AL-BP-04', '计入趋势')
    : answer('none', 'AL-BP-00', '无预警');
}

/** A resting pulse. @source 平台默认：单次测量预警 */
export function alertOnPulse(
  facts: {
    readonly heartRate?: number | undefined;
    readonly repeated?: boolean | undefined;
    readonly onBetaBlocker?: boolean | undefined;
  },
  day: PlainDate,
): Decision<Alert> {
  const row = rowOn(pulseAlerts, day);
  const rule = ruleFrom('AL-HR', row);
  const { heartRate } = facts;
  if (heartRate === undefined) return undecided(rule, ['心率']);
  const limit = row.value;
  const answer = (level: AlertLevel, ruleId: string) =>
    decided(rule, { level, ruleId }, [because(ruleId, `静息心率 ${heartRate} 次/分。`)]);
  if (heartRate > limit.redAbove || heartRate < limit.redBelow) return answer('red', 'AL-HR-01');
  if (
    (heartRate >= limit.orangeFrom && facts.repeated) ||
    (heartRate <= limit.orangeUpTo && facts.onBetaBlocker !== true)
  )
    return answer('orange', 'AL-HR-02');
  return answer('none', 'AL-HR-00');
}

/** A glucose of a person with diabetes. mmol/L. @source 平台默认：单次测量预警 */
export function alertOnGlucose(
  facts: {
    readonly glucose?: number | undefined;
    readonly fasting?: boolean | undefined;
    readonly symptoms?: boolean | undefined;
    readonly confusion?: boolean | undefined;
    readonly ketone?: number | undefined;
  },
  day: PlainDate,
): Decision<Alert> {
  const row = rowOn(glucoseAlerts, day);
  const rule = ruleFrom('AL-GL', row);
  const { glucose } = facts;
  if (glucose === undefined) return undecided(rule, ['血糖']);
  const limit = row.value;
  const answer = (level: AlertLevel, ruleId: string, text: string) =>
    decided(rule, { level, ruleId }, [because(ruleId, `血糖 ${glucose} mmol/L，${text}。`)]);
  if (glucose < limit.critical || (glucose < limit.red && facts.confusion))
    return answer('critical', 'AL-GL-01', '立即进糖，不清醒呼叫急救');
  if (glucose < limit.red) return answer('red', 'AL-GL-02', '进糖，15分钟复测，2小时内联系');
  if (glucose >= limit.hyperosmolar) return answer('critical', 'AL-GL-03', '疑高渗，急救转诊');
  if (glucose >= limit.high)
    return facts.symptoms || (facts.ketone ?? 0) >= limit.ketone
      ? answer('critical', 'AL-GL-04', '伴症状或酮症，急救')
      : answer('red', 'AL-GL-05', '查酮体，2小时内联系，当日就诊');
  if (glucose >= limit.orange) return answer('orange', 'AL-GL-06', '24小时内联系');
  return glucose > (facts.fasting ? limit.fasting : limit.other)
    ? answer('yellow', 'AL-GL-07', '计入趋势')
    : answer('none', 'AL-GL-00', '无预警');
}

/**
 * A pulse oximetry, with COPD or without. %. Symptoms make a red value critical in anybody: who is used to little oxygen
 * bears it better than who is not.
 * @source 平台默认：单次测量预警
 */
export function alertOnOxygen(
  facts: {
    readonly spo2?: number | undefined;
    readonly copd?: boolean | undefined;
    readonly usual?: number | undefined;
    readonly symptoms?: boolean | undefined;
  },
  day: PlainDate,
): Decision<Alert> {
  const row = rowOn(oxygenAlerts, day);
  const rule = ruleFrom('AL-O2', row);
  const { spo2, copd } = facts;
  if (spo2 === undefined) return undecided(rule, ['血氧饱和度']);
  const limit = row.value;
  const answer = (level: AlertLevel, ruleId: string, text: string) =>
    decided(rule, { level, ruleId }, [because(ruleId, `血氧 ${spo2}%，${text}。`)]);
  const red = copd ? limit.copdRed : limit.otherRed;
  const line = copd ? 'AL-O2-01' : 'AL-O2-03';
  if (spo2 < red)
    return facts.symptoms
      ? answer('critical', line, `低于 ${red}%，伴症状，呼叫急救`)
      : answer('red', line, `低于 ${red}%，复测确认，2小时内联系、当日就诊`);
  const orange = copd ? limit.copdOrange : limit.otherOrange;
  if (spo2 < orange) return answer('orange', copd ? 'AL-O2-02' : line, `低于 ${orange}%，24小时内联系`);
  return copd && facts.usual !== undefined && facts.usual - spo2 >= limit.copdFall
    ? answer('orange', 'AL-O2-02', `较平时 ${facts.usual}% 下降，24小时内联系`)
    : answer('none', 'AL-O2-00', '无预警');
}

export interface OtherReadings {
  readonly respiratoryRate?: number | undefined;
  readonly temperature?: number | undefined;
  readonly chronicDisease?: boolean | undefined;
  /** kg gained over days, with heart failure. */
  readonly weightGain?: { readonly kg: number; readonly days: number } | undefined;
  readonly oedemaOrDyspnoea?: boolean | undefined;
  /** % of the best peak flow. */
  readonly peakFlowPercent?: number | undefined;
  readonly irregularPulseTwice?: boolean | undefined;
  /** Chest pain over 15 minutes, one-sided weakness, black stool, convulsion, thoughts of suicide. */
  readonly alarmSymptom?: string | undefined;
}

/** Breathing, temperature, weight in heart failure, peak flow, pulse, what the person reports: the gravest of them. @source 平台默认：单次测量预警 */
export function alertOnOther(facts: OtherReadings, day: PlainDate): Decision<Alert> {
  const row = rowOn(otherAlerts, day);
  const rule = ruleFrom('AL-OTHER', row);
  const limit = row.value;
  if (Object.values(facts).every((one) => one === undefined)) return undecided(rule, ['测量或症状']);
  const answer = (level: AlertLevel, ruleId: string, text: string) =>
    decided(rule, { level, ruleId }, [because(ruleId, text)]);
  if (facts.alarmSymptom) return answer('critical', 'AL-SYM', `${facts.alarmSymptom}，呼叫急救。`);
  const rr = facts.respiratoryRate;
  if (rr !== undefined && rr >= limit.rrCritical) return answer('critical', 'AL-RR', `呼吸 ${rr} 次/分。`);
  if (rr !== undefined && rr >= limit.rrRed) return answer('red', 'AL-RR', `呼吸 ${rr} 次/分。`);
  if ((facts.temperature ?? 0) >= limit.fever && facts.chronicDisease)
    return answer('red', 'AL-T', `体温 ${facts.temperature} ℃。`);
  const gain = facts.weightGain;
  const retains =
    gain &&
    ((gain.days <= 1 && gain.kg >= limit.weight.day1) ||
      (gain.days <= 3 && gain.kg >= limit.weight.days3) ||
      (gain.days <= 7 && gain.kg >= limit.weight.days7));
  if (gain && retains)
    return answer(
      facts.oedemaOrDyspnoea ? 'red' : 'orange',
      'AL-WT-01',
      `${gain.days} 天体重增加 ${gain.kg} 公斤，注意心衰加重。`,
    );
  const pef = facts.peakFlowPercent;
  if (pef !== undefined && pef < limit.pefRed) return answer('red', 'AL-PEF', `峰流速为最佳值的 ${pef}%。`);
  if (facts.irregularPulseTwice) return answer('orange', 'AL-AF-01', '两次脉律不齐，7天内查心电图。');
  if (pef !== undefined && pef < limit.pefOrange)
    return answer('orange', 'AL-PEF', `峰流速为最佳值的 ${pef}%。`);
  return answer('none', 'AL-00', '无预警。');
}

/**
 * A laboratory result at or beyond a critical end, or where some hospitals already call it critical. A county's own ends
 * take the place of ours.
 * @source 检验危急值（各院不一）
 */
export function alertOnLaboratory(
  facts: {
    readonly test?: string | undefined;
    readonly value?: number | undefined;
    readonly own?: OwnCriticalValues | undefined;
  },
  day: PlainDate,
): Decision<Alert> {
  const row = rowOn(laboratoryCritical, day);
  const known = facts.test === undefined ? undefined : row.value[facts.test];
  if (facts.value === undefined || !known) return undecided(ruleFrom('LAB-CRIT', row), ['检验项目与结果']);
  const { value } = facts;
  const own = facts.own?.[facts.test ?? ''];
  const beyond = (low: number | undefined, high: number | undefined) =>
    (low !== undefined && value <= low) || (high !== undefined && value >= high);
  const isOwn = own !== undefined && beyond(own.low, own.high);
  const level = beyond(own?.low ?? known.low, own?.high ?? known.high)
    ? 'critical'
    : beyond(known.redLow, known.redHigh)
      ? 'red'
      : 'none';
  const what =
    level === 'critical'
      ? `，${isOwn ? '达到本县规定的' : ''}危急值，立即联系`
      : level === 'red'
        ? '，接近危急值（部分医院已按危急值报告），当日联系并复查'
        : '';
  const rule = own
    ? ruleFrom('LAB-CRIT', row, `县级设置：检验危急值；${row.clause}`)
    : ruleFrom('LAB-CRIT', row);
  return decided(rule, { level, ruleId: 'LAB-CRIT' }, [because(level, `${known.name} ${value}${what}。`)]);
}
