import type { FormEdition } from '#kernel/form-shape.ts';
import { defineEdition } from '../define-edition.ts';
import { code, decimal, integer, line, optional, pastDate, reference } from '../field-builders.ts';
import { ageField, nameField, sexLine } from '../people-blocks.ts';
import { limits } from '../plausible-limits.ts';

const yesNo = '1 是  2 否  9 不详';

/**
 * 高血压高危人群评估: six matters, any one of which makes a person high-risk.
 * @source 国家基本公共卫生服务规范（第三版） 高血压患者健康管理服务规范 筛查
 */
export const hypertensionHighRisk2017: FormEdition = defineEdition({
  form: 'hypertension-high-risk',
  edition: '2017',
  title: '高血压高危人群评估表',
  dictVersion: 'HTN-RISK-2017',
  source: 'PHS-3',
  clause: '国家基本公共卫生服务规范（第三版） 高血压患者健康管理服务规范 高危人群',
  certainty: 'found',
  paper: { recordsPerSheet: 1, layout: 'one-person' },
  groups: [
    {
      id: 'person',
      title: '基本情况',
      lines: [
        pastDate('assessDate', '评估日期'),
        line(nameField, sexLine, ageField),
        line(integer('sbp', '收缩压', limits.sbp, optional), integer('dbp', '舒张压', limits.dbp, optional)),
        line(
          decimal('height', '身高', limits.height, optional),
          decimal('weight', '体重', limits.weight, optional),
          decimal('waist', '腰围', limits.waist, optional),
        ),
      ],
    },
    {
      id: 'matters',
      title: '高危因素',
      lines: [
        code('highNormal', '血压高值（收缩压130~139和/或舒张压85~89 mmHg）', yesNo),
        code('overweight', '超重或肥胖，和（或）腹型肥胖', yesNo),
        code('familyHistory', '高血压家族史（一、二级亲属）', yesNo),
        code('highSalt', '长期膳食高盐', yesNo),
        code('heavyDrinking', '长期过量饮酒（每日饮白酒≥100 ml）', yesNo),
        code('age55', '年龄≥55岁', yesNo),
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
