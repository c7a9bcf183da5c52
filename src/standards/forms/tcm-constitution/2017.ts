import type { FormEdition } from '#kernel/form-shape.ts';
import { defineEdition } from '../define-edition.ts';
import { code, codes, computed, line, optional, pastDate, reference } from '../field-builders.ts';
import { constitutionAnchors, constitutionQuestions, constitutionScores } from './questions.ts';

const notes: Readonly<Record<number, string>> = {
  9: '按体质指数选择。',
  14: '一年感冒7次按第4项。',
  28: '腹围先四舍五入到整厘米。',
};

/**
 * 老年人中医药健康管理服务记录表: 33 questions about the last year, nine scores, and what was advised. How a score
 * becomes a constitution is a clinical rule and not part of the sheet.
 * @source 国家基本公共卫生服务规范（第三版） 中医药健康管理服务规范 附件
 */
export const tcmConstitution2017: FormEdition = defineEdition({
  form: 'tcm-constitution',
  edition: '2017',
  title: '老年人中医药健康管理服务记录表',
  dictVersion: 'GW3-2017',
  source: 'PHS-3',
  clause: '国家基本公共卫生服务规范（第三版） 中医药健康管理服务规范 老年人中医药健康管理服务记录表',
  certainty: 'found',
  paper: { recordsPerSheet: 1, layout: 'one-person' },
  groups: [
    {
      id: 'questions',
      title: '请根据近一年的体验和感觉，回答以下问题',
      lines: constitutionQuestions.map((question, index) => {
        const note = notes[index + 1];
        return code(
          `q${index + 1}`,
          question,
          constitutionAnchors(index + 1),
          note === undefined ? {} : { note },
        );
      }),
    },
    {
      id: 'result',
      title: '体质类型',
      lines: constitutionScores.map(({ id, label, questions, reversed }) =>
        line(
          computed(
            `${id}Score`,
            `${label}得分`,
            'sum',
            questions.map((number) => `q${number}`),
            {
              places: 0,
              unit: '分',
              ...(reversed ? { reversed: reversed.map((number) => `q${number}`) } : {}),
            },
          ),
          code(
            `${id}Result`,
            `${label}辨识`,
            id === 'balanced' ? '1 是  2 基本是' : '1 是  2 倾向是',
            optional,
          ),
          codes(
            `${id}Guidance`,
            `${label}中医药保健指导`,
            '1 情志调摄  2 饮食调养  3 起居调摄  4 运动保健  5 穴位保健  6 其他____',
            { ...optional, text: { id: `${id}GuidanceOther`, label: `${label}其他指导` } },
          ),
        ),
      ),
    },
    {
      id: 'footer',
      title: '填表',
      lines: [pastDate('fillDate', '填表日期'), reference('doctorSign', '医生签名', 'staff')],
    },
  ],
});
