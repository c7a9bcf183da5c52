import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { isWithin, lackingFigures } from '../cardiovascular-risk/required-inputs.ts';
import { bleedingCaution, heartRanges } from './heart-parameters.ts';

export interface BleedingFacts {
  /** HAS-BLED as scored by the clinician, whole points 0–9. */
  readonly hasBled?: number | undefined;
}

/**
 * Whether the bleeding risk asks for caution: correct what can be corrected and see the person sooner. Never a reason by
 * itself to withhold anticoagulation.
 * @source 心房颤动诊断和治疗中国指南 HAS-BLED
 */
export function judgeBleedingCaution(facts: BleedingFacts, day: PlainDate): Decision<boolean> {
  const row = rowOn(bleedingCaution, day);
  const rule = { id: 'AF-01-bleeding', edition: row.source, clause: row.clause, certainty: row.certainty };
  const range = valueOn(heartRanges, day).hasBled;
  const { hasBled } = facts;
  if (!isWithin(hasBled, range)) return undecided(rule, lackingFigures([[hasBled, range]]));
  const caution = hasBled >= row.value;
  const text = caution
    ? `HAS-BLED ${hasBled} 分，出血风险高，先纠正可改变的因素并加强随访，不单凭此停用抗凝。`
    : `HAS-BLED ${hasBled} 分，低于 ${row.value} 分。`;
  return decided(rule, caution, [{ code: caution ? 'caution' : 'below', text }]);
}
