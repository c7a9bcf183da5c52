import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { isWithin, lackingFigures } from '../cardiovascular-risk/required-inputs.ts';
import { barthelBands, type Dependence } from './stroke-parameters.ts';

export interface DependenceFacts {
  /** Barthel index, whole points 0–100. */
  readonly barthel?: number | undefined;
}

const labels = { severe: '重度依赖', moderate: '中度依赖', mild: '轻度依赖', none: '无需依赖' } as const;

/**
 * How dependent a person is by the Barthel index; severe asks for a bed at home and rehabilitation.
 * @source Barthel指数分级
 */
export function gradeDependence(facts: DependenceFacts, day: PlainDate): Decision<Dependence> {
  const row = rowOn(barthelBands, day);
  const rule = { id: 'STK-03-barthel', edition: row.source, clause: row.clause, certainty: row.certainty };
  const { bands, range } = row.value;
  const { barthel } = facts;
  const whole = isWithin(barthel, range) && Number.isInteger(barthel);
  const grade = whole ? bands.find(([upTo]) => barthel <= upTo)?.[1] : undefined;
  if (grade === undefined) {
    const lacking = lackingFigures([[barthel, range]]);
    return undecided(rule, lacking.length > 0 ? lacking : [`${range[0]}（数值不合理）`]);
  }
  const reasons: Reason[] = [{ code: grade, text: `Barthel指数 ${barthel} 分，${labels[grade]}。` }];
  if (grade === 'severe') reasons.push({ code: 'home-bed', text: '建议家庭病床和康复服务。' });
  return decided(rule, grade, reasons);
}
