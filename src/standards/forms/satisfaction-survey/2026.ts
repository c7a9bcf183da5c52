import type { FormEdition } from '#kernel/form-shape.ts';
import { defineEdition } from '../define-edition.ts';
import { code, codes, flag, integer, line, optional, pastDate, reference, text } from '../field-builders.ts';

const fivePoints = '5 非常满意  4 满意  3 一般  2 不满意  1 非常不满意  0 不适用';

const matters: readonly (readonly [id: string, label: string])[] = [
  ['environment', '就诊环境与标识'],
  ['waiting', '挂号、候诊时间'],
  ['attitude', '医生态度'],
  ['explanation', '医生讲解病情与方案清楚程度'],
  ['privacy', '尊重隐私'],
  ['nursing', '护士、公卫人员服务'],
  ['followUp', '随访及时性与有用性'],
  ['lifestyleAdvice', '生活方式指导的可操作性'],
  ['medicines', '慢病用药可及性'],
  ['examinations', '检查项目方便程度'],
  ['referral', '转诊、预约号源便利'],
  ['familyDoctor', '家庭医生联系方便、履约情况'],
  ['information', '信息查询（电子健康档案、报告）'],
  ['cost', '费用与报销清楚'],
  ['chineseMedicine', '中医药服务'],
  ['peerGroup', '自我管理小组、健康教育'],
  ['overall', '总体满意度'],
];

/**
 * 患者满意度调查: seventeen matters in five points, a recommendation in eleven, and words. There is no national sheet.
 * 不适用 stays out of every denominator, and an anonymous answer is never joined to a person.
 * @source 本平台设计
 */
export const satisfactionSurvey2026: FormEdition = defineEdition({
  form: 'satisfaction-survey',
  edition: '2026',
  title: '慢性病患者服务满意度调查表',
  dictVersion: 'SATISFACTION-PLATFORM',
  source: 'OWN',
  clause: '本平台设计',
  certainty: 'own-default',
  paper: { recordsPerSheet: 1, layout: 'one-person' },
  groups: [
    {
      id: 'matters',
      title: '满意度',
      lines: [
        ...matters.map(([id, label]) => code(id, label, fivePoints)),
        integer('recommend', '愿意向亲友推荐的程度', { unit: '分', hard: { min: 0, max: 10 } }),
        code(
          'leastSatisfied',
          '最不满意的一项',
          matters
            .slice(0, 16)
            .map(([, label], index) => `${index + 1} ${label}`)
            .join('  '),
          optional,
        ),
        text('suggestion', '意见和建议', 1000, { ...optional, multiline: true }),
      ],
    },
    {
      id: 'header',
      title: '调查情况',
      lines: [
        pastDate('surveyDate', '调查日期'),
        code('channel', '调查方式', '1 现场纸质  2 短信或微信  3 电话  4 平板'),
        line(
          flag('anonymous', '匿名'),
          reference('resident', '受访居民', 'resident', {
            required: 'optional',
            visible: { kind: 'is', field: 'anonymous', value: false },
          }),
        ),
        code('gender', '性别', '1 男  2 女', optional),
        code('ageGroup', '年龄段', '1 35岁以下  2 35~49岁  3 50~64岁  4 65~79岁  5 80岁及以上', optional),
        codes('diseases', '所患慢性病', '1 无  2 高血压  3 糖尿病  4 慢阻肺病  9 其他', {
          ...optional,
          exclusive: ['1'],
        }),
        code('signed', '是否签约家庭医生', '1 是  2 否  3 不清楚', optional),
        line(reference('org', '受评机构', 'organization'), text('team', '受评团队', 60, optional)),
      ],
    },
  ],
});
