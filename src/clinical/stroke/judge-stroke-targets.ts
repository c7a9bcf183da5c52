import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import {
  judgeSecondaryTargets,
  type SecondaryFacts,
  type SecondaryTarget,
} from '../heart/judge-secondary-targets.ts';
import { strokeTargets } from './stroke-parameters.ts';

export interface StrokeTargetFacts extends SecondaryFacts {
  /** Bleeding stroke only: no LDL goal is set. */
  readonly haemorrhagicOnly?: boolean | undefined;
}

/**
 * Which goals after a stroke or TIA are not reached: LDL (ischaemic only) and pressure, the latter as far as tolerated.
 * Undecided while a figure is missing; the glucose goal is the diabetes rule's.
 * @source 缺血性与出血性脑卒中二级预防指南（待临床专家核对）
 */
export function judgeStrokeTargets(
  facts: StrokeTargetFacts,
  day: PlainDate,
): Decision<readonly SecondaryTarget[]> {
  const row = rowOn(strokeTargets, day);
  const rule = { id: 'STK-03-targets', edition: row.source, clause: row.clause, certainty: row.certainty };
  if (facts.haemorrhagicOnly === undefined) return undecided(rule, ['卒中类型']);
  const judged = judgeSecondaryTargets(facts, row.value, day, !facts.haemorrhagicOnly);
  return judged.missing.length > 0
    ? undecided(rule, judged.missing)
    : decided(rule, judged.misses, judged.reasons);
}
