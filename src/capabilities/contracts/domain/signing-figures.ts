/** A figure of signing: who it is about, who of them is in it, and where that comes from. */
export interface SigningDefinition {
  readonly figure: SigningFigure;
  readonly id: string;
  readonly name: string;
  readonly numerator: string;
  readonly denominator: string;
  readonly policy: string;
  readonly source: string;
  readonly certainty: 'found' | 'from-knowledge' | 'uncertain' | 'own-default';
}

export const signingFigures = ['signed', 'key-signed', 'renewed', 'delivered', 'managed-signed'] as const;
export type SigningFigure = (typeof signingFigures)[number];

/** Those in the figure and those it is about. */
export interface SigningCount {
  readonly in: number;
  readonly of: number;
}
export type SigningCounts = Readonly<Record<SigningFigure, SigningCount>>;

const sheet = '国家基本公共卫生服务项目季度统计表 家庭医生签约服务部分';

/** @source 国家基本公共卫生服务项目季度统计表；口径按各条所注 */
export const signingDefinitions: readonly SigningDefinition[] = [
  {
    figure: 'signed',
    id: 'I-FDC-01',
    name: '签约率',
    numerator: '统计日有生效中的家庭医生签约的在册居民。',
    denominator: '统计日在册居民（未死亡、迁出、注销）。',
    policy: '分母应为常住人口，平台以在册居民代替；已签约未到生效日的、已到期的不计。',
    source: sheet,
    certainty: 'found',
  },
  {
    figure: 'key-signed',
    id: 'I-FDC-02',
    name: '重点人群签约率',
    numerator: '重点人群中有生效中签约者。',
    denominator:
      '0–6岁儿童、65岁及以上老年人、在管高血压、2型糖尿病、慢阻肺病患者，档案登记有严重精神障碍、肺结核、残疾者。',
    policy: '统计表所列孕产妇、计生特殊家庭、脱贫人口平台尚未登记，未计入；慢阻肺病为平台增列。',
    source: sheet,
    certainty: 'found',
  },
  {
    figure: 'renewed',
    id: 'I-FDC-03',
    name: '续约率',
    numerator: '本年内服务期届满者中，有续签的居民。',
    denominator: '本年1月1日至统计日前服务期届满的居民；转签、死亡、迁出、解约的不计。',
    policy: '提前续签的，计入原服务期届满之后。',
    source: `${sheet} 签约续约数`,
    certainty: 'found',
  },
  {
    figure: 'delivered',
    id: 'I-FDC-04',
    name: '履约率',
    numerator: '至统计日应完成的服务项目全部完成的签约居民。',
    denominator: '签约生效中、至统计日已有应完成项目的居民。',
    policy: '约定次数在服务期内均分，每一份的期限到期才算应完成；完成由真实的服务记录计入，不另填。',
    source: '平台默认口径（国家未公布统一算法）',
    certainty: 'own-default',
  },
  {
    figure: 'managed-signed',
    id: 'I-FDC-05',
    name: '在管两病患者签约率',
    numerator: '在管高血压或2型糖尿病患者中有生效中签约者。',
    denominator: '在管高血压或2型糖尿病患者（两病均在管计一人）。',
    policy: '在管指已纳入管理且未结案。',
    source: '慢性病防治指标口径，平台整理',
    certainty: 'from-knowledge',
  },
];

const none: SigningCount = { in: 0, of: 0 };

/** No people at all. */
export const noSigning: SigningCounts = {
  signed: none,
  'key-signed': none,
  renewed: none,
  delivered: none,
  'managed-signed': none,
};

/** The figures of two places together. */
export function addSigning(a: SigningCounts, b: SigningCounts): SigningCounts {
  const sum = (figure: SigningFigure) => ({
    in: a[figure].in + b[figure].in,
    of: a[figure].of + b[figure].of,
  });
  return {
    signed: sum('signed'),
    'key-signed': sum('key-signed'),
    renewed: sum('renewed'),
    delivered: sum('delivered'),
    'managed-signed': sum('managed-signed'),
  };
}
