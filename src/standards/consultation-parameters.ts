import { type Parameter, parameter } from '#kernel/dated.ts';
import { plainDate } from '#kernel/plain-date.ts';

/** Hours within which the house that is asked gives its opinion, by urgency. */
export const consultationAnswerHours = parameter({
  id: 'CON-01.answer',
  label: '受邀机构给出会诊意见的时限：加急、普通',
  unit: '小时',
  rows: [
    {
      from: plainDate('2024-01-01'),
      source: 'OWN',
      certainty: 'own-default',
      clause: '跨机构会诊国家文件未定时限；参照院内普通会诊 24 小时内完成，加急为平台参数，待县里核定',
      value: { soon: 4, routine: 24 },
    },
  ],
});

/** Days from its last step after which a consultation that has not ended is no longer shown to the house that is asked. */
export const consultationOpenDays = parameter({
  id: 'CON-02.open',
  label: '会诊未结束时，自最近一步起受邀机构可见',
  unit: '天',
  rows: [
    {
      from: plainDate('2024-01-01'),
      source: 'OWN',
      certainty: 'own-default',
      clause: '无人答复的会诊不得一直敞开；平台参数，待县里核定',
      value: 30,
    },
  ],
});

/** Days after its opinion or its end for which the house that was asked still sees a consultation. */
export const consultationAfterDays = parameter({
  id: 'CON-03.after',
  label: '给出意见或结束后受邀机构仍可见',
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

/** Every dated number about consultations between houses. */
export const consultationParameters: readonly Parameter<unknown>[] = [
  consultationAnswerHours,
  consultationOpenDays,
  consultationAfterDays,
];
