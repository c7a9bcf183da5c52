import { parameter } from '#kernel/dated.ts';
import { plainDate } from '#kernel/plain-date.ts';

/**
 * How long a person may stand at a step of a disease's course before the next step is due.
 * @source 国家基层高血压防治管理指南 2025版 §4.2（疑似 4 周内复测）；其余为平台默认，县级可改
 */
export const courseTimers = parameter({
  id: 'COURSE.timers',
  label: '病程各状态的下一步时限：疑似复核、确诊后纳管、高危随访、正常再筛',
  unit: '天',
  rows: [
    {
      from: plainDate('2025-09-01'),
      value: { suspected: 28, confirmed: 7, 'high-risk': 182, normal: 365 },
      source: 'OWN',
      clause: '平台默认：疑似 4 周内复核，确诊后 7 天内纳管，高危半年，正常一年',
      certainty: 'own-default',
    },
  ],
});
