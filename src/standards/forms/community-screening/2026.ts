import type { FormEdition } from '#kernel/form-shape.ts';
import { defineEdition } from '../define-edition.ts';
import {
  code,
  codes,
  computed,
  decimal,
  integer,
  line,
  optional,
  pastDate,
  reference,
} from '../field-builders.ts';
import { ageField, nameField, sexLine } from '../people-blocks.ts';
import { limits, normalBodyMassIndex } from '../plausible-limits.ts';

/**
 * 高血压、糖尿病社区筛查登记表: what a door-to-door or waiting-room screening takes down. There is no national sheet; the
 * county uses one layout everywhere.
 * @source 平台默认表单；项目取自国家基本公共卫生服务规范（第三版）高血压、2型糖尿病患者健康管理服务规范 筛查
 */
export const communityScreening2026: FormEdition = defineEdition({
  form: 'community-screening',
  edition: '2026',
  title: '高血压、糖尿病社区筛查登记表',
  dictVersion: 'SCREENING-PLATFORM',
  source: 'PHS-3',
  clause: '国家基本公共卫生服务规范（第三版） 高血压、2型糖尿病患者健康管理服务规范 筛查',
  certainty: 'own-default',
  paper: { recordsPerSheet: 1, layout: 'one-person' },
  groups: [
    {
      id: 'person',
      title: '基本情况',
      lines: [
        pastDate('screenDate', '筛查日期'),
        line(nameField, sexLine, ageField),
        code('place', '筛查方式', '1 门诊  2 入户  3 体检  4 自助  5 义诊'),
      ],
    },
    {
      id: 'readings',
      title: '测量',
      lines: [
        line(integer('sbp', '收缩压', limits.sbp), integer('dbp', '舒张压', limits.dbp)),
        decimal('fpg', '空腹血糖', limits.fastingGlucose, optional),
        decimal('rbg', '随机血糖', limits.afterMealGlucose, optional),
        line(
          decimal('height', '身高', limits.height, optional),
          decimal('weight', '体重', limits.weight, optional),
          computed('bmi', '体质指数', 'bmi', ['weight', 'height'], {
            unit: 'kg/m²',
            normal: normalBodyMassIndex,
          }),
          decimal('waist', '腰围', limits.waist, optional),
        ),
      ],
    },
    {
      id: 'risk',
      title: '询问',
      lines: [
        code('familyHypertension', '高血压家族史（一、二级亲属）', '1 是  2 否  9 不详'),
        code('familyDiabetes', '糖尿病家族史（一级亲属）', '1 是  2 否  9 不详'),
        code('highSalt', '长期膳食高盐', '1 是  2 否'),
        code('heavyDrinking', '长期过量饮酒（每日饮白酒≥100 ml）', '1 是  2 否'),
        code('inactive', '缺乏体力活动', '1 是  2 否'),
        codes('guidance', '健康指导', '1 健康体重  2 合理膳食  3 适量运动  4 控烟限酒  5 就医指征', optional),
        reference('staff', '筛查人员', 'staff'),
      ],
    },
  ],
  checks: [
    {
      kind: 'less-than',
      code: 'dbp-not-below-sbp',
      severity: 'error',
      message: '舒张压应低于收缩压，请核对。',
      lower: 'dbp',
      upper: 'sbp',
    },
  ],
});
