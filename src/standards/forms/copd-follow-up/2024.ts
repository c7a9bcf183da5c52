import type { FormEdition } from '#kernel/form-shape.ts';
import { defineEdition } from '../define-edition.ts';
import {
  addition,
  chosen,
  code,
  codes,
  computed,
  decimal,
  flag,
  integer,
  line,
  onlyWhen,
  optional,
  shownWhen,
  text,
} from '../field-builders.ts';
import {
  adherenceLine,
  adverseReactionLine,
  attitudeLines,
  drugsLine,
  emergencySigns,
  exerciseLine,
  followUpChecks,
  nextVisitLines,
  notVisited,
  referralLines,
  smokingLine,
  visitLines,
  whenFaceToFace,
} from '../follow-up-blocks.ts';
import { limits } from '../plausible-limits.ts';

const unread = { certainty: 'uncertain' } as const;
const unreadOptions = '选项编号为平台编号，国家表样核实后按表样更换。';
const usesOxygen = chosen('homeOxygen', '2');
const usesVentilator = chosen('niv', '2');
const perWeek = { unit: '天/周', hard: { min: 0, max: 7 } };
const perDay = { unit: '小时/天', hard: { min: 0, max: 24 } };
const ownScale = { ...addition, certainty: 'from-knowledge' } as const;

/**
 * 慢性阻塞性肺疾病患者随访服务记录表 as far as it could be read: the fields are those in use, the option numbers of
 * symptoms, comorbidities, vaccines, oxygen and ventilator are our own and marked uncertain.
 * @source 慢性阻塞性肺疾病患者健康服务规范（试行） 2024 附件及填表说明
 */
