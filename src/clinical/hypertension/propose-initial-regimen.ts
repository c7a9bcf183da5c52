import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, missingOf, ruleFrom } from '../answering.ts';
import type { Condition, Conditions } from '../conditions.ts';
import { comorbidityRegimens, regimenLimits, shutClassLimits } from './regimen-parameters.ts';

export interface RegimenFacts {
  readonly sbp?: number | undefined;
  readonly dbp?: number | undefined;
  readonly ageYears?: number | undefined;
  readonly frail?: boolean | undefined;
  readonly heartRate?: number | undefined;
  readonly potassium?: number | undefined;
  readonly pregnancy?: 'no' | 'planning' | 'pregnant' | 'lactating' | undefined;
  /** Creatinine found raised for the first time: the upper hospital sets the regimen. */
  readonly newlyRaisedCreatinine?: boolean | undefined;
  readonly conditions: Conditions;
}

export interface RegimenProposal {
  readonly kind: 'mono' | 'dual' | 'comorbidity' | 'pregnancy' | 'refer';
  readonly options: readonly string[];
  readonly smallDose: boolean;
}

/**
 * Which classes to begin with: by comorbidity where there is one, else one or two drugs by pressure, age and frailty. A
 * class the person must not have is never among the options. A suggestion for a clinician. Undecided without pressure
 * and age.
 * @source 国家基层高血压防治管理指南 2025版 §5.4.2、§5.4.3
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
  if (facts.pregnancy !== undefined && facts.pregnancy !== 'no')
    return decided(rule, { kind: 'pregnancy', options: limits.pregnancy, smallDose: true }, [
      because(
        'pregnancy',
        `妊娠、备孕或哺乳期不用普利、沙坦类，可选 ${limits.pregnancy.join('、')}，并转诊。`,
      ),
    ]);
  if (facts.newlyRaisedCreatinine)
    return decided(rule, { kind: 'refer', options: [], smallDose: false }, [
      because('creatinine', '首次发现血肌酐异常，由上级医院定方案。'),
    ]);
  const shut = shutClasses(facts, day);
  const isHigh = !gentle && (sbp >= limits.dualFrom.sbp || dbp >= limits.dualFrom.dbp);
  const known = valueOn(comorbidityRegimens, day).find(({ conditions }) =>
    conditions.some((one) => facts.conditions.includes(one as Condition)),
  );
  if (known && !known.asUsual) {
    const [first, second] = known.steps;
    const options = allowed(isHigh && !first.includes('+') ? [first, second] : [first], shut);
    return decided(rule, { kind: options.length > 0 ? 'comorbidity' : 'refer', options, smallDose: gentle }, [
      because(
        known.condition,
        `合并${known.label}，${options.length > 0 ? `起始 ${options.join('，或 ')}` : '推荐的药都有禁忌，转诊'}。${known.note ?? ''}`,
      ),
      ...shut.reasons,
      ...slow,
    ]);
  }
  const fast = facts.heartRate !== undefined && facts.heartRate >= limits.betaBlockerHeartRate;
  const options = allowed(
    isHigh ? ['C+A', 'A+D', 'C+D', ...(fast ? ['C+B'] : [])] : ['C', 'A', 'D', ...(fast ? ['B'] : [])],
    shut,
  );
  return decided(rule, { kind: isHigh ? 'dual' : 'mono', options, smallDose: gentle }, [
    because(
      isHigh ? 'dual' : 'mono',
      `血压 ${sbp}/${dbp} mmHg，${isHigh ? '两药' : '单药'}起始：${options.join('、')}。${known?.note ?? ''}`,
    ),
    ...shut.reasons,
    ...slow,
  ]);
}

interface ShutClasses {
  readonly letters: ReadonlySet<string>;
  readonly reasons: readonly Reason[];
}

/** Classes with an absolute contraindication in this person, by the letter of the guide. */
function shutClasses(facts: RegimenFacts, day: PlainDate): ShutClasses {
  const limit = valueOn(shutClassLimits, day);
  const letters = new Set<string>();
  const reasons: Reason[] = [];
  for (const { letter, conditions, text } of limit.conditions) {
    if (!conditions.some((one) => facts.conditions.includes(one as Condition))) continue;
    letters.add(letter);
    reasons.push(because(`no-${letter}`, text));
  }
  if (facts.potassium !== undefined && facts.potassium >= limit.potassiumFrom) {
    letters.add('A');
    reasons.push(because('no-A', `血钾 ${facts.potassium} mmol/L，不用普利、沙坦类。`));
  }
  if (facts.heartRate !== undefined && facts.heartRate < limit.heartRateBelow) {
    letters.add('B');
    reasons.push(because('no-B', `心率 ${facts.heartRate} 次/分，不用β受体阻滞剂。`));
  }
  return { letters, reasons };
}

/** The options without a class that is shut; what stays of a combination when nothing else is left. */
function allowed(options: readonly string[], { letters }: ShutClasses): readonly string[] {
  if (letters.size === 0) return options;
  const each = options.flatMap((one) => one.split(/ 或 |、/));
  const without = (option: string) => option.split('+').filter((part) => !letters.has(part.charAt(0)));
  const whole = each.filter((one) => without(one).length === one.split('+').length);
  const rest =
    whole.length > 0 ? whole : each.map((one) => without(one).join('+')).filter((one) => one !== '');
  return [...new Set(rest)];
}

/** The three steps for a comorbidity, in the order of the guide; undefined for one without its own. */
export function regimenForCondition(condition: Condition, day: PlainDate) {
  return valueOn(comorbidityRegimens, day).find(({ conditions }) =>
    (conditions as readonly Condition[]).includes(condition),
  );
}
