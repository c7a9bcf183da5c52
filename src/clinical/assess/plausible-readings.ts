import { parameter } from '#kernel/dated.ts';
import { plainDate } from '#kernel/plain-date.ts';

/** What a kind of reading can be. */
export interface KindLimits {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Unit the rules count in (UCUM). */
  readonly unit: string;
  /** A value in this other unit looks like this. */
  readonly other?: { readonly min: number; readonly max: number; readonly hint: string };
  /** Of several on one day without a time the worse counts: the higher, the lower, or a low one before a high one. */
  readonly worse?: 'low' | { readonly lowUpTo: number };
}

const mgDl = (min: number, max: number) => ({ min, max, hint: '像是以mg/dL为单位' });
const glucose = { min: 1, max: 50, unit: 'mmol/L', other: mgDl(50, 900), worse: { lowUpTo: 3.9 } } as const;

/** What a reading can be at all; outside it is a slip, often of the unit. */
export const plausibleReadings = parameter<Readonly<Record<string, KindLimits>>>({
  id: 'ENGINE.plausible',
  label: '可信的测量范围（范围外的读数指出并不采用）',
  rows: [
    {
      from: plainDate('2025-01-01'),
      source: 'OWN',
      certainty: 'own-default',
      clause: '平台默认：输入合理性',
      value: {
        sbp: { name: '收缩压', min: 60, max: 300, unit: 'mm[Hg]' },
        dbp: { name: '舒张压', min: 30, max: 200, unit: 'mm[Hg]' },
        'heart-rate': { name: '心率', min: 25, max: 220, unit: '/min' },
        weight: { name: '体重', min: 20, max: 250, unit: 'kg' },
        height: {
          name: '身高',
          min: 100,
          max: 220,
          unit: 'cm',
          other: { min: 1, max: 2.2, hint: '像是以米为单位' },
        },
        bmi: { name: '体质指数', min: 10, max: 80, unit: 'kg/m2' },
        waist: {
          name: '腰围',
          min: 40,
          max: 200,
          unit: 'cm',
          other: { min: 0.4, max: 2, hint: '像是以米为单位' },
        },
        'fasting-glucose': { name: '空腹血糖', ...glucose },
        'random-glucose': { name: '随机血糖', ...glucose },
        'glucose-2h': { name: '餐后2小时血糖', ...glucose },
        hba1c: {
          name: '糖化血红蛋白',
          min: 3.5,
          max: 20,
          unit: '%',
          other: { min: 20.1, max: 200, hint: '像是以mmol/mol为单位' },
        },
        spo2: { name: '血氧饱和度', min: 50, max: 100, unit: '%', worse: 'low' },
        'respiratory-rate': { name: '呼吸频率', min: 5, max: 60, unit: '/min' },
        temperature: { name: '体温', min: 33, max: 43, unit: 'Cel' },
        'total-cholesterol': { name: '总胆固醇', min: 1, max: 20, unit: 'mmol/L', other: mgDl(50, 800) },
        ldl: { name: '低密度脂蛋白', min: 0.2, max: 15, unit: 'mmol/L', other: mgDl(20, 600) },
        hdl: { name: '高密度脂蛋白', min: 0.2, max: 4, unit: 'mmol/L', other: mgDl(10, 160), worse: 'low' },
        triglycerides: { name: '甘油三酯', min: 0.1, max: 50, unit: 'mmol/L', other: mgDl(50.1, 4500) },
        creatinine: { name: '血肌酐', min: 15, max: 2500, unit: 'umol/L', other: mgDl(0.2, 14.9) },
        potassium: { name: '血钾', min: 1.5, max: 9, unit: 'mmol/L' },
        sodium: { name: '血钠', min: 90, max: 190, unit: 'mmol/L' },
        haemoglobin: { name: '血红蛋白', min: 20, max: 250, unit: 'g/L', worse: 'low' },
        platelets: { name: '血小板', min: 1, max: 2000, unit: '10*9/L', worse: 'low' },
        'uric-acid': { name: '尿酸', min: 50, max: 1500, unit: 'umol/L' },
        acr: { name: '尿白蛋白肌酐比', min: 0, max: 20000, unit: 'mg/g' },
        cat: { name: 'CAT', min: 0, max: 40, unit: '{score}' },
        mmrc: { name: 'mMRC', min: 0, max: 4, unit: '{score}' },
        exacerbations: { name: '近12个月急性加重次数', min: 0, max: 30, unit: '{count}' },
        'exacerbation-admissions': { name: '近12个月因加重住院次数', min: 0, max: 30, unit: '{count}' },
        'fev1-percent-predicted': { name: 'FEV1占预计值', min: 5, max: 150, unit: '%', worse: 'low' },
      },
    },
  ],
});

/** Units a value may arrive in, and how it becomes the one the rules count in. */
export const unitConversions = parameter<
  Readonly<Record<string, { readonly times: number; readonly plus?: number }>>
>({
  id: 'ENGINE.units',
  label: '单位换算（项目｜送来的单位：乘数与加数）',
  rows: [
    {
      from: plainDate('2025-01-01'),
      source: 'OWN',
      certainty: 'computed',
      clause:
        '单位换算：血糖÷18.0，胆固醇×0.0259，甘油三酯×0.01129，肌酐×88.4，ACR×8.84，糖化 (IFCC+23.5)÷10.93',
      value: {
        'fasting-glucose|mg/dL': { times: 1 / 18 },
        'random-glucose|mg/dL': { times: 1 / 18 },
        'glucose-2h|mg/dL': { times: 1 / 18 },
        'total-cholesterol|mg/dL': { times: 0.0259 },
        'ldl|mg/dL': { times: 0.0259 },
        'hdl|mg/dL': { times: 0.0259 },
        'triglycerides|mg/dL': { times: 0.01129 },
        'creatinine|mg/dL': { times: 88.4 },
        'acr|mg/mmol': { times: 8.84 },
        'hba1c|mmol/mol': { times: 1 / 10.93, plus: 23.5 / 10.93 },
        'height|m': { times: 100 },
        'waist|m': { times: 100 },
      },
    },
  ],
});