export const copdFollowUp2024: FormEdition = defineEdition({
  form: 'copd-follow-up',
  edition: '2024',
  title: '慢性阻塞性肺疾病患者随访服务记录表',
  dictVersion: 'COPD-2024-PLATFORM',
  source: 'COPD-PHS-2024',
  clause: '慢性阻塞性肺疾病患者健康服务规范（试行） 患者随访服务记录表',
  certainty: 'found',
  excused: notVisited,
  paper: { recordsPerSheet: 4, layout: 'visit-columns' },
  groups: [
    { id: 'visit', title: '随访', lines: visitLines },
    {
      id: 'symptoms',
      title: '症状',
      certainty: 'uncertain',
      lines: [
        codes(
          'symptoms',
          '症状',
          '1 无症状  2 呼吸困难  3 喘息  4 胸闷  5 咳嗽  6 咳痰或痰量增加  7 痰液颜色或粘度改变  8 发热  9 全身不适  10 失眠  11 嗜睡  12 疲乏  13 抑郁  14 意识不清  99 其他____',
          {
            exclusive: ['1'],
            text: { id: 'symptomOther', label: '其他症状' },
            note: unreadOptions,
            ...unread,
          },
        ),
        emergencySigns(
          '1 静息时明显气促、不能平卧  2 新出现口唇紫绀  3 新出现外周水肿  4 意识改变  5 首次处理后加重不缓解  6 心力衰竭或新发心律失常  7 突发胸痛、疑气胸  8 其他不能处理的疾病',
        ),
      ],
    },
    {
      id: 'signs',
      title: '体征',
      lines: [
        code('cyanosis', '口唇紫绀', '1 无  2 有____', {
          ...whenFaceToFace,
          ...unread,
          text: { label: '口唇紫绀情况', id: 'cyanosisText' },
        }),
        code('edema', '外周水肿', '1 无  2 有____', {
          ...whenFaceToFace,
          ...unread,
          text: { label: '外周水肿情况', id: 'edemaText' },
          note: '指球结膜水肿和双下肢水肿。',
        }),
        integer('respRate', '呼吸频率', limits.respiratoryRate),
        integer('heartRate', '心率', limits.heartRate),
        line(
          decimal('height', '身高', limits.height, addition),
          decimal('weight', '体重', limits.weight, addition),
          computed('bmi', '体质指数', 'bmi', ['weight', 'height'], {
            unit: 'kg/m²',
            normal: [{ range: { min: 21 } }],
          }),
        ),
        text('signOther', '其他体征', 200, optional),
        codes(
          'comorbidities',
          '合并症',
          '1 无  2 感染  3 心血管疾病  4 高血压  5 糖尿病  6 骨质疏松  7 焦虑或抑郁  8 肺癌  9 胃食管反流  10 睡眠呼吸暂停  99 其他____',
          {
            exclusive: ['1'],
            text: { id: 'comorbidityOther', label: '其他合并症' },
            note: unreadOptions,
            ...unread,
          },
        ),
        integer('sbp', '收缩压', limits.sbp, addition),
        integer('dbp', '舒张压', limits.dbp, addition),
      ],
    },
    {
      id: 'lifestyle',
      title: '生活方式指导',
      lines: [smokingLine, exerciseLine, ...attitudeLines],
    },
    {
      id: 'tests',
      title: '免疫与检查',
      lines: [
        line(
          code('vaccinated', '疫苗免疫史', '1 无  2 有', unread),
          codes('vaccines', '接种的疫苗', '1 流感疫苗  2 肺炎球菌疫苗  3 新冠病毒疫苗  9 其他____', {
            ...onlyWhen(chosen('vaccinated', '2')),
            text: { id: 'vaccineOther', label: '其他疫苗' },
            note: unreadOptions,
            ...unread,
          }),
        ),
        line(
          integer('spo2', '脉搏氧饱和度（SpO₂）', limits.spo2, { note: '每次随访均须测量。' }),
          flag('onOxygen', '测量时正在吸氧', addition),
        ),
        decimal('fev1', '肺通气功能 FEV1', limits.fev1, {
          ...optional,
          note: '建议每年至少检查一次肺功能。',
        }),
        decimal('fvc', '肺通气功能 FVC', limits.fvc, optional),
        computed('fev1FvcRatio', 'FEV1/FVC', 'percent-of', ['fev1', 'fvc'], {
          unit: '%',
          normal: [{ range: { min: 70 } }],
        }),
        decimal('fev1PctPred', 'FEV1占预计值百分比', limits.fev1PercentPredicted, optional),
      ],
    },
    {
      id: 'treatment',
      title: '用药与分类',
      lines: [
        drugsLine,
        adherenceLine,
        adverseReactionLine,
        line(
          code('homeOxygen', '家庭氧疗', '1 无  2 有', { ...optional, ...unread }),
          decimal('oxygenHours', '每日吸氧时间', perDay, { ...shownWhen(usesOxygen), ...unread }),
          decimal(
            'oxygenFlow',
            '氧流量',
            { unit: 'L/分', hard: { min: 0.5, max: 10 } },
            { ...shownWhen(usesOxygen), ...unread },
          ),
          code('oxygenAdverse', '氧疗不良反应', '1 无  2 有____', {
            ...shownWhen(usesOxygen),
            ...unread,
            text: { id: 'oxygenAdverseText', label: '氧疗不良反应内容' },
          }),
        ),
        line(
          code('niv', '无创呼吸机使用', '1 无  2 有', { ...optional, ...unread }),
          integer('nivDays', '每周使用天数', perWeek, { ...shownWhen(usesVentilator), ...unread }),
          decimal('nivHours', '每日使用时间', perDay, { ...shownWhen(usesVentilator), ...unread }),
          code('nivAdverse', '无创呼吸机不良反应', '1 无  2 有____', {
            ...shownWhen(usesVentilator),
            ...unread,
            text: { id: 'nivAdverseText', label: '无创呼吸机不良反应内容' },
          }),
        ),
        line({
          kind: 'code',
          id: 'visitClass',
          label: '此次随访分类',
          required: 'always',
          options: [
            { code: '1', label: '控制满意' },
            { code: '2', label: '控制不满意' },
            { code: '3', label: '不良反应' },
            { code: '4', label: '并发症或急性加重', certainty: 'uncertain' },
          ],
        }),
      ],
    },
    { id: 'next', title: '转诊与下次随访', lines: [line(...referralLines), ...nextVisitLines] },
    {
      id: 'assessment',
      title: '病情评估（平台补充）',
      source: '慢性阻塞性肺疾病基层诊疗指南；GOLD 报告',
      certainty: 'from-knowledge',
      lines: [
        code(
          'mmrc',
          'mMRC 分级',
          '0 仅在剧烈运动时气促  1 平地快步或上缓坡时气促  2 平地行走比同龄人慢或须停下  3 平地走约100米或数分钟须停下  4 不能离家或穿脱衣时气促',
          ownScale,
        ),
        ...[
          'cat1 咳嗽',
          'cat2 咳痰',
          'cat3 胸闷',
          'cat4 爬坡或上楼气喘',
          'cat5 家务活动受限',
          'cat6 外出信心',
          'cat7 睡眠',
          'cat8 精力',
        ].map((item) => {
          const [id = '', title = ''] = item.split(' ');
          return integer(id, `CAT·${title}`, { hard: { min: 0, max: 5 } }, ownScale);
        }),
        computed('cat', 'CAT 总分', 'sum', ['cat1', 'cat2', 'cat3', 'cat4', 'cat5', 'cat6', 'cat7', 'cat8'], {
          extension: true,
          places: 0,
          unit: '分',
          normal: [{ range: { max: 9 } }],
        }),
        integer(
          'exacerbations12m',
          '近12个月急性加重次数',
          { unit: '次', hard: { min: 0, max: 30 } },
          addition,
        ),
        integer('exacHosp12m', '近12个月因加重住院次数', { unit: '次', hard: { min: 0, max: 30 } }, addition),
        code('goldGrade', 'GOLD 肺功能分级', '1 1级  2 2级  3 3级  4 4级', ownScale),
        code('goldGroup', 'GOLD 综合评估分组', 'A A组  B B组  E E组', ownScale),
        code('manageLevel', '管理等级', '1 稳定期低风险  2 稳定期高风险  3 急性加重期', addition),
        code(
          'inhalerDevice',
          '吸入装置',
          '1 压力定量气雾剂  2 干粉吸入剂  3 软雾吸入剂  4 雾化吸入',
          addition,
        ),
        code('inhalerSkill', '吸入药物装置使用', '1 熟练  2 不熟练  3 未掌握', addition),
        flag('quitGuide', '已作戒烟干预', addition),
        text('rehabGuide', '肺康复指导', 300, { ...addition, multiline: true }),
      ],
    },
  ],
  checks: [
    ...followUpChecks.pressure,
    followUpChecks.smoking,
    followUpChecks.exercise,
    followUpChecks.nextVisit,
    {
      kind: 'at-most',
      code: 'fev1-above-fvc',
      severity: 'error',
      message: 'FEV1 不应大于 FVC，请核对。',
      lower: 'fev1',
      upper: 'fvc',
    },
    {
      kind: 'at-most',
      code: 'hospital-above-exacerbations',
      severity: 'error',
      message: '因加重住院次数不应多于急性加重次数。',
      lower: 'exacHosp12m',
      upper: 'exacerbations12m',
    },
  ],
});
