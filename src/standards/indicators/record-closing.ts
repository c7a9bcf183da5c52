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

/**
 * Forms filled with the person in front of one. Whoever was reached by one of them, or by a sheet that names its mode
 * (clinic, home, telephone…), is not lost by what was tried up to that day.
 */
export const reachingForms = parameter<readonly string[]>({
  id: 'CLOSE-01.reached',
  label: '写明方式的随访之外，哪些记录也表明已联系上本人（当日及以前的联系尝试不再计入失访）',
  rows: [
    {
      from: plainDate('2017-02-28'),
      source: 'OWN',
      certainty: 'own-default',
      clause:
        '平台默认：联系上本人之后重新计次；随访（门诊、家庭、电话等）、下列当面填写的表，以及失访后“已联系上，恢复在管”，都算联系上',
      value: [
        'annual-checkup',
        'elder-self-care',
        'tcm-constitution',
        'encounter-note',
        'community-screening',
        'first-visit-blood-pressure',
        'hypertension-high-risk',
        'diabetes-high-risk',
        'diabetes-risk-score',
        'copd-sq',
        'copd-ps',
        'stroke-risk-8',
      ],
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

/** All of them, for the catalogue. */
export const recordClosingParameters = [lossAttempts, reachingForms, refusalReviewDays] as const;
