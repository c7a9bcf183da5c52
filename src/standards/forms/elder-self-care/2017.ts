import type { FormEdition } from '#kernel/form-shape.ts';
import { defineEdition } from '../define-edition.ts';
import { code, computed, line, pastDate, reference } from '../field-builders.ts';

/**
 * 老年人生活自理能力评估表: five matters whose codes are their points, 0–37 in all.
 * @source 国家基本公共卫生服务规范（第三版） 老年人健康管理服务规范 附件
 */
export const elderSelfCare2017: FormEdition = defineEdition({
  form: 'elder-self-care',
  edition: '2017',
  title: '老年人生活自理能力评估表',
  dictVersion: 'GW3-2017',
  source: 'PHS-3',
  clause: '国家基本公共卫生服务规范（第三版） 老年人健康管理服务规范 老年人生活自理能力评估表',
  certainty: 'from-knowledge',
  paper: { recordsPerSheet: 1, layout: 'one-person' },
  groups: [
    {
      id: 'matters',
      title: '评估事项',
      lines: [
        code(
          'meal',
          '进餐：使用餐具将饭菜送入口、咀嚼、吞咽等活动',
          '0 独立完成  3 需要协助，如切碎、搅拌食物等  5 完全需要帮助',
        ),
        code(
          'grooming',
          '梳洗：梳头、洗脸、刷牙、剃须、洗澡等活动',
          '0 独立完成  1 能独立地洗头、梳头、洗脸、刷牙、剃须等；洗澡需要协助  3 在协助下和适当的时间内，能完成部分梳洗活动  7 完全需要帮助',
        ),
        code(
          'dressing',
          '穿衣：穿衣裤、袜子、鞋子等活动',
          '0 独立完成  3 需要协助，在适当的时间内完成部分穿衣  5 完全需要帮助',
        ),
        code(
          'toilet',
          '如厕：小便、大便等活动及自控',
          '0 不需协助，可自控  1 偶尔失禁，但基本上能如厕或使用便具  5 经常失禁，在很多提示和协助下尚能如厕或使用便具  10 完全失禁，完全需要帮助',
        ),
        code(
          'mobility',
          '活动：站立、室内行走、上下楼梯、户外活动',
          '0 独立完成所有活动  1 借助较小的外力或辅助装置能完成站立、行走、上下楼梯等  5 借助较大的外力才能完成站立、行走，不能上下楼梯  10 卧床不起，活动完全需要帮助',
        ),
      ],
    },
    {
      id: 'result',
      title: '评估结果',
      lines: [
        line(
          computed('total', '总评分', 'sum', ['meal', 'grooming', 'dressing', 'toilet', 'mobility'], {
            places: 0,
            unit: '分',
            normal: [{ range: { max: 3 } }],
          }),
          code(
            'level',
            '评估结果',
            '1 可自理（0~3分）  2 轻度依赖（4~8分）  3 中度依赖（9~18分）  4 不能自理（≥19分）',
            { required: 'optional' },
          ),
        ),
        pastDate('assessDate', '评估日期'),
        reference('doctorSign', '评估医生', 'staff'),
      ],
    },
  ],
  checks: (
    [
      ['1', 0, 3],
      ['2', 4, 8],
      ['3', 9, 18],
      ['4', 19, 37],
    ] as const
  ).map(([levelCode, least, most]) => ({
    kind: 'when',
    code: 'level-differs-from-total',
    severity: 'warning',
    message: '评估结果与总评分不一致，请核对。',
    path: 'level',
    when: {
      kind: 'all',
      of: [
        { kind: 'in', field: 'level', codes: [levelCode] },
        {
          kind: 'any',
          of: [
            { kind: 'number', field: 'total', than: '<', value: least },
            { kind: 'number', field: 'total', than: '>', value: most },
          ],
        },
      ],
    },
  })),
});
