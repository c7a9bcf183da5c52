/** What a package promises: a service, how often a year, and what filed work counts as having delivered it. */
export interface PackageItem {
  readonly code: string;
  readonly label: string;
  readonly timesPerYear: number;
  /** Names of `deliverables`; one piece of work delivers once. */
  readonly forms: readonly string[];
}

export interface ServicePackage {
  readonly code: string;
  readonly name: string;
  readonly audience: PackageAudience;
  readonly items: readonly PackageItem[];
  /** Fen a year. */
  readonly priceCents: number;
}

export type PackageAudience = 'general' | 'elder' | 'hypertension' | 'type-2-diabetes' | 'copd';

export const audienceLabels: Readonly<Record<PackageAudience, string>> = {
  general: '一般人群',
  elder: '65岁及以上老年人',
  hypertension: '高血压患者',
  'type-2-diabetes': '2型糖尿病患者',
  copd: '慢阻肺病患者',
};

/** Work of the platform that delivers a promised service: forms by their name, and what is kept in tables of its own. */
export const deliverables: Readonly<Record<string, string>> = {
  'hypertension-follow-up': '高血压随访',
  'type-2-diabetes-follow-up': '2型糖尿病随访',
  'copd-follow-up': '慢阻肺病随访',
  'annual-checkup': '健康体检',
  'elder-self-care': '老年人生活自理能力评估',
  'tcm-constitution': '老年人中医药健康管理',
  'first-visit-blood-pressure': '首诊测血压',
  'encounter-note': '接诊',
  consultation: '会诊',
  'peer-group-member': '自我管理小组',
  'referral-out': '转诊（转出）',
  'referral-back': '转诊（回转）',
  'centre-visit': '一站式中心就诊',
  'care-plan': '健康管理方案与健康处方',
  'referral-request': '转诊申请',
  'lead-hospital-appointment': '牵头医院预约就诊',
  'record-update': '健康档案更新',
};

const item = (code: string, label: string, timesPerYear: number, ...forms: string[]): PackageItem => ({
  code,
  label,
  timesPerYear,
  forms,
});

/**
 * The packages a county begins with; it may revise, add and retire its own.
 * @source 平台默认：公开的基本服务包做法整理，待县卫健局确认（家庭医生签约基本服务包清单（试行）2025 正文未取得）
 */
export const startingPackages: readonly ServicePackage[] = [
  {
    code: 'basic',
    name: '基本服务包',
    audience: 'general',
    priceCents: 0,
    items: [
      item(
        'encounter',
        '基本医疗与健康咨询',
        1,
        'encounter-note',
        'centre-visit',
        'first-visit-blood-pressure',
        'hypertension-follow-up',
        'type-2-diabetes-follow-up',
        'copd-follow-up',
        'annual-checkup',
      ),
    ],
  },
  {
    code: 'elder',
    name: '老年人服务包',
    audience: 'elder',
    priceCents: 0,
    items: [
      item('checkup', '年度健康体检', 1, 'annual-checkup'),
      item('constitution', '中医药健康管理', 1, 'tcm-constitution'),
    ],
  },
  {
    code: 'hypertension',
    name: '高血压服务包',
    audience: 'hypertension',
    priceCents: 0,
    items: [
      item('hypertension-follow-up', '高血压随访与用药、生活方式指导', 4, 'hypertension-follow-up'),
      item('checkup', '年度健康体检', 1, 'annual-checkup'),
    ],
  },
  {
    code: 'type-2-diabetes',
    name: '糖尿病服务包',
    audience: 'type-2-diabetes',
    priceCents: 0,
    items: [
      item('diabetes-follow-up', '糖尿病随访与用药、生活方式指导', 4, 'type-2-diabetes-follow-up'),
      item('checkup', '年度健康体检', 1, 'annual-checkup'),
    ],
  },
  {
    code: 'copd',
    name: '慢阻肺病服务包',
    audience: 'copd',
    priceCents: 0,
    items: [
      item('copd-follow-up', '慢阻肺病随访与用药、生活方式指导', 2, 'copd-follow-up'),
      item('checkup', '年度健康体检', 1, 'annual-checkup'),
    ],
  },
  {
    code: 'green-channel',
    name: '上级医院预约转诊包（个性化）',
    audience: 'general',
    priceCents: 6000,
    items: [
      item(
        'referral',
        '牵头医院专家号预约与转诊绿色通道',
        1,
        'lead-hospital-appointment',
        'referral-request',
        'referral-out',
      ),
      item('plan', '个体化健康管理方案', 2, 'care-plan', 'consultation'),
    ],
  },
];

/** Audiences a person belongs to: which packages fit. */
export function audiencesOf(person: {
  readonly ageYears: number;
  readonly programs: readonly string[];
}): readonly PackageAudience[] {
  const diseases = (['hypertension', 'type-2-diabetes', 'copd'] as const).filter((one) =>
    person.programs.includes(one),
  );
  return ['general', ...(person.ageYears >= 65 ? (['elder'] as const) : []), ...diseases];
}
