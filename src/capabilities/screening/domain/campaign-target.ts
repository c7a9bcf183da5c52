import { diagnosisLimits, screeningMonths } from '#clinical/hypertension/diagnosis-parameters.ts';
import type { ScreenedCondition } from '#clinical/screening/screening-parameters.ts';
import { valueOn } from '#kernel/dated.ts';
import type { Reason } from '#kernel/decision.ts';
import { addMonths, ageInYears, type PlainDate } from '#kernel/plain-date.ts';

/** Diseases a campaign may look for. */
export const campaignConditions = ['hypertension', 'type-2-diabetes', 'copd', 'stroke-unspecified'] as const;

/** Risk factors by which people are picked, as far as the register knows them. */
export const campaignRisks = {
  family: '有家族史',
  'raised-pressure': '上次血压偏高',
  overweight: '超重或肥胖',
  'other-disease': '已有高血压、糖尿病、冠心病或脑卒中',
  exposure: '粉尘、化学品接触或燃煤、柴火',
} as const;
export type CampaignRisk = keyof typeof campaignRisks;

/** Whom a campaign is for. */
export interface CampaignTarget {
  readonly condition: ScreenedCondition;
  readonly ageFrom: number;
  /** Undefined: no upper age. */
  readonly ageTo?: number | undefined;
  readonly sex?: '1' | '2' | undefined;
  /** Empty: everybody of that age. */
  readonly risks: readonly CampaignRisk[];
  /** Leaves out who was screened within so many months; 0 leaves nobody out. */
  readonly notScreenedMonths: number;
}

/** What the register knows of a person who is not yet known to have the disease. */
export interface RegisterFacts {
  readonly birthDate: PlainDate;
  readonly sex: string;
  /** Codes of the diseases of father, mother, siblings, children. */
  readonly family: readonly string[];
  /** Codes of 既往史·疾病. */
  readonly past: readonly string[];
  /** Other programmes the person is managed in. */
  readonly programs: readonly string[];
  readonly exposures: readonly string[];
  readonly fuel: string | null;
  readonly sbp: number | null;
  readonly dbp: number | null;
  readonly bmi: number | null;
  readonly screenedOn: PlainDate | null;
}

/** Codes of the personal information form, 既往史与家族史 share them. */
const familyCode: Readonly<Record<ScreenedCondition, { code: string; text: string }>> = {
  hypertension: { code: '2', text: '父母、兄弟姐妹或子女有高血压。' },
  'type-2-diabetes': { code: '3', text: '父母、兄弟姐妹或子女有糖尿病。' },
  copd: { code: '5', text: '父母、兄弟姐妹或子女有慢阻肺。' },
  'stroke-unspecified': { code: '7', text: '父母、兄弟姐妹或子女有脑卒中。' },
};
const otherDiseases: Readonly<Record<string, string>> = {
  '2': '高血压',
  '3': '糖尿病',
  '4': '冠心病',
  '7': '脑卒中',
};
const programNames: Readonly<Record<string, string>> = {
  hypertension: '高血压',
  'type-2-diabetes': '糖尿病',
};
const dusts = ['2', '3'];
const smoky: Readonly<Record<string, string>> = { '2': '燃煤', '5': '烧柴' };

/** The first day of birth that is still of `ageTo` years, and the last that already is of `ageFrom`. */
export function birthDaysOf(target: CampaignTarget, day: PlainDate): { from: PlainDate; to: PlainDate } {
  const oldest = target.ageTo ?? 150;
  return { from: addMonths(day, -(oldest + 1) * 12), to: addMonths(day, -target.ageFrom * 12) };
}

/**
 * Why a person belongs to a campaign; undefined when not. Age always says so first; then the risk factors asked for that
 * the register knows, and when the person was last screened.
 */
export function chooseForCampaign(
  target: CampaignTarget,
  facts: RegisterFacts,
  day: PlainDate,
): Reason[] | undefined {
  const age = ageInYears(facts.birthDate, day);
  if (age < target.ageFrom || (target.ageTo !== undefined && age > target.ageTo)) return undefined;
  if (target.sex !== undefined && facts.sex !== target.sex) return undefined;
  const { screenedOn } = facts;
  const since = target.notScreenedMonths === 0 ? undefined : addMonths(day, -target.notScreenedMonths);
  if (since !== undefined && screenedOn !== null && screenedOn > since) return undefined;
  const risks = target.risks.flatMap((risk) => riskOf(risk, target.condition, facts, day) ?? []);
  if (target.risks.length > 0 && risks.length === 0) return undefined;
  return [
    { code: 'age', text: `${age} 岁。` },
    ...risks,
    screenedOn === null
      ? { code: 'never-screened', text: '档案中没有筛查记录。' }
      : { code: 'screened', text: `上次筛查 ${screenedOn}。` },
  ];
}

function riskOf(
  risk: CampaignRisk,
  condition: ScreenedCondition,
  facts: RegisterFacts,
  day: PlainDate,
): Reason | undefined {
  const say = (text: string): Reason => ({ code: risk, text });
  switch (risk) {
    case 'family': {
      const { code, text } = familyCode[condition];
      return facts.family.includes(code) ? say(text) : undefined;
    }
    case 'raised-pressure': {
      const { sbp, dbp } = facts;
      const from = valueOn(screeningMonths, day).publicHealthHighNormal;
      if (sbp === null || dbp === null || (sbp < from.sbp && dbp < from.dbp)) return undefined;
      const { office } = valueOn(diagnosisLimits, day);
      const isHigh = sbp >= office.sbp || dbp >= office.dbp;
      return say(`上次血压 ${sbp}/${dbp} mmHg，${isHigh ? '升高' : '属血压高值'}。`);
    }
    case 'overweight':
      return facts.bmi !== null && facts.bmi >= valueOn(screeningMonths, day).bmiFrom
        ? say(`体质指数 ${facts.bmi}。`)
        : undefined;
    case 'other-disease': {
      const names = [
        ...facts.past.map((code) => otherDiseases[code]),
        ...facts.programs.map((program) => programNames[program]),
      ].filter((name) => name !== undefined);
      return names.length > 0 ? say(`已有${[...new Set(names)].join('、')}。`) : undefined;
    }
    case 'exposure': {
      const found = [
        ...(facts.exposures.some((code) => dusts.includes(code)) ? ['化学品或毒物接触'] : []),
        ...(facts.fuel !== null && smoky[facts.fuel] ? [smoky[facts.fuel]] : []),
      ];
      return found.length > 0 ? say(`${found.join('、')}。`) : undefined;
    }
  }
}
