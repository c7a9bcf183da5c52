import { parameter } from '#kernel/dated.ts';
import { plainDate } from '#kernel/plain-date.ts';

/** Attempts on different days, up to the day of the loss and not older than the window before it. */
export const lossAttempts = parameter({
  id: 'CLOSE-01.attempts',
  label: '记失访前须有的联系尝试：次数（不同日）、多少天之内',
  rows: [
    {
      from: plainDate('2017-02-28'),
      source: 'OWN',
      certainty: 'own-default',
      clause: '平台默认：180 天内不同日的三次尝试',
      value: { times: 3, withinDays: 180 },
    },
  ],
});

/** A refusal is asked again after at most so many days. */
export const refusalReviewDays = parameter({
  id: 'CLOSE-02.review',
  label: '拒绝管理后最迟多少天再问一次',
  unit: '天',
  rows: [
    {
      from: plainDate('2017-02-28'),
      source: 'OWN',
      certainty: 'own-default',
      clause: '平台默认：一年',
      value: 366,
    },
  ],
});
