import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, ruleFrom } from '../answering.ts';
import type { AlertLevel } from './alert-on-reading.ts';
import { handlingTimes } from './alert-parameters.ts';

export interface OpenAlert {
  readonly level: Exclude<AlertLevel, 'none'>;
  readonly withSymptoms?: boolean | undefined;
  /** Minutes since it was first seen. */
  readonly minutesOpen: number;
  readonly acknowledged: boolean;
  /** What the repeated reading said; undefined while not repeated. */
  readonly repeat?: 'confirmed' | 'normal' | undefined;
  /** Hours since an alert of the same rule; undefined when there was none. */
  readonly hoursSinceSame?: number | undefined;
  /** Hours since a visit changed the regimen. */
  readonly hoursSinceChange?: number | undefined;
}

export type AlertHandling =
  | 'close-not-confirmed'
  | 'suppress'
  | 'merge'
  | 'repeat-first'
  | 'escalate'
  | 'in-time'
  | 'next-visit';

/**
 * What happens to an alert now: closed when the repeat is normal, quiet after a change of regimen (yellow only), merged
 * with an equal one of the last hours, measured again before red or critical goes on, passed up when nobody took it in time.
 * @source 平台默认：预警处理
 */
export function handleAlert(alert: OpenAlert, day: PlainDate): Decision<AlertHandling> {
  const row = rowOn(handlingTimes, day);
  const rule = ruleFrom('AL-HANDLE', row);
  const limit = row.value;
  const answer = (value: AlertHandling, text: string) => decided(rule, value, [because(value, text)]);
  const isGrave = alert.level === 'red' || alert.level === 'critical';
  if (alert.repeat === 'normal' && !alert.withSymptoms)
    return answer('close-not-confirmed', '复测正常，按“未确认”结案。');
  const { hoursSinceChange, hoursSinceSame } = alert;
  if (alert.level === 'yellow' && hoursSinceChange !== undefined && hoursSinceChange < limit.quietHours)
    return answer('suppress', `调整方案后 ${limit.quietHours} 小时内，黄色预警不打扰。`);
  if (hoursSinceSame !== undefined && hoursSinceSame < limit.mergeHours && !isGrave)
    return answer('merge', `${limit.mergeHours} 小时内同类预警合并计数。`);
  if (isGrave && !alert.withSymptoms && alert.repeat === undefined)
    return answer('repeat-first', '先休息后复测，确认后升级。');
  if (alert.level === 'yellow') return answer('next-visit', '下次随访时处理。');
  const within =
    alert.level === 'critical'
      ? limit.escalateCritical
      : alert.level === 'red'
        ? limit.escalateRed
        : limit.orange;
  if (!alert.acknowledged && alert.minutesOpen >= within)
    return answer('escalate', `${alert.minutesOpen} 分钟无人处理，转上一级。`);
  return answer('in-time', `请在 ${within} 分钟内处理。`);
}
