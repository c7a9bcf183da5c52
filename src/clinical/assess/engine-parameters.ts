import { parameter } from '#kernel/dated.ts';
import { plainDate } from '#kernel/plain-date.ts';

/** How fresh a reading must be, and when things done once a year or sooner come round. */
export const engineTimes = parameter({
  id: 'ENGINE.times',
  label:
    '评估用的时限：预警看几天内的读数、体检与年度检查（月）、用普利沙坦列净类或肾病时查血钾肌酐（月）、取药提前几天提示、转诊后几天内随访、判断达标用几个月内的读数',
  rows: [
    {
      from: plainDate('2025-01-01'),
      source: 'OWN',
      certainty: 'own-default',
      value: {
        alertDays: 14,
        yearlyMonths: 12,
        kidneyMonths: 3,
        refillDays: 7,
        referralDays: 14,
        readingMonths: 12,
      },
      clause:
        '平台默认：多病合并随访项目、预警处理、读数的有效月数（年度检查的周期）；转诊2周内随访据公卫规范',
    },
  ],
});

export const engineParameters = [engineTimes] as const;
