import type { Certainty } from '#kernel/decision.ts';
import { type PlainDate, plainDate } from '#kernel/plain-date.ts';

/** Why the law lets us: a duty of public health, the service the person asked for, or the person's separate consent. */
export type LegalBasis = 'statutory-duty' | 'service-asked-for' | 'separate-consent';

/** One use of residents' data: what for, on what ground, of what, seen by whom, kept how long. */
export interface ProcessingPurpose {
  readonly code: string;
  /** Official words, for staff. */
  readonly title: string;
  /** The same in words a resident uses. */
  readonly plain: string;
  readonly data: string;
  readonly seenBy: string;
  readonly keptFor: string;
  readonly basis: LegalBasis;
  readonly from: PlainDate;
  readonly until?: PlainDate;
  readonly source: string;
  readonly clause: string;
  readonly certainty: Certainty;
  /** Kept with the work it belongs to; here it is only read. */
  readonly keptWith?: 'family-consent';
  /** Whether the product makes this use today; others are asked about so that the answer is known when it does. */
  readonly isInUse: boolean;
}

const inForce = plainDate('2021-11-01');
const separate = {
  basis: 'separate-consent',
  from: inForce,
  source: 'PIPL',
  clause: '第二十三条、第二十九条：单独同意',
  certainty: 'from-knowledge',
} as const;

/** Every use, with the day from which it stands on that ground. */
export const processingPurposes: readonly ProcessingPurpose[] = [
  {
    code: 'public-health',
    title: '基本公共卫生服务（建档、筛查、随访、体检、分级管理与报告）',
    plain: '建立健康档案，做慢性病筛查、随访和体检，并按国家要求上报数字',
    data: '姓名、性别、出生日期、证件号码、住址、电话、健康档案、检查结果、随访和体检记录',
    seenBy: '您的村医、乡镇卫生院和县级专科医生；疾控中心和卫健局按职责查看',
    keptFor: 'record',
    basis: 'statutory-duty',
    from: inForce,
    source: 'PIPL',
    clause: '第十三条第一款第三项：履行法定职责或者法定义务',
    certainty: 'from-knowledge',
    isInUse: true,
  },
  {
    code: 'treatment',
    title: '诊疗与转诊、紧急救治',
    plain: '看病、开药、转诊；昏迷等紧急情况下，接诊医生可以限时查看您的摘要',
    data: '健康档案、病史、过敏、用药、检查结果',
    seenBy: '为您看病的医生；紧急查阅要写明理由，并由他人复核',
    keptFor: 'record',
    basis: 'statutory-duty',
    from: inForce,
    source: 'PIPL',
    clause: '第十三条第一款第三项、第四项：病历书写与保存义务；紧急情况下保护生命健康',
    certainty: 'from-knowledge',
    isInUse: true,
  },
  {
    code: 'reminder-messages',
    title: '短信、微信提醒',
    plain: '用短信或微信提醒您预约、停诊等事情',
    data: '电话、提醒内容（不写病名）',
    seenBy: '县里使用的短信、微信通道',
    keptFor: 'until-withdrawn',
    basis: 'service-asked-for',
    from: inForce,
    source: 'PIPL',
    clause: '第十三条第一款第二项：订立、履行服务所必需；居民可以随时拒绝',
    certainty: 'uncertain',
    isInUse: true,
  },
  {
    code: 'family-prompt',
    title: '家庭成员健康提示',
    plain: '提醒您的家人注意做筛查（不说出您得了什么病）',
    data: '您与家人属于同一家庭这件事',
    seenBy: '为您家人服务的医生',
    keptFor: 'until-withdrawn',
    ...separate,
    keptWith: 'family-consent',
    isInUse: true,
  },
  {
    code: 'medical-alliance',
    title: '医联体（县域医共体外机构）共享',
    plain: '把您的健康档案给县外的合作医院看',
    data: '健康档案、病史、用药、检查结果',
    seenBy: '您同意的县外医疗机构',
    keptFor: 'until-withdrawn',
    ...separate,
    isInUse: false,
  },
  {
    code: 'research',
    title: '科学研究',
    plain: '把您的资料去掉身份后用于医学研究',
    data: '去掉姓名、证件号码、电话、住址后的病情和检查结果',
    seenBy: '经批准的研究人员',
    keptFor: 'until-withdrawn',
    ...separate,
    isInUse: true,
  },
  {
    code: 'smart-device',
    title: '智能设备数据接入',
    plain: '接收您家里血压计、血糖仪、手环自动传来的数据',
    data: '设备测得的血压、血糖、心率、步数和时间',
    seenBy: '您的签约医生；设备厂家只按您与其约定处理',
    keptFor: 'until-withdrawn',
    ...separate,
    isInUse: false,
  },
];

/** The uses in force on a day. */
export function purposesOn(day: PlainDate): readonly ProcessingPurpose[] {
  return processingPurposes.filter((one) => one.from <= day && (one.until === undefined || day <= one.until));
}

/** A use by its code. */
export function findPurpose(code: string): ProcessingPurpose | undefined {
  return processingPurposes.find((one) => one.code === code);
}

/** Grounds as screens and the page name them. */
export const basisLabels: Readonly<Record<LegalBasis, string>> = {
  'statutory-duty': '法定职责，不需另行同意',
  'service-asked-for': '服务所需，可以随时拒绝',
  'separate-consent': '须您单独同意，可以随时撤回',
};
