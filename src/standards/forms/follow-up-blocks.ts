import type { Condition, CrossCheck, FormField } from '#kernel/form-shape.ts';
import {
  addition,
  chosen,
  code,
  computed,
  date,
  decimal,
  flag,
  integer,
  line,
  optional,
  options,
  pastDate,
  rows,
  target,
  text,
} from './field-builders.ts';
import { limits } from './plausible-limits.ts';

const goodFairPoor = '1 良好  2 一般  3 差';

/** Codes of 随访方式 that are face to face. */
export const faceToFaceMethods = ['1', '2'] as const;
const faceToFace: Condition = chosen('visitMethod', ...faceToFaceMethods);

/** Required when the doctor met the person. */
export const whenFaceToFace = { required: faceToFace } as const;

/** 随访日期 and 随访方式. */
export const visitLines: readonly (FormField | readonly FormField[])[] = [
  pastDate('visitDate', '随访日期'),
  code('visitMethod', '随访方式', '1 门诊  2 家庭  3 电话'),
];

/** 血压 on one line, and where it was taken. */
export const pressureLine = line(
  integer('sbp', '收缩压', limits.sbp),
  integer('dbp', '舒张压', limits.dbp),
  code('bpSource', '血压来源', '1 诊室  2 家庭自测  3 动态', addition),
);

const weight = decimal('weight', '体重', limits.weight);

/** 体重 and 体质指数, each now and as a goal; height is asked once so that the sheet can work out the index. */
export const weightLines: readonly (readonly FormField[])[] = [
  line(
    decimal('height', '身高', limits.height, addition),
    weight,
    target(weight, 'weightTarget', '体重目标', optional),
  ),
  line(
    computed('bmi', '体质指数', 'bmi', ['weight', 'height'], { unit: 'kg/m²' }),
    computed('bmiTarget', '体质指数目标', 'bmi', ['weightTarget', 'height'], { unit: 'kg/m²' }),
  ),
];

const smokeNow = integer('smokeNow', '日吸烟量', limits.cigarettes);
const alcoholNow = decimal('alcoholNow', '日饮酒量', limits.alcohol, {
  note: '折合白酒：啤酒÷10、葡萄酒÷4、黄酒÷5。',
});
const exTimesNow = integer('exTimesNow', '运动频次', limits.exerciseTimes);
const exMinNow = integer('exMinNow', '每次运动', limits.exerciseMinutes);

/** 日吸烟量, now and goal. */
export const smokingLine = line(smokeNow, target(smokeNow, 'smokeTarget', '日吸烟量目标'));
/** 日饮酒量, now and goal. */
export const alcoholLine = line(alcoholNow, target(alcoholNow, 'alcoholTarget', '日饮酒量目标'));
/** 运动, the upper line now and the lower line the goal. */
export const exerciseLine = line(
  exTimesNow,
  exMinNow,
  target(exTimesNow, 'exTimesTarget', '运动频次目标'),
  target(exMinNow, 'exMinTarget', '每次运动目标'),
);

/** 心理调整 and 遵医行为. */
export const attitudeLines: readonly (readonly FormField[])[] = [
  code('psychology', '心理调整', goodFairPoor),
  code('compliance', '遵医行为', goodFairPoor),
];

/** 摄盐情况, now and goal; paper prints 轻/中/重, 1/2/3 is how it is kept. */
export const saltLine = line(
  code('saltNow', '摄盐情况', '1 轻  2 中  3 重'),
  code('saltTarget', '摄盐目标', '1 轻  2 中  3 重', {
    warnCodes: { '3': '摄盐目标选了“重”，请确认。' },
    targetOf: 'saltNow',
  }),
);

/** 服药依从性, not asked of someone without a prescription. */
export const adherenceLine = line(
  flag('noDrugTherapy', '未开药（非药物治疗）', addition),
  code('adherence', '服药依从性', '1 规律  2 间断  3 不服药', {
    required: { kind: 'not', of: { kind: 'is', field: 'noDrugTherapy', value: true } },
  }),
);

/** 药物不良反应 with the words beside 有. */
export const adverseReactionLine = code('adr', '药物不良反应', '1 无  2 有____', {
  text: { id: 'adrText', label: '不良反应内容' },
});

/** 并发症情况, which the classification needs and the national sheet does not print. */
export const complicationLine = code(
  'complication',
  '并发症情况',
  '1 无新发或加重  2 新出现并发症____  3 原有并发症加重____',
  { ...addition, text: { id: 'complicationText', label: '并发症内容' } },
);

