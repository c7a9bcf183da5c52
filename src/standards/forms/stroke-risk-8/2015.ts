import type { FormEdition } from '#kernel/form-shape.ts';
import { defineEdition } from '../define-edition.ts';
import { code, line, optional, pastDate, reference } from '../field-builders.ts';
import { ageField, nameField, sexLine } from '../people-blocks.ts';

const yesNo = '1 是  2 否';

/**
 * 脑卒中风险8项初筛, from 40 years on: eight matters and whether there was a stroke before.
 * @source 脑卒中高危人群筛查和干预项目 风险初筛评估
 */
export const strokeRisk82015: FormEdition = defineEdition({
  form: 'stroke-risk-8',
  edition: '2015',
  title: '脑卒中风险初筛评估表（8项）',
  dictVersion: 'STROKE-8',
  source: 'STROKE-8',
  clause: '脑卒中高危人群筛查和干预项目 风险初筛评估',
  certainty: 'found',
  paper: { recordsPerSheet: 1, layout: 'one-person' },
  groups: [
    {
      id: 'items',
      title: '危险因素',
      lines: [
        code('hypertension', '高血压病史（≥140/90 mmHg）或正在服用降压药', yesNo),
        code('atrialFibrillation', '房颤和（或）心瓣膜病，或明显脉搏不齐', yesNo),
        code('smoking', '吸烟', yesNo),
        code('dyslipidaemia', '血脂异常', '1 是  2 否  3 不知道'),
        code('diabetes', '糖尿病', yesNo),
        code('inactive', '很少进行体育活动', yesNo, {
          note: '体育锻炼的标准是每周3次及以上、每次30分钟及以上、持续1年以上；农业体力劳动可视为体育活动。',
        }),
        code('overweight', '明显超重或肥胖（BMI≥26 kg/m²）', yesNo),
        code('familyHistory', '有脑卒中家族史', yesNo),
      ],
    },
    {
      id: 'history',
      title: '既往与结论',
      lines: [
        line(code('stroke', '既往脑卒中', yesNo), code('tia', '既往短暂性脑缺血发作', yesNo)),
        code('level', '风险等级', '1 低危  2 中危  3 高危', optional),
        line(
          pastDate('assessDate', '评估日期'),
          nameField,
          sexLine,
          ageField,
          reference('staff', '评估医生', 'staff'),
        ),
      ],
    },
  ],
});
