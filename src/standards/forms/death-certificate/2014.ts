import type { FormEdition, FormField } from '#kernel/form-shape.ts';
import { defineEdition } from '../define-edition.ts';
import {
  chosen,
  code,
  integer,
  line,
  onlyWhen,
  optional,
  pastDate,
  reference,
  text,
} from '../field-builders.ts';

const units = '1 岁  2 月  3 天  4 小时';
const intervals = '1 年  2 月  3 日  4 小时  5 分钟';
const guessed = chosen('topDxBasis', '6');
const orAtHome = { kind: 'any', of: [guessed, chosen('deathPlace', '3')] } as const;

function cause(letter: 'A' | 'B' | 'C' | 'D', label: string): FormField[] {
  const id = `cause${letter}`;
  const answered = { kind: 'answered', field: id } as const;
  return line(
    text(id, label, 200, letter === 'A' ? {} : optional),
    text(`${id}Icd`, `${label}·ICD-10`, 12, { ...optional, pattern: 'icd-10' }),
    integer(
      `${id}Interval`,
      `${label}·发病到死亡大概间隔时间`,
      { hard: { min: 0, max: 9999 } },
      { required: 'optional', visible: answered },
    ),
    code(
      `${id}IntervalUnit`,
      `${label}·间隔时间单位`,
      intervals,
      onlyWhen({ kind: 'answered', field: `${id}Interval` }),
    ),
  );
}

function skipped(earlier: string, later: string) {
  return {
    kind: 'when',
    code: 'cause-skipped',
    severity: 'error',
    message: '致死原因应按（a）（b）（c）（d）顺序填写，不能跳行。',
    path: earlier,
    when: {
      kind: 'all',
      of: [
        { kind: 'answered', field: later },
        { kind: 'not', of: { kind: 'answered', field: earlier } },
      ],
    },
  } as const;
}

/**
 * 居民死亡医学证明（推断）书: the person, the chain of causes, and the inquiry when death was not attended.
 * Deaths from 1 July 2026 on use the new national sheet, which could not be read yet.
 * @source 关于进一步规范人口死亡医学证明和信息登记管理工作的通知（2013） 附件
 */
