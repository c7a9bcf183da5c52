/** What of the record counts as delivering an item: filed forms, or a form of follow-up of the person's programmes. */
export interface PackageItem {
  readonly code: string;
  readonly label: string;
  readonly timesPerYear: number;
  /** Names of forms; one filed sheet delivers once. */
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

const item = (code: string, label: string, timesPerYear: number, ...forms: string[]): PackageItem => ({
  code,
  label,
  timesPerYear,
  forms,
});

/**
 * The packages a county begins with; it may change, add and retire its own.
 * @source 平台默认：公开的基本服务包做法整理，待县卫健局确认
 */
export const startingPackages: readonly ServicePackage[] = [
  {
    code: 'basic',
    name: '基本服务包',
    audience: 'general',
    priceCents: 0,
    items: [
      item('encounter', '诊疗或健康咨询', 1, 'encounter-note', 'centre-encounter'),
      item('education', '健康教育', 1, 'health-guidance'),
    ],
  },
  {
    code: 'elder',
    name: '老年人服务包',
    audience: 'elder',
    priceCents: 0,
    items: [
      item('checkup', '年度健康体检', 1, 'annual-checkup'),
      item('self-care', '生活自理能力评估', 1, 'elder-self-care'),
      item('constitution', '中医体质辨识', 1, 'tcm-constitution'),
    ],
  },
  {
    code: 'hypertension',
    name: '高血压服务包',
    audience: 'hypertension',
    priceCents: 0,
    items: [
      item('follow-up', '随访', 4, 'hypertension-follow-up'),
      item('checkup', '年度健康体检', 1, 'annual-checkup'),
      item('guidance', '用药与生活方式指导', 2, 'health-guidance'),
    ],
  },
  {
    code: 'type-2-diabetes',
    name: '糖尿病服务包',
    audience: 'type-2-diabetes',
    priceCents: 0,
    items: [
      item('follow-up', '随访', 4, 'type-2-diabetes-follow-up'),
      item('checkup', '年度健康体检', 1, 'annual-checkup'),
      item('guidance', '用药与生活方式指导', 2, 'health-guidance'),
    ],
  },
  {
    code: 'copd',
    name: '慢阻肺服务包',
    audience: 'copd',
    priceCents: 0,
    items: [
      item('follow-up', '随访', 2, 'copd-follow-up'),
      item('checkup', '年度健康体检', 1, 'annual-checkup'),
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
