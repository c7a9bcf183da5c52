import { parameter } from '#kernel/dated.ts';
import { plainDate } from '#kernel/plain-date.ts';

/**
 * Within how many days after the day of sending a follow-up makes a referred person count as followed up (转诊随访率).
 * @source 国家基本公共卫生服务规范（第三版） 高血压患者健康管理服务规范 分类干预：2周内主动随访转诊情况
 */
export const referralFollowUpDays = parameter({
  id: 'I-HTN-09.follow-up-days',
  label: '转诊随访率：转出后多少天内随访计为已随访（转出当天不算，第几天当天仍算）',
  unit: '天',
  rows: [
    {
      from: plainDate('2017-02-28'),
      value: 14,
      source: 'PHS-3',
      clause: '高血压患者健康管理服务规范 分类干预：建议转诊的，2周内主动随访转诊情况',
      certainty: 'from-knowledge',
    },
  ],
});
