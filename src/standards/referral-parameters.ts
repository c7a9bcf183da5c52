import { type Parameter, parameter } from '#kernel/dated.ts';
import { plainDate } from '#kernel/plain-date.ts';

/** Hours within which the receiving house answers, by urgency. */
export const referralAnswerHours = parameter({
  id: 'REF-01.answer',
  label: '接收机构答复转诊的时限：急诊、尽快、一般',
  unit: '小时',
  rows: [
    {
      from: plainDate('2024-01-01'),
      source: 'OWN',
      certainty: 'own-default',
      clause: '国家文件未定时限；平台参数：紧急 1 小时、其余 24 小时，待县里核定',
      value: { emergency: 1, soon: 24, routine: 24 },
    },
  ],
});

/** Days from its last step after which a referral that has not ended is no longer shown to the receiving house. */
export const referralOpenDays = parameter({
  id: 'REF-02.open',
  label: '转诊未结束时，自最近一步起接收机构可见',
  unit: '天',
  rows: [
    {
      from: plainDate('2024-01-01'),
      source: 'OWN',
      certainty: 'own-default',
      clause: '无人答复或未回转的转诊不得一直敞开；平台参数，待县里核定',
      value: 90,
    },
  ],
});

/** Days after its end for which the receiving house still sees a referral. */
export const referralAfterDays = parameter({
  id: 'REF-03.after',
  label: '转诊结束后接收机构仍可见',
  unit: '天',
  rows: [
    {
      from: plainDate('2024-01-01'),
      source: 'OWN',
      certainty: 'own-default',
      clause: '供补记与核对；平台参数，待县里核定',
      value: 30,
    },
  ],
});

/** Every dated number about referrals between houses. */
export const referralParameters: readonly Parameter<unknown>[] = [
  referralAnswerHours,
  referralOpenDays,
  referralAfterDays,
];
