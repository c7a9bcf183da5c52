/** A measurement a nurse, a doctor or a self-test point may enter, with its unit and how it may have been taken. */
export interface ReadingKind {
  readonly kind: string;
  readonly label: string;
  /** UCUM. */
  readonly unit: string;
  /** As printed. */
  readonly shown: string;
  readonly section: 'examination' | 'tests';
  readonly contexts: readonly ReadingContext[];
  readonly decimals: 0 | 1 | 2;
  /** What can be at all; outside is a slip of the hand. */
  readonly min: number;
  readonly max: number;
}

export const readingContexts = {
  office: '诊室',
  home: '家庭',
  ambulatory: '动态（24小时均值）',
  venous: '静脉血',
  capillary: '指尖血',
  ogtt: '葡萄糖负荷后',
  'post-bronchodilator': '支气管舒张后',
  'pre-bronchodilator': '舒张前',
  'self-test': '自助检测点',
  rest: '静息',
} as const;
export type ReadingContext = keyof typeof readingContexts;

const kind = (
  id: string,
  label: string,
  [unit, shown]: readonly [string, string],
  section: ReadingKind['section'],
  contexts: readonly ReadingContext[],
  [min, max, decimals]: readonly [number, number, 0 | 1 | 2],
): ReadingKind => ({ kind: id, label, unit, shown, section, contexts, decimals, min, max });

const mmHg = ['mm[Hg]', 'mmHg'] as const;
const mmol = ['mmol/L', 'mmol/L'] as const;
const percent = ['%', '%'] as const;

/**
 * Every kind of measurement entered at the centre, in the order of the screen.
 * @source 平台默认：输入合理性；项目据能力建设指引 设备 与临床规则所用
 */
export const readingKinds: readonly ReadingKind[] = [
  kind('sbp', '收缩压', mmHg, 'examination', ['office', 'home', 'ambulatory'], [60, 300, 0]),
  kind('dbp', '舒张压', mmHg, 'examination', ['office', 'home', 'ambulatory'], [30, 200, 0]),
  kind('heart-rate', '心率', ['/min', '次/分'], 'examination', ['rest'], [25, 220, 0]),
  kind('temperature', '体温', ['Cel', '℃'], 'examination', ['rest'], [33, 43, 1]),
  kind('respiratory-rate', '呼吸', ['/min', '次/分'], 'examination', ['rest'], [5, 60, 0]),
  kind('spo2', '血氧饱和度', percent, 'examination', ['rest'], [50, 100, 0]),
  kind('height', '身高', ['cm', 'cm'], 'examination', ['rest'], [100, 220, 1]),
  kind('weight', '体重', ['kg', 'kg'], 'examination', ['rest'], [20, 250, 1]),
  kind('waist', '腰围', ['cm', 'cm'], 'examination', ['rest'], [40, 200, 1]),
  kind('cat', 'CAT评分', ['{score}', '分'], 'examination', ['rest'], [0, 40, 0]),
  kind('fasting-glucose', '空腹血糖', mmol, 'tests', ['venous', 'capillary'], [1, 50, 1]),
  kind('glucose-2h', '餐后2小时血糖', mmol, 'tests', ['ogtt', 'venous', 'capillary'], [1, 50, 1]),
  kind('random-glucose', '随机血糖', mmol, 'tests', ['venous', 'capillary'], [1, 50, 1]),
  kind('hba1c', '糖化血红蛋白', percent, 'tests', ['venous'], [3.5, 20, 1]),
  kind(
    'fev1-fvc',
    'FEV1/FVC',
    ['1', ''],
    'tests',
    ['post-bronchodilator', 'pre-bronchodilator'],
    [0.1, 1, 2],
  ),
  kind(
    'fev1-percent-predicted',
    'FEV1占预计值',
    percent,
    'tests',
    ['post-bronchodilator', 'pre-bronchodilator'],
    [5, 150, 0],
  ),
  kind('total-cholesterol', '总胆固醇', mmol, 'tests', ['venous'], [1, 20, 2]),
  kind('ldl', '低密度脂蛋白', mmol, 'tests', ['venous'], [0.2, 15, 2]),
  kind('hdl', '高密度脂蛋白', mmol, 'tests', ['venous'], [0.2, 4, 2]),
  kind('triglycerides', '甘油三酯', mmol, 'tests', ['venous'], [0.1, 50, 2]),
  kind('creatinine', '血肌酐', ['umol/L', 'μmol/L'], 'tests', ['venous'], [15, 2500, 0]),
  kind('potassium', '血钾', mmol, 'tests', ['venous'], [1.5, 9, 1]),
  kind('acr', '尿白蛋白肌酐比', ['mg/g', 'mg/g'], 'tests', ['rest'], [0, 20000, 0]),
];

const byKind = new Map(readingKinds.map((one) => [one.kind, one]));

/** The kind of that name; undefined when it is not entered here. */
export function findReadingKind(kindName: string): ReadingKind | undefined {
  return byKind.get(kindName);
}

/** Kinds a self-test point measures. */
export const selfTestKinds = [
  'sbp',
  'dbp',
  'heart-rate',
  'height',
  'weight',
  'waist',
  'spo2',
  'random-glucose',
] as const;

/** What is wrong with a reading as entered; undefined when nothing is. */
export function checkReading(reading: {
  readonly kind: string;
  readonly value: number;
  readonly context: string;
}): string | undefined {
  const known = findReadingKind(reading.kind);
  if (!known) return '没有这个检查项目。';
  if (!(known.contexts as readonly string[]).includes(reading.context) && reading.context !== 'self-test')
    return `${known.label}没有这种测量方式。`;
  if (!(reading.value >= known.min && reading.value <= known.max))
    return `${known.label} ${reading.value} 不在可能的范围（${known.min}–${known.max}${known.shown}），请核对数值与单位。`;
  return undefined;
}

/** What a doctor may order, by the kinds it brings; what brings none is written in words. */
export const orderableTests = [
  { code: 'glucose', label: '静脉空腹血糖', kinds: ['fasting-glucose'] },
  { code: 'hba1c', label: '糖化血红蛋白', kinds: ['hba1c'] },
  { code: 'ogtt', label: '葡萄糖负荷试验', kinds: ['fasting-glucose', 'glucose-2h'] },
  { code: 'lipids', label: '血脂四项', kinds: ['total-cholesterol', 'ldl', 'hdl', 'triglycerides'] },
  { code: 'kidney', label: '肾功能与血钾', kinds: ['creatinine', 'potassium'] },
  { code: 'acr', label: '尿白蛋白肌酐比', kinds: ['acr'] },
  { code: 'ecg', label: '心电图', kinds: [] },
  { code: 'retina', label: '眼底检查', kinds: [] },
  { code: 'foot', label: '足部与神经检查', kinds: [] },
  { code: 'artery', label: '踝臂指数', kinds: [] },
  { code: 'assessments', label: '口腔、情绪与认知评估', kinds: [] },
  { code: 'spirometry', label: '肺功能（支气管舒张试验）', kinds: ['fev1-fvc', 'fev1-percent-predicted'] },
  { code: 'abpm', label: '24小时动态血压', kinds: ['sbp', 'dbp'] },
  { code: 'influenza', label: '流感疫苗接种', kinds: [] },
] as const;
export type OrderableTest = (typeof orderableTests)[number]['code'];
