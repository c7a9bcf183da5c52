import type { FormEdition } from '#kernel/form-shape.ts';
import { defineEdition } from '../define-edition.ts';
import {
  addition,
  code,
  codes,
  integer,
  line,
  optional,
  pastDate,
  reference,
  rows,
  text,
} from '../field-builders.ts';

/**
 * 健康教育活动记录表, fifteen items; the codes of form and archived material are the platform's.
 * @source 国家基本公共卫生服务规范（第三版） 健康教育服务规范 健康教育活动记录表
 */
export const healthEducationActivity2017: FormEdition = defineEdition({
  form: 'health-education-activity',
  edition: '2017',
  title: '健康教育活动记录表',
  dictVersion: 'GW3-2017',
  source: 'PHS-3',
  clause: '国家基本公共卫生服务规范（第三版） 健康教育服务规范 健康教育活动记录表',
  certainty: 'from-knowledge',
  paper: { recordsPerSheet: 1, layout: 'one-person' },
  groups: [
    {
      id: 'activity',
      title: '活动',
      lines: [
        line(
          pastDate('activityDate', '活动时间'),
          text('startTime', '开始时刻', 5, { ...addition, pattern: 'time-of-day' }),
          text('endTime', '结束时刻', 5, { ...addition, pattern: 'time-of-day' }),
        ),
        text('place', '活动地点', 100),
        code(
          'activityForm',
          '活动形式',
          '1 健康知识讲座  2 公众健康咨询活动  3 宣传栏  4 印刷资料发放  5 音像资料播放  6 个体化健康教育  7 线上课程或直播  9 其他____',
          {
            certainty: 'own-default',
            text: { id: 'activityFormOther', label: '其他活动形式', maxLength: 60 },
          },
        ),
        text('topic', '活动主题', 100),
        text('organizer', '组织者', 50),
        text('speaker', '主讲人', 50, { ...optional, certainty: 'uncertain' }),
        text('audienceType', '接受健康教育人员类别', 100),
        integer('audienceCount', '接受健康教育人数', {
          unit: '人',
          hard: { min: 0, max: 100_000 },
          warn: { min: 1, max: 2000 },
        }),
        rows(
          'materials',
          '健康教育资料发放种类及数量',
          3,
          20,
          [
            text('type', '种类', 60),
            integer('quantity', '数量', { unit: '份', hard: { min: 0, max: 1_000_000 } }),
          ],
          optional,
        ),
        text('content', '活动内容', 2000, { multiline: true }),
        text('summary', '活动总结评价', 2000, { multiline: true }),
        codes(
          'attachTypes',
          '存档材料请附后',
          '1 书面材料  2 图片材料  3 印刷材料  4 影音材料  5 签到表  6 其他材料____',
          { text: { id: 'attachOther', label: '其他存档材料', maxLength: 60 } },
        ),
        reference('filledBy', '填表人（签字）', 'staff'),
        reference('leader', '负责人（签字）', 'staff'),
        pastDate('filledDate', '填表时间'),
      ],
    },
  ],
  checks: [
    {
      kind: 'not-before',
      code: 'ends-before-start',
      severity: 'error',
      message: '结束时刻不应早于开始时刻。',
      earlier: 'startTime',
      later: 'endTime',
    },
    {
      kind: 'not-before',
      code: 'filled-before-activity',
      severity: 'error',
      message: '填表时间不应早于活动时间。',
      earlier: 'activityDate',
      later: 'filledDate',
    },
  ],
});
