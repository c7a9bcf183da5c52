import type { Certainty } from '#kernel/decision.ts';

export const referralFigures = [
  'followed-up',
  'taken-on',
  'sent',
  'up',
  'down',
  'green',
  'accepted',
  'declined',
  'late',
  'withdrawn',
  'arrived',
  'not-arrived',
  'returned',
] as const;
export type ReferralFigure = (typeof referralFigures)[number];

/** Figures shown as a share; the others as a number. */
export const rateFigures: readonly ReferralFigure[] = ['taken-on', 'followed-up'];

/** Figures whose middle time from the sending is told beside them. */
export const timedFigures = ['accepted', 'arrived'] as const satisfies readonly ReferralFigure[];
export type TimedFigure = (typeof timedFigures)[number];

/** Whose referrals are counted: of the people managed in a place, or what a house received or sent. */
export const figureSides = ['managed', 'received', 'sent'] as const;
export type FigureSide = (typeof figureSides)[number];

/** What a figure can be told of: whether somebody was followed up stands in the record, which a house does not see. */
export const figuresOf = (side: FigureSide): readonly ReferralFigure[] =>
  side === 'managed' ? referralFigures : referralFigures.filter((figure) => figure !== 'followed-up');

/** Referrals in a figure, and those it is about. */
export interface ReferralCount {
  readonly in: number;
  readonly of: number;
}

/** What a figure of referrals means, as its drawer shows it. */
export interface ReferralFigureDefinition {
  readonly figure: ReferralFigure;
  readonly id: string;
  readonly name: string;
  readonly numerator: string;
  /** Null: a plain number of referrals. */
  readonly denominator: string | null;
  readonly policy: string;
  readonly source: string;
  readonly certainty: Certainty;
}

const ours = { source: '平台默认口径（国家未公布统一算法）', certainty: 'own-default' } as const;
const answerable = '期内发往本县平台内机构、未撤回的转诊。';

/** The figures with their formulas; `followUpDays` as the dated parameter has it. */
export const referralDefinitions = (followUpDays: number): readonly ReferralFigureDefinition[] => [
  {
    figure: 'followed-up',
    id: 'I-HTN-09',
    name: '转诊随访率',
    numerator: `其中转出次日起 ${followUpDays} 天内（含第 ${followUpDays} 天）有慢性病随访记录的，随访方式不限。`,
    denominator: `期内上转、未撤回，转出时在管、${followUpDays} 天内未结案，且 ${followUpDays} 天已满的转诊。`,
    policy:
      '转出当天的随访不算：多半就是建议转诊的那一次。未满期限的，随访过也先不进分子分母。规范此条写在高血压，平台用于全部在管慢性病。',
    source: '国家基本公共卫生服务规范（第三版） 高血压患者健康管理服务规范 分类干预',
    certainty: 'from-knowledge',
  },
  {
    figure: 'taken-on',
    id: 'REF-F-12',
    name: '回转承接率',
    numerator: '其中接手的机构已确认接续的：回转的为回转到的机构（或发出机构），医院直接下转的为接收机构。',
    denominator: '期内发出、未撤回的转诊中，已回转的，加上医院直接下转的（医院新发现、之前没有转诊）。',
    policy: '刚回转或刚下转、还没有接续的，被拒收还没有另送的，都在分母。',
    ...ours,
  },
  {
    figure: 'sent',
    id: 'REF-F-01',
    name: '全部转诊',
    numerator: '期内发出的转诊，撤回的也在内。',
    denominator: null,
    policy: '按发出日期（北京时间）归期，结果取到统计时为止；另转一家的，原来一份算撤回，新的一份另计。',
    ...ours,
  },
  {
    figure: 'up',
    id: 'REF-F-02',
    name: '上转',
    numerator: '期内发往级别更高的机构、未撤回的转诊：村到乡镇或县，乡镇到县。',
    denominator: null,
    policy: '发往外县或平台以外机构的按上转计。',
    ...ours,
  },
  {
    figure: 'down',
    id: 'REF-F-03',
    name: '下转（含回转）',
    numerator:
      '期内发往级别更低的机构、未撤回的转诊（含医院新发现、直接下转给乡镇或村的），加上期内上转后已回转的。',
    denominator: null,
    policy:
      '一份转诊只计一次；回转归入原转诊发出的那一期。医院直接下转、还没有对上档案的，在接收机构可见期内按接收机构归地，对上后按本人的管理机构归地。',
    ...ours,
  },
  {
    figure: 'green',
    id: 'REF-F-04',
    name: '急诊绿色通道',
    numerator: '期内缓急为“急诊”、未撤回的转诊。',
    denominator: null,
    policy: '每一步的时间即绿色通道时间。',
    ...ours,
  },
  {
    figure: 'accepted',
    id: 'REF-F-05',
    name: '已接受',
    numerator: '其中接收机构已接受的，后来到位、未到位、回转的也在内。',
    denominator: answerable,
    policy: '用时从发出到接受，取中位数。',
    ...ours,
  },
  {
    figure: 'declined',
    id: 'REF-F-06',
    name: '已拒收',
    numerator: '其中被接收机构拒收、还没有另行安排的。',
    denominator: answerable,
    policy: '拒收后另转或撤回的计入撤回。',
    ...ours,
  },
  {
    figure: 'late',
    id: 'REF-F-07',
    name: '超时未答复',
    numerator: '其中统计时仍待答复、且已过答复时限的。',
    denominator: answerable,
    policy: '时限见参数 REF-01.answer（按缓急），发出时写入转诊。',
    ...ours,
  },
  {
    figure: 'withdrawn',
    id: 'REF-F-08',
    name: '已撤回',
    numerator: '其中已撤回的：发出方撤回、另转一家，或档案终止时无人到位的。',
    denominator: '期内发出的全部转诊。',
    policy: '撤回的不进入其他各项。',
    ...ours,
  },
  {
    figure: 'arrived',
    id: 'REF-F-09',
    name: '已到位',
    numerator: '其中本人已到接收机构的。',
    denominator: '期内发往本县平台内机构、未撤回的转诊，医院直接下转的不在内。',
    policy: '用时从发出到到位，取中位数。',
    ...ours,
  },
  {
    figure: 'not-arrived',
    id: 'REF-F-10',
    name: '未到位',
    numerator: '其中接收机构登记为未到位、之后也没有来的。',
    denominator: answerable,
    policy: '后来到了的计入已到位。',
    ...ours,
  },
  {
    figure: 'returned',
    id: 'REF-F-11',
    name: '已回转（附诊断）',
    numerator: '其中接收机构已写回转单（诊断、检查、治疗与建议）转回的。',
    denominator: '期内发出、未撤回、已到位的转诊。',
    policy: '没有诊断的回转单不能发出。',
    ...ours,
  },
];
