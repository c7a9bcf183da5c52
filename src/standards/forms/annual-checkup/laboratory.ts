import type { FormField } from '#kernel/form-shape.ts';
import { addition, code, decimal, integer, line, type More, optional, text } from '../field-builders.ts';
import { limits } from '../plausible-limits.ts';
import { forDiabetesAndOlderPeople, forOlderPeople } from './groups-of-people.ts';

function normalOrDescribed(id: string, label: string, more: More = optional): FormField[] {
  return code(id, label, '1 正常  2 异常____', { ...more, text: { label: `${label}异常情况` } });
}

function strip(id: string, label: string): FormField {
  return text(id, label, 20, { ...forOlderPeople, note: '－、±、＋ 至 ＋＋＋＋，或带单位的数值。' });
}

/** 辅助检查 of 健康体检表; what is free for older people is required of them. */
export const laboratoryGroup = {
  id: 'laboratory',
  title: '辅助检查',
  lines: [
    line(
      integer('hb', '血红蛋白', limits.haemoglobin, forOlderPeople),
      decimal('wbc', '白细胞', limits.leukocytes, forOlderPeople),
      integer('plt', '血小板', limits.platelets, forOlderPeople),
      text('cbcOther', '血常规其他', 100, optional),
    ),
    line(
      strip('uProtein', '尿蛋白'),
      strip('uGlucose', '尿糖'),
      strip('uKetone', '尿酮体'),
      strip('uBlood', '尿潜血'),
      text('urineOther', '尿常规其他', 100, optional),
    ),
    line(
      decimal('fpg', '空腹血糖', limits.fastingGlucose, {
        ...forDiabetesAndOlderPeople,
        note: '检验单为 mg/dL 时除以 18.0。',
      }),
      code('fpgEnteredUnit', '检验单单位', '1 mmol/L  2 mg/dL', addition),
    ),
    normalOrDescribed('ecg', '心电图', forOlderPeople),
    decimal('microalbumin', '尿微量白蛋白', limits.microalbumin, optional),
    code('fobt', '大便潜血', '1 阴性  2 阳性', optional),
    decimal('hba1c', '糖化血红蛋白', limits.hba1c, optional),
    code('hbsag', '乙型肝炎表面抗原', '1 阴性  2 阳性', optional),
    line(
      decimal('alt', '血清谷丙转氨酶', limits.alt, forOlderPeople),
      decimal('ast', '血清谷草转氨酶', limits.ast, forOlderPeople),
      decimal('albumin', '白蛋白', limits.albumin, optional),
      decimal('tbil', '总胆红素', limits.bilirubin, forOlderPeople),
      decimal('dbil', '结合胆红素', limits.bilirubin, optional),
    ),
    line(
      decimal('creatinine', '血清肌酐', limits.creatinine, forOlderPeople),
      decimal('urea', '血尿素', limits.urea, forOlderPeople),
      decimal('potassium', '血钾浓度', limits.potassium, optional),
      decimal('sodium', '血钠浓度', limits.sodium, optional),
    ),
    line(
      decimal('tc', '总胆固醇', limits.totalCholesterol, forOlderPeople),
      decimal('tg', '甘油三酯', limits.triglyceride, forOlderPeople),
      decimal('ldl', '血清低密度脂蛋白胆固醇', limits.ldlCholesterol, forOlderPeople),
      decimal('hdl', '血清高密度脂蛋白胆固醇', limits.hdlCholesterol, forOlderPeople),
    ),
    normalOrDescribed('chestXray', '胸部X线片'),
    line(
      normalOrDescribed('abdUltrasound', '腹部B超', forOlderPeople),
      normalOrDescribed('otherUltrasound', '其他B超'),
    ),
    normalOrDescribed('papSmear', '宫颈涂片', {
      required: 'optional',
      visible: { kind: 'sex-is', sex: '2' },
    }),
    text('labOther', '辅助检查其他', 500, {
      ...optional,
      multiline: true,
      note: '如肺功能、眼底照相。',
    }),
  ],
};