const drugColumns: readonly FormField[] = [
  text('drugName', '药物名称', 60, { dataElementId: 'DE08.50.022.00' }),
  integer(
    'timesPerDay',
    '每日次数',
    { unit: '次', hard: { min: 1, max: 6 } },
    { dataElementId: 'DE06.00.133.00' },
  ),
  decimal(
    'dosePerTime',
    '每次剂量',
    { places: 3, hard: { min: 0.001, max: 5000 } },
    { dataElementId: 'DE08.50.023.00' },
  ),
  text('doseUnit', '单位', 10, { dataElementId: 'DE08.50.024.00' }),
];

/** 用药情况: three medicines on paper, ten on the screen. */
export const drugsLine = rows('drugs', '用药情况', 3, 10, drugColumns, optional);

const referred: Condition = { kind: 'answered', field: 'referralReason' };

/** 转诊, its contact and what became of it. */
export const referralLines: readonly (readonly FormField[])[] = [
  line(text('referralReason', '转诊原因', 200, optional)),
  line(
    text('referralOrgDept', '转诊机构及科别', 100, {
      required: referred,
    }),
    text('referralContact', '转诊联系人及电话', 60, { ...addition, visible: referred }),
    code('referralResult', '转诊结果', '1 到位  2 不到位', { ...addition, visible: referred }),
  ),
];

/** 下次随访日期 and 随访医生签名, then what county systems add. */
export const nextVisitLines: readonly (FormField | readonly FormField[])[] = [
  date('nextVisitDate', '下次随访日期'),
  text('doctorSign', '随访医生签名', 50),
  code(
    'nextMeasure',
    '下一步管理措施',
    '1 常规随访  2 第1次控制不满意2周随访  3 两次控制不满意转诊随访  4 紧急转诊',
    addition,
  ),
  rows('drugAdjust', '用药调整意见', 3, 10, drugColumns, {
    ...addition,
    visible: chosen('visitClass', '2', '3', '4'),
  }),
  code('visitStatus', '随访状态', '1 已完成  2 失访  3 死亡  4 迁出  5 拒访', {
    ...addition,
    visible: { kind: 'answered', field: 'visitStatus' },
    note: '不填即为已完成；由失访、死亡、迁出等办理时写入。',
  }),
  code('lostReason', '失访原因', '1 外出打工  2 迁居他处  3 走失  4 连续3次未到访  5 其他', {
    ...addition,
    visible: chosen('visitStatus', '2'),
  }),
  text('remark', '备注', 300, { ...addition, multiline: true }),
];

/** Danger signs of a disease; any one of them makes the visit an emergency. */
export function emergencySigns(printed: string): FormField {
  return {
    kind: 'codes',
    id: 'emergencySigns',
    label: '危急征象',
    ...addition,
    exclusive: [],
    options: options(printed),
    note: '有任何一项即为危急，须先处理并紧急转诊。',
  };
}

/** A visit that did not take place asks for nothing but its day and who tried. */
export const notVisited = {
  when: chosen('visitStatus', '2', '3', '4', '5'),
  except: ['visitDate', 'doctorSign'],
} as const;

/** Checks every follow-up sheet shares, by the measures it has. */
export const followUpChecks = {
  pressure: [
    {
      kind: 'less-than',
      code: 'dbp-not-below-sbp',
      severity: 'error',
      message: '舒张压应低于收缩压，请核对。',
      lower: 'dbp',
      upper: 'sbp',
    },
    {
      kind: 'difference-within',
      code: 'pulse-pressure',
      severity: 'warning',
      message: '脉压差少于20或大于100 mmHg，请确认血压。',
      lower: 'dbp',
      upper: 'sbp',
      range: { min: 20, max: 100 },
    },
  ],
  smoking: {
    kind: 'at-most',
    code: 'smoke-target',
    severity: 'warning',
    message: '吸烟目标高于现在，请确认。',
    lower: 'smokeTarget',
    upper: 'smokeNow',
  },
  alcohol: {
    kind: 'at-most',
    code: 'alcohol-target',
    severity: 'warning',
    message: '饮酒目标高于现在，请确认。',
    lower: 'alcoholTarget',
    upper: 'alcoholNow',
  },
  exercise: {
    kind: 'zero-together',
    code: 'exercise-now',
    severity: 'warning',
    message: '运动次数与时长应同时为零或同时大于零。',
    a: 'exTimesNow',
    b: 'exMinNow',
  },
  nextVisit: {
    kind: 'not-before',
    code: 'next-before-visit',
    severity: 'error',
    message: '下次随访日期应在随访日期之后。',
    earlier: 'visitDate',
    later: 'nextVisitDate',
  },
} as const satisfies Record<string, CrossCheck | readonly CrossCheck[]>;
