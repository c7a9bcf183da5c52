import type { FormEdition } from '#kernel/form-shape.ts';
import { defineEdition } from '../define-edition.ts';
import { code, integer, line, onlyWhen, optional, pastDate, reference, text } from '../field-builders.ts';
import { idNoField, nameField, phoneField, sexLine } from '../people-blocks.ts';
import { limits } from '../plausible-limits.ts';

/**
 * 35岁及以上居民首诊测血压登记: there is no single national sheet; this is the layout counties commonly use.
 * @source 国家基本公共卫生服务规范（第三版） 高血压患者健康管理服务规范 筛查
 */
export const firstVisitBloodPressure2017: FormEdition = defineEdition({
  form: 'first-visit-blood-pressure',
  edition: '2017',
  title: '35岁及以上居民首诊测血压登记表',
  dictVersion: 'FIRST-BP-PLATFORM',
  source: 'PHS-3',
  clause: '国家基本公共卫生服务规范（第三版） 高血压患者健康管理服务规范 筛查',
  certainty: 'from-knowledge',
  paper: { recordsPerSheet: 20, layout: 'register' },
  groups: [
    {
      id: 'person',
      title: '就诊者',
      lines: [
        line(integer('seqNo', '序号', { hard: { min: 1, max: 999_999 } }, optional)),
        pastDate('visitDate', '就诊日期'),
        nameField,
        sexLine,
        integer('age', '年龄', { unit: '岁', hard: { min: 0, max: 130 }, warn: { min: 35 } }),
        idNoField,
        phoneField,
        text('address', '住址', 200),
        text('dept', '就诊科室', 60, optional),
        text('diagnosis', '就诊原因或诊断', 200, optional),
      ],
    },
    {
      id: 'pressure',
      title: '血压',
      lines: [
        line(integer('sbp', '收缩压', limits.sbp), integer('dbp', '舒张压', limits.dbp)),
        line(
          integer('otherArmSbp', '对侧收缩压', limits.sbp, optional),
          integer('otherArmDbp', '对侧舒张压', limits.dbp, optional),
        ),
        code('knownHtn', '是否已确诊高血压', '1 是  2 否'),
        code('firstHigh', '是否首次发现升高', '1 是  2 否', optional),
        ...[1, 2].map((which) =>
          line(
            pastDate(`recheck${which}Date`, `复测${which}日期`, optional),
            integer(
              `recheck${which}Sbp`,
              `复测${which}收缩压`,
              limits.sbp,
              onlyWhen({ kind: 'answered', field: `recheck${which}Date` }),
            ),
            integer(
              `recheck${which}Dbp`,
              `复测${which}舒张压`,
              limits.dbp,
              onlyWhen({ kind: 'answered', field: `recheck${which}Date` }),
            ),
          ),
        ),
      ],
    },
    {
      id: 'conclusion',
      title: '结论',
      lines: [
        code('conclusion', '结论', '1 正常  2 血压高值  3 疑似待复测  4 初步诊断高血压  5 已确诊'),
        code('action', '处置', '1 健康教育  2 预约复测  3 转诊确诊  4 纳入管理'),
        reference('staff', '测量医生', 'staff'),
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
    ...(['otherArm', 'recheck1', 'recheck2'] as const).map(
      (part) =>
        ({
          kind: 'less-than',
          code: 'dbp-not-below-sbp',
          severity: 'error',
          message: '舒张压应低于收缩压，请核对。',
          lower: `${part}Dbp`,
          upper: `${part}Sbp`,
        }) as const,
    ),
    ...(
      [
        ['visitDate', 'recheck1Date'],
        ['recheck1Date', 'recheck2Date'],
      ] as const
    ).map(
      ([earlier, later]) =>
        ({
          kind: 'not-before',
          code: 'recheck-before',
          severity: 'error',
          message: '复测应在前一次测量之后的另一天。',
          earlier,
          later,
        }) as const,
    ),
  ],
});
