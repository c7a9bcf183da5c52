/** A medicine of a plan as it is printed. */
export interface PlannedMedicine {
  readonly name: string;
  readonly dosePerTime?: number | undefined;
  readonly doseUnit?: string | undefined;
  readonly timesPerDay?: number | undefined;
  readonly note?: string | undefined;
}

/** What a doctor plans with a person. */
export interface CarePlanContent {
  readonly conditions: readonly string[];
  readonly goals: readonly { readonly label: string; readonly target: string }[];
  readonly lifestyle: {
    readonly salt: string;
    readonly alcohol: string;
    readonly weight: string;
    readonly activity: string;
    readonly smoking: string;
    readonly mind: string;
  };
  readonly medicines: readonly PlannedMedicine[];
  /** Why a medicine the engine warns of is used all the same, by rule. */
  readonly accepted: readonly { readonly ruleId: string; readonly reason: string }[];
  readonly tcm: {
    readonly constitution: string;
    readonly advice: string;
    readonly techniques: readonly string[];
  };
  readonly monitoring: readonly { readonly what: string; readonly often: string }[];
  readonly nextOn: string;
}

export const lifestyleLabels: Readonly<Record<keyof CarePlanContent['lifestyle'], string>> = {
  salt: '饮食与限盐',
  alcohol: '限酒',
  weight: '体重',
  activity: '运动',
  smoking: '戒烟',
  mind: '心理与睡眠',
};

/** Techniques suitable at the base level, as recorded on a plan. @source 国家基层高血压防治管理指南 2025版 §6 */
export const tcmTechniques = [
  '耳穴压豆',
  '穴位按摩',
  '八段锦',
  '太极拳',
  '足浴',
  '艾灸',
  '针刺',
  '穴位贴敷',
] as const;

/** Why a plan is changed. Two in a row for want of effect may be beyond what the centre can do. */
export const planChangeReasons = {
  first: '首次制定',
  'not-effective': '效果不佳，病情未稳定',
  'adverse-reaction': '药物不良反应',
  'new-finding': '新的检查结果或并发症',
  'resident-asked': '居民要求',
  'due-review': '到期复核',
} as const;
export type PlanChangeReason = keyof typeof planChangeReasons;

/** How often a medicine is taken, as printed. */
export function printDose(one: PlannedMedicine): string {
  const dose = one.dosePerTime === undefined ? '' : `每次 ${one.dosePerTime} ${one.doseUnit ?? 'mg'}`;
  const times = one.timesPerDay === undefined ? '' : `每日 ${one.timesPerDay} 次`;
  return [dose, times, one.note ?? ''].filter((part) => part !== '').join('，');
}

/** The medicines as the engine takes them: a daily dose only where it is in milligrams. */
export function medicinesForEngine(list: readonly PlannedMedicine[]) {
  return list.map(({ name, dosePerTime, timesPerDay, doseUnit }) => ({
    name,
    ...(dosePerTime !== undefined && timesPerDay !== undefined && (doseUnit ?? 'mg') === 'mg'
      ? { dailyDose: dosePerTime * timesPerDay }
      : {}),
  }));
}
