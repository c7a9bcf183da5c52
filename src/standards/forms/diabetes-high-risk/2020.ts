import type { FormEdition } from '#kernel/form-shape.ts';
import { defineEdition } from '../define-edition.ts';
import { code, line, pastDate, reference } from '../field-builders.ts';
import { ageField, nameField, sexLine } from '../people-blocks.ts';

const yesNo = '1 是  2 否  9 不详';

/**
 * 糖尿病高危人群评估: fourteen matters of adults, any one of which counts. Ages and lipid limits changed with the
 * guideline years; these are those of 2020.
 * @source 中国2型糖尿病防治指南（2020年版） 高危人群
 */
export const diabetesHighRisk2020: FormEdition = defineEdition({
  form: 'diabetes-high-risk',
  edition: '2020',
  title: '糖尿病高危人群评估表',
  dictVersion: 'DM-RISK-2020',
  source: 'DM-CN-2020',
  clause: '中国2型糖尿病防治指南（2020年版） 高危人群',
  certainty: 'from-knowledge',
  paper: { recordsPerSheet: 1, layout: 'one-person' },
  groups: [
    {
      id: 'person',
      title: '基本情况',
      lines: [pastDate('assessDate', '评估日期'), line(nameField, sexLine, ageField)],
    },
    {
      id: 'matters',
      title: '高危因素',
      lines: [
        code('prediabetes', '有糖尿病前期史', yesNo),
        code('age40', '年龄≥40岁', yesNo),
        code('overweight', '体质指数≥24 kg/m²和（或）腰围男≥90 cm、女≥85 cm', yesNo),
        code('familyHistory', '一级亲属有糖尿病史', yesNo),
        code('inactive', '缺乏体力活动', yesNo),
        code('largeBaby', '有巨大儿分娩史或妊娠期糖尿病史', `${yesNo}  0 不适用`),
        code('pcos', '有多囊卵巢综合征病史', `${yesNo}  0 不适用`),
        code('acanthosis', '有黑棘皮病', yesNo),
        code('hypertension', '有高血压史或正在接受降压治疗', yesNo),
        code('lipids', '高密度脂蛋白胆固醇＜0.90 mmol/L和（或）甘油三酯＞2.22 mmol/L，或正在调脂治疗', yesNo),
        code('ascvd', '有动脉粥样硬化性心血管疾病史', yesNo),
        code('steroids', '有类固醇类药物使用史', yesNo),
        code('psychotropics', '长期接受抗精神病药或抗抑郁药治疗', yesNo),
        code('riskScore25', '中国糖尿病风险评分≥25分', yesNo),
      ],
    },
    {
      id: 'conclusion',
      title: '结论',
      lines: [
        code('conclusion', '评估结论', '1 高危  2 非高危  3 资料不全'),
        reference('staff', '评估医生', 'staff'),
      ],
    },
  ],
});
