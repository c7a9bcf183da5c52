import type { Certainty } from '#kernel/decision.ts';
import { type PlainDate, plainDate } from '#kernel/plain-date.ts';

/** A kind of condition that is shown to nobody but those who treat the person, or who asked with a purpose. */
export interface SensitiveCondition {
  readonly code: string;
  readonly label: string;
  /** Words of a text that tell of it. */
  readonly words: readonly string[];
  /** Ranges of ICD-10 that tell of it: letter and first two digits, both ends included. */
  readonly icd: readonly (readonly [from: string, to: string])[];
  /** Codes of the rules' own conditions, each with the situation the medicine rules go on with where it is hidden. */
  readonly conditions: Readonly<Record<string, string | null>>;
  readonly from: PlainDate;
  readonly until?: PlainDate;
  readonly source: string;
  readonly clause: string;
  readonly certainty: Certainty;
}

const inForce = { from: plainDate('2021-11-01'), source: 'PIPL', certainty: 'uncertain' } as const;
const clause = (what: string) =>
  `第二十八条：医疗健康信息属敏感个人信息；GB/T 39725—2020 将特殊病种列入最高级，具体病种由县里核定（${what}）`;

/**
 * The conditions, dated; a county that decides otherwise ends a row and begins another. Words are whole diagnoses: a
 * symptom on a sheet (抑郁、焦虑) is none. Medicines are not among them: nobody prescribes safely beside a hidden one.
 */
export const sensitiveConditions: readonly SensitiveCondition[] = [
  {
    ...inForce,
    code: 'hiv',
    label: '艾滋病（HIV）',
    words: ['艾滋', 'HIV', 'AIDS', '人类免疫缺陷病毒', '获得性免疫缺陷'],
    icd: [
      ['B20', 'B24'],
      ['Z21', 'Z21'],
    ],
    conditions: {},
    clause: clause('艾滋病防治条例第三十九条另有保密规定'),
  },
  {
    ...inForce,
    code: 'sexually-transmitted',
    label: '性传播疾病',
    words: ['梅毒', '淋病', '尖锐湿疣', '生殖器疱疹', '性传播', '软下疳', '性病史'],
    icd: [['A50', 'A64']],
    conditions: {},
    clause: clause('性传播疾病'),
  },
  {
    ...inForce,
    code: 'tuberculosis',
    label: '结核病',
    words: ['结核'],
    icd: [
      ['A15', 'A19'],
      ['B90', 'B90'],
    ],
    conditions: { tuberculosis: 'undisclosed-infection-risk' },
    clause: clause('结核病'),
  },
  {
    ...inForce,
    code: 'hepatitis',
    label: '病毒性肝炎',
    words: ['肝炎', '乙肝', '丙肝', 'HBV', 'HCV'],
    icd: [
      ['B15', 'B19'],
      ['Z22', 'Z22'],
    ],
    conditions: {},
    clause: clause('病毒性肝炎'),
  },
  {
    ...inForce,
    code: 'mental',
    label: '精神障碍',
    words: [
      '精神障碍',
      '精神分裂',
      '精神病',
      '精神残疾',
      '双相',
      '抑郁症',
      '躁狂',
      '分裂情感',
      '妄想',
      '焦虑症',
    ],
    icd: [
      ['F20', 'F48'],
      ['F60', 'F69'],
    ],
    conditions: { 'severe-mental-disorder': null, depression: 'undisclosed-mood-risk' },
    clause: clause('精神卫生法第二十三条另有保密规定；认知障碍属慢病管理内容，不列入'),
  },
  {
    ...inForce,
    code: 'dependence',
    label: '药物依赖',
    words: ['吸毒', '毒瘾', '药瘾', '药物依赖', '药物滥用', '戒毒', '美沙酮', '海洛因', '冰毒'],
    icd: [['F11', 'F19']],
    conditions: {},
    clause: clause('药物依赖；烟酒不列入'),
  },
  {
    ...inForce,
    code: 'abortion',
    label: '终止妊娠',
    words: ['流产', '引产', '终止妊娠', '人流术'],
    icd: [['O03', 'O08']],
    conditions: {},
    clause: clause('终止妊娠'),
  },
];

/** Answers whose codes tell of a sensitive condition though no word of the option says so. */
export const tellingAnswers: Readonly<Record<string, readonly string[]>> = {
  /** 乙型肝炎表面抗原：阳性。 */
  hbsag: ['2'],
  /** 长期接受抗精神病药或抗抑郁药治疗：是。 */
  psychotropics: ['1'],
};

/** Sentences of ours that name such a condition and speak of nobody: what a rule asks to be ruled out or watched. */
export const impersonalPhrases: readonly string[] = [
  '哮喘、支气管扩张、结核、心衰',
  '哮喘、支扩、结核、心衰',
  '肿瘤、结核、糖尿病、抑郁',
  '结核活动',
  '严重精神障碍、肺结核、残疾者',
];
