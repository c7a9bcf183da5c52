import { addDays, datePartsOf, type PlainDate } from '#kernel/plain-date.ts';
import { instantInChina, type TimeOfDay, weekdayLabels, weekdayOf } from './slot-time.ts';

export type NoticeChannel = 'in-app' | 'log' | 'sms' | 'wechat';

export const channelLabels: Readonly<Record<NoticeChannel, string>> = {
  'in-app': '站内消息',
  log: '发送日志',
  sms: '短信',
  wechat: '微信',
};

export type NoticeKind = 'appointment-reminder' | 'appointment-withdrawn';

export const noticeKindLabels: Readonly<Record<NoticeKind, string>> = {
  'appointment-reminder': '就诊提醒',
  'appointment-withdrawn': '停诊通知',
};

interface Visit {
  readonly day: PlainDate;
  readonly starts: TimeOfDay;
  readonly ends: TimeOfDay;
  readonly organizationName: string;
}

/** Hour of the day before at which people are reminded. */
export const reminderTime = '17:00';

/** When to remind: the evening before, or at once when that has gone by. */
export function reminderDueAt(visit: Pick<Visit, 'day'>, now: Date): Date {
  const evening = instantInChina(addDays(visit.day, -1), reminderTime);
  return evening > now ? evening : now;
}

/**
 * What a reminder says: when and where, nothing of why. No name of a disease, department, purpose, medicine or dose, for
 * a telephone is often in other hands.
 */
export function noticeText(kind: NoticeKind, visit: Visit): string {
  const { month, day } = datePartsOf(visit.day);
  const when = `${month}月${day}日（${weekdayLabels[weekdayOf(visit.day)]}）${visit.starts}至${visit.ends}`;
  return kind === 'appointment-reminder'
    ? `您已预约${when}到${visit.organizationName}，请带好身份证按时前来。不能来请提前告知预约处。`
    : `您预约的${when}${visit.organizationName}因故停诊，请与预约处联系改约，给您带来不便请谅解。`;
}

/** Tries before a notice is given up. */
export const mostAttempts = 8;

/** Minutes to wait after so many failed tries: doubling, at most six hours. */
export function backOffMinutes(attempts: number): number {
  return Math.min(2 ** Math.max(0, attempts - 1), 360);
}
