import type { FormEdition } from '#kernel/form-shape.ts';
import { defineEdition } from '../define-edition.ts';
import { cardPersonLines, cardReportLines } from '../event-card-blocks.ts';
import {
  addition,
  chosen,
  code,
  codes,
  line,
  onlyWhen,
  optional,
  pastDate,
  text,
} from '../field-builders.ts';

/**
 * 心脑血管事件报告卡: one acute event. A new attack 28 days or more after the last onset is a card of its own. The codes
 * of diagnosis and history are the platform's.
 * @source 全国心脑血管事件报告技术方案
 */
export const cardiovascularEventCard2019: FormEdition = defineEdition({
  form: 'cardiovascular-event-card',
  edition: '2019',
  title: '心脑血管事件报告卡',
  dictVersion: 'CV-EVENT-PLATFORM',
  source: 'CV-EVENT',
  clause: '全国心脑血管事件报告技术方案 报告卡',
  certainty: 'from-knowledge',
  paper: { recordsPerSheet: 1, layout: 'one-person' },
  groups: [
    {
      id: 'person',
      title: '患者',
      lines: [...cardPersonLines, text('contactName', '联系人姓名', 50, optional)],
    },
    {
      id: 'event',
      title: '事件',
      lines: [
        code(
          'diagnosis',
          '诊断',
          '1 蛛网膜下腔出血（I60）  2 脑出血（I61）  3 脑梗死（I63）  4 未分类脑卒中（I64）  5 急性心肌梗死（I21–I22）  6 心脏性猝死（I46.1）',
          { certainty: 'uncertain' },
        ),
        text('icd10', 'ICD-10编码', 12, { pattern: 'icd-10' }),
        codes(
          'basis',
          '最高诊断依据',
          '1 临床症状  2 心电图  3 血管造影  4 CT/磁共振  5 体格检查  6 超声  7 心肌酶  8 腰穿  9 尸检  10 病理',
        ),
        code('firstEver', '是否首次发病', '1 是  2 否'),
        line(
          pastDate('onsetDate', '发病日期'),
          text('onsetTime', '发病时刻', 5, { ...optional, pattern: 'time-of-day' }),
        ),
        line(pastDate('dxDate', '确诊日期'), text('dxOrg', '确诊单位', 100)),
        codes('history', '病史', '1 无  2 高血压  3 糖尿病  4 血脂异常  5 房颤  6 吸烟  9 其他____', {
          exclusive: ['1'],
          certainty: 'uncertain',
          text: { id: 'historyOther', label: '其他病史' },
        }),
        code('outcome', '转归', '1 治愈  2 好转  3 未愈  4 死亡  5 其他', optional),
        line(
          pastDate('deathDate', '死亡日期', onlyWhen(chosen('outcome', '4'))),
          text('deathIcd', '死因ICD-10编码', 12, { ...onlyWhen(chosen('outcome', '4')), pattern: 'icd-10' }),
        ),
      ],
    },
    {
      id: 'report',
      title: '报告',
      lines: [...cardReportLines, code('day28Status', '28天随访', '1 存活  2 死亡  3 失访', addition)],
    },
  ],
  checks: [
    {
      kind: 'not-before',
      code: 'diagnosed-before-onset',
      severity: 'error',
      message: '确诊日期不应早于发病日期。',
      earlier: 'onsetDate',
      later: 'dxDate',
    },
    {
      kind: 'not-before',
      code: 'dead-before-onset',
      severity: 'error',
      message: '死亡日期不应早于发病日期。',
      earlier: 'onsetDate',
      later: 'deathDate',
    },
  ],
});
