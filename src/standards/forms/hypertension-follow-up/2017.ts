import type { FormEdition } from '#kernel/form-shape.ts';
import { defineEdition } from '../define-edition.ts';
import { codes, integer, line, optional, text } from '../field-builders.ts';
import {
  adherenceLine,
  adverseReactionLine,
  alcoholLine,
  attitudeLines,
  complicationLine,
  drugsLine,
  emergencySigns,
  exerciseLine,
  followUpChecks,
  nextVisitLines,
  notVisited,
  pressureLine,
  referralLines,
  saltLine,
  smokingLine,
  visitLines,
  weightLines,
} from '../follow-up-blocks.ts';
import { limits } from '../plausible-limits.ts';

/**
 * 高血压患者随访服务记录表 as printed in 2017, with county additions marked as extensions.
 * Limits marked as ours are engineering proposals for what a reading can be.
 * @source 国家基本公共卫生服务规范（第三版） 高血压患者健康管理服务规范 附件
 */
export const hypertensionFollowUp2017: FormEdition = defineEdition({
  form: 'hypertension-follow-up',
  edition: '2017',
  title: '高血压患者随访服务记录表',
  dictVersion: 'GW3-2017',
  source: 'PHS-3',
  clause: '国家基本公共卫生服务规范（第三版） 高血压患者随访服务记录表',
  certainty: 'from-knowledge',
  excused: notVisited,
  paper: { recordsPerSheet: 4, layout: 'visit-columns' },
  groups: [
    { id: 'visit', title: '随访', lines: visitLines },
    {
      id: 'symptoms',
      title: '症状',
      lines: [
        codes(
          'symptoms',
          '症状',
          '1 无症状  2 头痛头晕  3 恶心呕吐  4 眼花耳鸣  5 呼吸困难  6 心悸胸闷  7 鼻衄出血不止  8 四肢发麻  9 下肢水肿  10 其他____',
          { exclusive: ['1'], maxPrinted: 8, text: { id: 'symptomOther', label: '其他症状' } },
        ),
        emergencySigns(
          '1 意识改变  2 剧烈头痛或头晕  3 恶心呕吐（伴血压显著升高）  4 视力模糊、眼痛  5 心悸、胸闷（明显）  6 喘憋不能平卧  7 妊娠期或哺乳期血压高于正常  8 言语障碍或肢体瘫痪  9 持续胸背剧痛  10 其他不能处理的疾病',
        ),
      ],
    },
    {
      id: 'signs',
      title: '体征',
      lines: [
        pressureLine,
        ...weightLines,
        integer('heartRate', '心率', limits.heartRate),
        text('signOther', '其他体征', 200, optional),
      ],
    },
    {
      id: 'lifestyle',
      title: '生活方式指导',
      lines: [smokingLine, alcoholLine, exerciseLine, saltLine, ...attitudeLines],
    },
    {
      id: 'treatment',
      title: '检查与用药',
      lines: [
        text('labs', '辅助检查', 500, { ...optional, multiline: true }),
        adherenceLine,
        adverseReactionLine,
        complicationLine,
        line({
          kind: 'code',
          id: 'visitClass',
          label: '此次随访分类',
          required: 'always',
          options: [
            { code: '1', label: '控制满意' },
            { code: '2', label: '控制不满意' },
            { code: '3', label: '不良反应' },
            { code: '4', label: '并发症' },
          ],
        }),
        drugsLine,
        text('otherDrugs', '其他药物', 300, optional),
      ],
    },
    { id: 'next', title: '转诊与下次随访', lines: [...referralLines, ...nextVisitLines] },
  ],
  checks: [
    ...followUpChecks.pressure,
    followUpChecks.smoking,
    followUpChecks.alcohol,
    followUpChecks.exercise,
    followUpChecks.nextVisit,
  ],
});