export const deathCertificate2014: FormEdition = defineEdition({
  form: 'death-certificate',
  edition: '2014',
  title: '居民死亡医学证明（推断）书',
  dictVersion: 'DEATH-2014',
  source: 'DEATH-2013-57',
  clause: '关于进一步规范人口死亡医学证明和信息登记管理工作的通知 居民死亡医学证明（推断）书',
  certainty: 'from-knowledge',
  supersededFrom: '2026-07-01',
  paper: { recordsPerSheet: 1, layout: 'stub-and-slip' },
  groups: [
    {
      id: 'person',
      title: '死者',
      lines: [
        line(
          { kind: 'text', id: 'regionCode', label: '行政区划代码', required: 'always', maxLength: 6 },
          text('certNo', '编号', 30),
        ),
        text('name', '死者姓名', 50),
        code('gender', '性别', '0 未知的性别  1 男性  2 女性  9 未说明的性别'),
        line(text('nation', '民族', 30), text('country', '国家或地区', 40)),
        line(
          code(
            'idType',
            '有效身份证件类别',
            '1 身份证  2 户口簿  3 护照  4 军官证  5 驾驶证  6 港澳通行证  7 台湾通行证  9 其他法定有效证件',
          ),
          text('idNo', '证件号码', 32),
        ),
        line(integer('age', '年龄', { hard: { min: 0, max: 130 } }), code('ageUnit', '年龄单位', units)),
        code('marital', '婚姻状况', '1 未婚  2 已婚  3 丧偶  4 离婚  9 未说明'),
        pastDate('birthDate', '出生日期'),
        code('education', '文化程度', '1 研究生  2 大学  3 大专  4 中专  5 技校  6 高中  7 初中及以下'),
        code(
          'personalStatus',
          '个人身份',
          '11 公务员  13 专业技术人员  17 职员  21 企业管理者  24 工人  27 农民  31 学生  37 现役军人  51 自由职业者  54 个体经营者  70 无业人员  80 离退休人员  90 其他',
        ),
        line(
          pastDate('deathDate', '死亡日期'),
          text('deathTime', '死亡时刻', 5, { ...optional, pattern: 'time-of-day' }),
        ),
        code(
          'deathPlace',
          '死亡地点',
          '1 医疗卫生机构  2 来院途中  3 家中  4 养老服务机构  9 其他场所  0 不详',
        ),
        code(
          'pregnancy',
          '死亡时是否处于妊娠期或妊娠终止后42天内',
          '1 是  2 否',
          onlyWhen({
            kind: 'all',
            of: [
              chosen('gender', '2'),
              chosen('ageUnit', '1'),
              { kind: 'number', field: 'age', than: '>=', value: 15 },
              { kind: 'number', field: 'age', than: '<=', value: 49 },
            ],
          }),
        ),
        text('workUnit', '生前工作单位', 100, optional),
        line(text('regAddress', '户籍地址', 200), text('liveAddress', '常住地址', 200)),
        line(
          text('kinName', '可联系的家属姓名', 50),
          text('kinPhone', '家属联系电话', 20, { pattern: 'phone' }),
          text('kinAddress', '家属住址或工作单位', 200),
        ),
      ],
    },
    {
      id: 'causes',
      title: '致死的主要疾病诊断',
      lines: [
        cause('A', 'Ⅰ（a）直接死亡原因'),
        cause('B', 'Ⅰ（b）引起（a）的疾病或情况'),
        cause('C', 'Ⅰ（c）引起（b）的疾病或情况'),
        cause('D', 'Ⅰ（d）引起（c）的疾病或情况'),
        text('causeII', 'Ⅱ 其他疾病诊断', 300, {
          ...optional,
          note: '促进死亡，但与导致死亡无关的其他重要情况。',
        }),
        code(
          'topDxOrg',
          '生前主要疾病最高诊断单位',
          '1 三级医院  2 二级医院  3 乡镇卫生院/社区卫生服务机构  4 村卫生室  9 其他医疗卫生机构  0 未就诊',
        ),
        code(
          'topDxBasis',
          '生前主要疾病最高诊断依据',
          '1 尸检  2 病理  3 手术  4 临床+理化  5 临床  6 死后推断  9 不详',
        ),
        line(
          reference('doctorSign', '医师签名', 'staff'),
          reference('orgSeal', '医疗卫生机构盖章', 'organization'),
          pastDate('fillDate', '填表日期'),
        ),
        text('underlyingIcd', '根本死亡原因ICD编码', 12, {
          ...optional,
          pattern: 'icd-10',
          note: '由编码人员填写。',
        }),
      ],
    },
    {
      id: 'inquest',
      title: '死亡调查记录',
      lines: [
        text('inquestHistory', '死者生前病史及症状体征', 2000, {
          required: orAtHome,
          visible: orAtHome,
          multiline: true,
        }),
        line(
          text('inquestName', '被调查者姓名', 50, onlyWhen(orAtHome)),
          text('inquestRelation', '与死者关系', 30, onlyWhen(orAtHome)),
          text('inquestPhone', '被调查者联系电话', 20, { ...onlyWhen(orAtHome), pattern: 'phone' }),
          text('inquestAddress', '被调查者联系地址或工作单位', 200, onlyWhen(orAtHome)),
        ),
        text('inquestCause', '死因推断', 300, onlyWhen(orAtHome)),
        line(
          text('inquestSign', '调查者签名', 50, onlyWhen(orAtHome)),
          pastDate('inquestDate', '调查日期', onlyWhen(orAtHome)),
        ),
      ],
    },
  ],
  checks: [
    {
      kind: 'not-before',
      code: 'dead-before-birth',
      severity: 'error',
      message: '死亡日期不应早于出生日期。',
      earlier: 'birthDate',
      later: 'deathDate',
    },
    {
      kind: 'not-before',
      code: 'filled-before-death',
      severity: 'error',
      message: '填表日期不应早于死亡日期。',
      earlier: 'deathDate',
      later: 'fillDate',
    },
    skipped('causeB', 'causeC'),
    skipped('causeC', 'causeD'),
  ],
});
