import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, missingOf, ruleFrom } from '../answering.ts';
import { stepUpWeeks } from './treatment-parameters.ts';

export interface StepUpFacts {
  readonly atTarget?: boolean | undefined;
  /** Taken as prescribed: 规律. */
  readonly adherent?: boolean | undefined;
  readonly weeksSinceChange?: number | undefined;
  readonly drugs?: number | undefined;
  readonly fullDose?: boolean | undefined;
  readonly withDiuretic?: boolean | undefined;
  /** At target at the visits before this one. */
  readonly wasControlled?: boolean | undefined;
}

export type StepUp =
  | 'keep'
  | 'repeat-first'
  | 'adherence-first'
  | 'wait'
  | 'step-up'
  | 'add-diuretic'
  | 'resistant-refer';

/**
 * What to do with the present regimen: keep, look again, adherence first, wait, step up, or refer as resistant.
 * @source 国家基层高血压防治管理指南 2025版 §5.4.3–5.4.5
 */
export function proposeStepUp(facts: StepUpFacts, day: PlainDate): Decision<StepUp> {
  const row = rowOn(stepUpWeeks, day);
  const rule = ruleFrom('HTN-13', row);
  const { atTarget, adherent, weeksSinceChange } = facts;
  const answer = (value: StepUp, text: string) => decided(rule, value, [because(value, text)]);
  if (atTarget === undefined) return undecided(rule, ['是否达标']);
  if (atTarget) return answer('keep', '已达标，维持原方案。');
  if (facts.wasControlled) return answer('repeat-first', '此前一直达标，先找诱因并复测，不因一次偏高换药。');
  if (adherent === undefined || weeksSinceChange === undefined)
    return undecided(rule, missingOf({ 服药依从性: adherent, 距上次调药的周数: weeksSinceChange }));
  if (!adherent) return answer('adherence-first', '未规律服药，先解决依从性。');
  if (weeksSinceChange < row.value.earliest)
    return answer('wait', `调药后 ${weeksSinceChange} 周，满 ${row.value.earliest} 周再评估。`);
  if ((facts.drugs ?? 0) >= row.value.resistantDrugs && facts.fullDose) {
    return facts.withDiuretic
      ? answer('resistant-refer', '三种及以上足量降压药（含利尿剂）仍未达标，为难治性，转诊。')
      : answer('add-diuretic', '三药中没有利尿剂，先加用利尿剂再判断。');
  }
  return answer('step-up', '2–4周未达标，加量、换药或联合。');
}
