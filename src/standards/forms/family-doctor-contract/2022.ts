import type { FormEdition } from '#kernel/form-shape.ts';
import { defineEdition } from '../define-edition.ts';
import {
  chosen,
  code,
  codes,
  computed,
  date,
  decimal,
  flag,
  line,
  onlyWhen,
  optional,
  pastDate,
  reference,
  rows,
  text,
} from '../field-builders.ts';
import { sexOptions } from '../people-blocks.ts';

const money = { unit: '元', places: 2, hard: { min: 0, max: 1_000_000 } };
const ended = { kind: 'answered', field: 'endReason' } as const;

/**
 * 家庭医生签约服务协议书: the parties, the packages and their price, consent and how it ended. Codes of groups and
 * packages are the platform's. A term runs one to three years.
 * @source 关于推进家庭医生签约服务高质量发展的指导意见（2022）
 */
export const familyDoctorContract2022: FormEdition = defineEdition({
  form: 'family-doctor-contract',
  edition: '2022',
  title: '家庭医生签约服务协议书',
  dictVersion: 'FD-2022-PLATFORM',
  source: 'FAMILY-DOCTOR-2022',
  clause: '关于推进家庭医生签约服务高质量发展的指导意见 协议书要素',
  certainty: 'from-knowledge',
  paper: { recordsPerSheet: 1, layout: 'one-person' },
  groups: [
    {
      id: 'agreement',
      title: '协议',
      lines: [
        text('contractNo', '协议编号', 40),
        pastDate('signDate', '签约日期'),
        line(date('startDate', '协议起始日期'), date('endDate', '协议终止日期')),
        code('signMethod', '签约方式', '1 现场纸质  2 线上电子  3 监护人代签'),
        text('renewFrom', '续签自协议', 40, optional),
      ],
    },
    {
      id: 'team',
      title: '甲方：签约机构与团队',
      lines: [
        reference('orgName', '签约机构', 'organization'),
        line(text('orgAddress', '机构地址', 200), text('orgPhone', '机构电话', 20, { pattern: 'phone' })),
        text('teamName', '签约团队', 60),
        reference('teamLeader', '家庭医生', 'staff'),
        rows('members', '团队成员', 4, 20, [
          text('name', '姓名', 50),
          code(
            'role',
            '角色',
            '1 全科医生  2 中医师  3 护士  4 公卫人员  5 药师  6 乡村医生  7 健康管理师  8 专科医生',
          ),
          text('phone', '电话', 20, { pattern: 'phone', ...optional }),
        ]),
        reference('supportHospital', '上级支持医院', 'organization', optional),
      ],
    },
    {
      id: 'residents',
      title: '乙方：居民或家庭',
      lines: [
        rows('residents', '签约居民', 4, 15, [
          text('name', '姓名', 50),
          code('gender', '性别', sexOptions),
          pastDate('birthDate', '出生日期'),
          text('idNo', '身份证号', 32),
          text('phone', '联系电话', 20, { pattern: 'phone', ...optional }),
          text('relation', '与户主关系', 20, optional),
          codes(
            'groupTags',
            '人群分类',
            '1 一般人群  2 老年人  3 高血压  4 2型糖尿病  5 慢阻肺病  6 孕产妇  7 0–6岁儿童  8 严重精神障碍  9 肺结核  10 残疾人  11 脱贫（监测）人口  12 计划生育特殊家庭  99 其他',
            { exclusive: ['1'] },
          ),
        ]),
        text('address', '家庭住址', 200),
        line(
          text('guardianName', '监护人姓名', 50, onlyWhen(chosen('signMethod', '3'))),
          text('guardianRelation', '监护人关系', 20, onlyWhen(chosen('signMethod', '3'))),
          text('guardianPhone', '监护人电话', 20, {
            pattern: 'phone',
            ...onlyWhen(chosen('signMethod', '3')),
          }),
        ),
        code(
          'insurance',
          '医疗保险类型',
          '1 职工基本医疗保险  2 城乡居民基本医疗保险  3 商业医疗保险  4 公费  5 自费  9 其他____',
          { text: { id: 'insuranceOther', label: '其他保险类型', maxLength: 60 } },
        ),
      ],
    },
    {
      id: 'packages',
      title: '服务包与费用',
      lines: [
        rows('packages', '服务包', 3, 20, [
          text('packageId', '服务包编号', 40, optional),
          text('packageName', '服务包名称', 60),
          code('packageType', '类型', '1 基本服务包  2 个性化服务包'),
          decimal('price', '价格', money),
        ]),
        line(
          decimal('payByInsurance', '医保支付', money),
          decimal('payByPublicHealth', '基本公共卫生支付', money),
          decimal('payBySelf', '个人支付', money),
          computed('totalFee', '费用合计', 'sum', ['payByInsurance', 'payByPublicHealth', 'payBySelf'], {
            places: 2,
            unit: '元',
          }),
        ),
      ],
    },
    {
      id: 'clauses',
      title: '约定与签字',
      lines: [
        text('clauses', '双方权利义务与服务方式', 4000, { ...optional, multiline: true }),
        flag('consentInfoUse', '同意为签约服务使用健康信息'),
        line(text('partyASign', '甲方签字', 50), text('partyBSign', '乙方签字', 50)),
      ],
    },
    {
      id: 'ending',
      title: '终止',
      lines: [
        line(
          code(
            'endReason',
            '终止原因',
            '1 到期未续  2 居民要求解约  3 迁出  4 死亡  5 机构或团队变更  6 违约  9 其他____',
            { ...optional, text: { id: 'endReasonOther', label: '其他终止原因', maxLength: 100 } },
          ),
          pastDate('endedOn', '终止日期', onlyWhen(ended)),
        ),
      ],
    },
  ],
  checks: [
    {
      kind: 'not-before',
      code: 'ends-before-start',
      severity: 'error',
      message: '协议终止日期不应早于起始日期。',
      earlier: 'startDate',
      later: 'endDate',
    },
    {
      kind: 'not-before',
      code: 'starts-before-signing',
      severity: 'warning',
      message: '协议起始日期早于签约日期，请确认。',
      earlier: 'signDate',
      later: 'startDate',
    },
  ],
});
