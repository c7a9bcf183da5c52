import { parameter } from '#kernel/dated.ts';
import { plainDate } from '#kernel/plain-date.ts';

interface Interval {
  readonly low?: number;
  readonly high?: number;
}
interface Reference {
  readonly name: string;
  readonly unit: string;
  readonly male: Interval;
  readonly female: Interval;
}
const both = (name: string, unit: string, low?: number, high?: number): Reference => {
  const interval = { ...(low === undefined ? {} : { low }), ...(high === undefined ? {} : { high }) };
  return { name, unit, male: interval, female: interval };
};

/** Both ends belong to the interval. The laboratory's own interval, where it prints one, goes before these. */
export const referenceIntervals = parameter({
  id: 'CHK-01.intervals',
  label: '成人检验项目参考区间（两端含）',
  rows: [
    {
      from: plainDate('2013-08-01'),
      source: 'WST404-405',
      certainty: 'from-knowledge',
      clause: '临床常用生化、血细胞分析参考区间；血红蛋白下限按贫血诊断标准',
      value: {
        hb: { name: '血红蛋白', unit: 'g/L', male: { low: 120, high: 175 }, female: { low: 110, high: 150 } },
        wbc: both('白细胞', '×10⁹/L', 3.5, 9.5),
        plt: both('血小板', '×10⁹/L', 125, 350),
        alt: { name: '谷丙转氨酶', unit: 'U/L', male: { high: 50 }, female: { high: 40 } },
        ast: { name: '谷草转氨酶', unit: 'U/L', male: { high: 40 }, female: { high: 35 } },
        albumin: both('白蛋白', 'g/L', 40, 55),
        tbil: { name: '总胆红素', unit: 'μmol/L', male: { high: 26 }, female: { high: 21 } },
        urea: { name: '血尿素', unit: 'mmol/L', male: { high: 9.5 }, female: { high: 8.8 } },
        potassium: both('血钾', 'mmol/L', 3.5, 5.3),
        sodium: both('血钠', 'mmol/L', 137, 147),
      },
    },
  ],
});

export type LaboratoryItem = keyof (typeof referenceIntervals.rows)[0]['value'];

export const recheckTimes = parameter({
  id: 'CHK-02.recheck-days',
  label: '体检异常后的复查、转诊期限',
  unit: '天',
  rows: [
    {
      from: plainDate('2017-02-28'),
      source: 'OWN',
      certainty: 'own-default',
      clause: '平台默认：当日、2周、4周、3个月；高血压疑似按4周内另选日复测',
      value: { atOnce: 1, soon: 14, month: 28, quarter: 90 },
    },
  ],
});

export const saturationLimits = parameter({
  id: 'CHK-02.spo2',
  label: '静息血氧饱和度：低于即需复核、低于即转诊',
  unit: '%',
  rows: [
    {
      from: plainDate('2017-02-28'),
      source: 'OWN',
      certainty: 'own-default',
      clause: '平台默认：95、92',
      value: { recheckBelow: 95, referBelow: 92 },
    },
  ],
});

export const vaccineAge = parameter({
  id: 'CHK-02.vaccine-age',
  label: '建议接种流感与肺炎球菌疫苗的起始年龄',
  unit: '岁',
  rows: [
    {
      from: plainDate('2017-02-28'),
      source: 'PHS-3',
      certainty: 'from-knowledge',
      clause: '老年人健康管理服务规范 健康指导：疫苗接种',
      value: 65,
    },
  ],
});

export const farBeyondRange = parameter({
  id: 'CHK-02.far-beyond',
  label: '检验值达到参考上限的几倍即建议转诊',
  unit: '倍',
  rows: [
    {
      from: plainDate('2017-02-28'),
      source: 'OWN',
      certainty: 'own-default',
      clause: '平台默认：3倍',
      value: 3,
    },
  ],
});
