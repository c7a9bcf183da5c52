import type { FormEdition } from '#kernel/form-shape.ts';
import { defineEdition } from '../define-edition.ts';
import { addition, codes, integer, line, optional, pastDate, text } from '../field-builders.ts';

/**
 * 慢性病患者自我管理小组活动情况一览表, one line per activity.
 * @source 慢性病患者自我管理工作实施方案（区县，2022） 附件1
 */
export const peerGroupActivity2022: FormEdition = defineEdition({
  form: 'peer-group-activity',
  edition: '2022',
  title: '慢性病患者自我管理小组活动情况一览表',
  dictVersion: 'SELF-MGMT-2022',
  source: 'PEER-GROUP-2022',
  clause: '慢性病患者自我管理工作实施方案（2022） 附件1',
  certainty: 'found',
  paper: { recordsPerSheet: 12, layout: 'register' },
  groups: [
    {
      id: 'header',
      title: '表头',
      lines: [
        line(
          integer('year', '年度', { unit: '年', hard: { min: 2010, max: 2100 } }),
          text('county', '区县', 60),
          text('unit', '单位（社区/乡镇）', 100),
          text('groupName', '小组名称', 60),
        ),
      ],
    },
    {
      id: 'activity',
      title: '活动',
      lines: [
        integer('seqNo', '次数', { unit: '次', hard: { min: 1, max: 366 } }),
        line(
          pastDate('activityDate', '活动时间'),
          text('startTime', '开始时刻', 5, { ...addition, pattern: 'time-of-day' }),
        ),
        text('content', '活动内容', 500, { multiline: true }),
        integer('attendCount', '参加人数', {
          unit: '人',
          hard: { min: 0, max: 1000 },
          warn: { min: 1, max: 60 },
        }),
        text('remark', '备注', 200, optional),
        codes(
          'contentKinds',
          '内容类别',
          '1 自我管理课程  2 健康素养  3 健康生活方式  4 血压血糖测量  5 经验交流  6 运动  9 其他',
          addition,
        ),
      ],
    },
  ],
});
