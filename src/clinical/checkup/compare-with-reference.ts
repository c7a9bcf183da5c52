import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, ruleFrom } from '../answering.ts';
import type { Sex } from '../conditions.ts';
import { type LaboratoryItem, referenceIntervals } from './checkup-parameters.ts';

export type LaboratoryValues = Readonly<Partial<Record<LaboratoryItem, number | undefined>>>;

/** An item outside its interval. */
export interface OutOfRange {
  readonly item: LaboratoryItem;
  readonly name: string;
  readonly side: 'low' | 'high';
  /** Value over the end it left; 2 is twice the upper end. */
  readonly ratio: number;
}

/**
 * Laboratory values outside the reference interval for the sex. What was not measured says nothing; undecided without
 * any value, and without the sex where the intervals differ.
 * @source WS/T 404、405 参考区间
 */
export function compareWithReference(
  facts: { readonly values: LaboratoryValues; readonly sex?: Sex | undefined },
  day: PlainDate,
): Decision<readonly OutOfRange[]> {
  const row = rowOn(referenceIntervals, day);
  const rule = ruleFrom('CHK-01', row);
  const measured = (Object.keys(row.value) as LaboratoryItem[]).filter(
    (item) => facts.values[item] !== undefined,
  );
  if (measured.length === 0) return undecided(rule, ['检验结果']);
  const { sex } = facts;
  if (sex === undefined) return undecided(rule, ['性别']);
  const found = measured.flatMap((item) => {
    const value = facts.values[item] ?? Number.NaN;
    const reference = row.value[item];
    const { low, high }: { low?: number; high?: number } = reference[sex];
    const side =
      low !== undefined && value < low ? 'low' : high !== undefined && value > high ? 'high' : undefined;
    if (!side) return [];
    const end = (side === 'low' ? low : high) ?? value;
    const shown = low === undefined ? `≤${high}` : high === undefined ? `≥${low}` : `${low}–${high}`;
    const text = `${reference.name} ${value} ${reference.unit}，${side === 'low' ? '偏低' : '偏高'}（参考 ${shown}）。`;
    return [
      {
        out: { item, name: reference.name, side, ratio: value / end } as const,
        reason: because(`${item}-${side}`, text),
      },
    ];
  });
  return decided(
    rule,
    found.map((one) => one.out),
    found.map((one) => one.reason),
  );
}
