import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import {
  type CoronaryDrugCheck,
  type CoronaryDrugFacts,
  checkCoronaryDrugs,
} from './check-coronary-drugs.ts';
import { coronaryContactDays } from './heart-parameters.ts';
import {
  type CoronaryTarget,
  type CoronaryTargetFacts,
  judgeCoronaryTargets,
} from './judge-coronary-targets.ts';
import { type AnginaFacts, type AnginaTriage, triageAngina } from './triage-angina.ts';

export type CoronaryFacts = AnginaFacts & CoronaryDrugFacts & CoronaryTargetFacts;

export interface CoronaryReview {
  readonly referral: AnginaTriage;
  /** undefined: not known yet, in an emergency or referral that did not wait. */
  readonly gaps: CoronaryDrugCheck['gaps'] | undefined;
  readonly notAtTarget: readonly CoronaryTarget[] | undefined;
  /** Days until the next contact when all is well; otherwise what was found sets it. */
  readonly nextContactDays: number | undefined;
}

/**
 * A visit with stable coronary disease put together: referral, drug gaps, goals, and ninety days when nothing is found.
 * Undecided with everything the three parts miss, except that an emergency or referral for symptoms never waits.
 * @source 稳定性冠心病基层管理（待临床专家核对）
 */
export function reviewCoronaryDisease(facts: CoronaryFacts, day: PlainDate): Decision<CoronaryReview> {
  const row = rowOn(coronaryContactDays, day);
  const rule = { id: 'CHD-01', edition: row.source, clause: row.clause, certainty: row.certainty };
  const angina = triageAngina(facts, day);
  const drugs = checkCoronaryDrugs(facts, day);
  const targets = judgeCoronaryTargets(facts, day);
  const urgent = angina.kind === 'decided' && angina.value !== 'none';
  const missing = [angina, drugs, targets].flatMap((part) => (part.kind === 'undecided' ? part.missing : []));
  if (missing.length > 0 && !urgent) return undecided(rule, [...new Set(missing)]);
  const check = drugs.kind === 'decided' ? drugs.value : undefined;
  const gaps = check?.gaps;
  const notAtTarget = targets.kind === 'decided' ? targets.value : undefined;
  const symptoms = angina.kind === 'decided' ? angina.value : 'none';
  const referral = symptoms === 'none' && check?.refer ? 'refer' : symptoms;
  const reasons = [angina, drugs, targets].flatMap((part) => (part.kind === 'decided' ? part.reasons : []));
  const well = referral === 'none' && gaps?.length === 0 && notAtTarget?.length === 0;
  const days = well ? row.value : undefined;
  return decided(rule, { referral, gaps, notAtTarget, nextContactDays: days }, [
    ...reasons,
    ...(missing.length > 0 ? [{ code: 'open', text: `还没有：${missing.join('、')}。` }] : []),
    ...(days === undefined ? [] : [{ code: 'routine', text: `病情稳定，${days} 天后随访。` }]),
  ]);
}
