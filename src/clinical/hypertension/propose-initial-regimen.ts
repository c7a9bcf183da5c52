import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, missingOf, ruleFrom } from '../answering.ts';
import type { Condition, Conditions } from '../conditions.ts';
import { comorbidityRegimens, regimenLimits } from './treatment-parameters.ts';

export interface RegimenFacts {
  readonly sbp?: number | undefined;
  readonly dbp?: number | undefined;
  readonly ageYears?: number | undefined;
  readonly frail?: boolean | undefined;
  readonly heartRate?: number | undefined;
  readonly conditions: Conditions;
}

export interface RegimenProposal {
  readonly kind: 'mono' | 'dual' | 'comorbidity';
  readonly options: readonly string[];
  readonly smallDose: boolean;
}

/**
 * Which classes to begin with: by comorbidity where there is one, else one or two drugs by pressure, age and frailty.
 * A suggestion for a clinician; contraindications are the medicine rules'. Undecided without pressure and age.
 * @source 国家基层高血压防治管理指南 2025版 §5.4.3
 */
export function proposeInitialRegimen(facts: RegimenFacts, day: PlainDate): Decision<RegimenProposal> {
  const row = rowOn(regimenLimits, day);
  const rule = ruleFrom('HTN-10', row);
  const { sbp, dbp, ageYears } = facts;
  if (sbp === undefined || dbp === undefined || ageYears === undefined)
    return undecided(rule, missingOf({ 收缩压: sbp, 舒张压: dbp, 年龄: ageYears }));
  const limits = row.value;
  const gentle = ageYears >= limits.monoAge || facts.frail === true;
  const slow = gentle ? [because('gentle', '高龄或衰弱，从单药小剂量起，缓慢调整。')] : [];
  const known = valueOn(comorbidityRegimens, day).find((one) =>
    facts.conditions.includes(one.condition as Condition),
  );
  if (known && known.condition !== 'peripheral-artery-disease') {
    const [first, second] = known.steps;
    const isHigh = !gentle && (sbp >= limits.dualFrom.sbp || dbp >= limits.dualFrom.dbp);
    const options = isHigh && !first.includes('+') ? [first, second] : [first];
    return decided({ ...rule, id: 'HTN-10' }, { kind: 'comorbidity', options, smallDose: gentle }, [
      because(known.condition, `合并${known.label}，起始 ${options.join('，或 ')}。${known.note ?? ''}`),
      ...slow,
    ]);
  }
  const fast = facts.heartRate !== undefined && facts.heartRate >= limits.betaBlockerHeartRate;
  const isDual = !gentle && (sbp >= limits.dualFrom.sbp || dbp >= limits.dualFrom.dbp);
  const options = isDual
    ? ['C+A', 'A+D', 'C+D', ...(fast ? ['C+B'] : [])]
    : ['C', 'A', 'D', ...(fast ? ['B'] : [])];
  return decided(rule, { kind: isDual ? 'dual' : 'mono', options, smallDose: gentle }, [
    because(
      isDual ? 'dual' : 'mono',
      `血压 ${sbp}/${dbp} mmHg，${isDual ? '两药' : '单药'}起始：${options.join('、')}。`,
    ),
    ...slow,
  ]);
}

/** The three steps for a comorbidity, in the order of the guide; undefined for one without its own. */
export function regimenForCondition(condition: Condition, day: PlainDate) {
  return valueOn(comorbidityRegimens, day).find((one) => one.condition === condition);
}
