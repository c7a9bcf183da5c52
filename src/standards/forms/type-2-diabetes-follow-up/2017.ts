import type { FormEdition } from '#kernel/form-shape.ts';
import { defineEdition } from '../define-edition.ts';
import {
  addition,
  chosen,
  code,
  codes,
  decimal,
  integer,
  line,
  onlyWhen,
  optional,
  pastDate,
  rows,
  shownWhen,
  target,
  text,
} from '../field-builders.ts';
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
  smokingLine,
  visitLines,
  weightLines,
  whenFaceToFace,
} from '../follow-up-blocks.ts';
import { limits } from '../plausible-limits.ts';

const stapleNow = integer('stapleNow', '主食', limits.stapleFood, {
  note: '各餐米饭、面食、饼干等淀粉类食物合计。',
});

/**
 * 2型糖尿病患者随访服务记录表 as printed in 2017. The foot pulse is asked with its side; 2011 records asked otherwise.
 * @source 国家基本公共卫生服务规范（第三版） 2型糖尿病患者健康管理服务规范 附件
 */
export const type2DiabetesFollowUp2017: FormEdition = defineEdition({
  form: 'type-2-diabetes-follow-up',
  edition: '2017',
  title: '2型糖尿病患者随访服务记录表',
  dictVersion: 'GW3-2017',
  source: 'PHS-3',
  clause: '国家基本公共卫生服务规范（第三版） 2型糖尿病患者随访服务记录表',
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
          '1 无症状  2 多饮  3 多食  4 多尿  5 视力模糊  6 感染  7 手脚麻木  8 下肢浮肿  9 体重明显下降  10 其他____',
          { exclusive: ['1'], maxPrinted: 8, text: { id: 'symptomOther', label: '其他症状' } },
        ),
        emergencySigns(
          '1 意识或行为改变  2 呼气有烂苹果样丙酮味  3 心悸、出汗  4 食欲减退、恶心、呕吐  5 多饮、多尿（明显加重）  6 腹痛  7 深大呼吸、皮肤潮红  8 持续性心动过速  9 体温超过39℃  10 视力突然骤降等突发异常  11 妊娠期或哺乳期血糖高于正常  12 其他不能处理的疾病',
        ),
      ],
    },
    {
      id: 'signs',
      title: '体征',
      lines: [
        pressureLine,
        ...weightLines,
        line(
          code('dorsalisPedis', '足背动脉搏动', '1 触及正常  2 减弱  3 消失', whenFaceToFace),
          code(
            'dorsalisPedisSide',
            '足背动脉搏动侧别',
            '1 双侧  2 左侧  3 右侧',
            onlyWhen(chosen('dorsalisPedis', '2', '3')),
          ),
        ),
        text('signOther', '其他体征', 200, optional),
        integer('heartRate', '心率', limits.heartRate, addition),
        decimal('temperature', '体温', limits.temperature, addition),
      ],
    },
    {
      id: 'lifestyle',
      title: '生活方式指导',
      lines: [
        smokingLine,
        alcoholLine,
        exerciseLine,
        line(stapleNow, target(stapleNow, 'stapleTarget', '主食目标')),
        ...attitudeLines,
      ],
    },
    {
      id: 'tests',
      title: '辅助检查',
      lines: [
        line(
          decimal('fpg', '空腹血糖值', limits.fastingGlucose, { note: '至少8小时未进食后测得。' }),
          code('glucoseSource', '血糖来源', '1 静脉  2 指尖  3 自测', addition),
        ),
        decimal('hba1c', '糖化血红蛋白', limits.hba1c, optional),
        pastDate('hba1cDate', '糖化血红蛋白检查日期', onlyWhen({ kind: 'answered', field: 'hba1c' })),
        text('labOther', '其他检查', 500, { ...optional, multiline: true }),
        decimal('ppg2h', '餐后2小时血糖', limits.afterMealGlucose, addition),
        decimal('rbg', '随机血糖', limits.afterMealGlucose, addition),
      ],
    },
    {
      id: 'treatment',
      title: '用药与分类',
      lines: [
        adherenceLine,
        adverseReactionLine,
        code('hypoglycemia', '低血糖反应', '1 无  2 偶尔  3 频繁'),
        complicationLine,
        code('visitClass', '此次随访分类', '1 控制满意  2 控制不满意  3 不良反应  4 并发症'),
        drugsLine,
        rows(
          'insulin',
          '胰岛素',
          1,
          5,
          [text('kind', '种类', 60), text('usage', '用法和用量', 100)],
          shownWhen({ kind: 'not', of: { kind: 'is', field: 'noDrugTherapy', value: true } }),
        ),
      ],
    },
    {
      id: 'next',
      title: '转诊与下次随访',
      lines: [line(...referralLines), ...nextVisitLines],
    },
  ],
  checks: [
    ...followUpChecks.pressure,
    followUpChecks.smoking,
    followUpChecks.alcohol,
    followUpChecks.exercise,
    followUpChecks.nextVisit,
    {
      kind: 'not-before',
      code: 'hba1c-after-visit',
      severity: 'error',
      message: '糖化血红蛋白检查日期不能晚于随访日期。',
      earlier: 'hba1cDate',
      later: 'visitDate',
    },
  ],
});
