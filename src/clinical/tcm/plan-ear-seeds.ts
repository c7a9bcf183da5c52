import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import { because, missingOf, ruleFrom } from '../answering.ts';
import { techniqueLimits } from './judge-constitution.ts';

const other = { left: 'right', right: 'left' } as const;
const sides = { left: '左耳', right: '右耳' } as const;

/** When the seeds pressed on an ear are changed, and on which ear next. @source 国家基层高血压防治管理指南 2025版 §6 耳穴贴压 */
export function planEarSeeds(
  facts: {
    readonly placedOn?: PlainDate | undefined;
    readonly side?: 'left' | 'right' | undefined;
  },
  day: PlainDate,
): Decision<{ readonly from: PlainDate; readonly to: PlainDate; readonly side: 'left' | 'right' }> {
  const row = rowOn(techniqueLimits, day);
  const rule = ruleFrom('TCM-03-ear-seeds', row);
  const { placedOn, side } = facts;
  if (placedOn === undefined || side === undefined)
    return undecided(rule, missingOf({ 贴压日期: placedOn, 耳别: side }));
  const { from, to } = row.value.earSeedDays;
  const plan = { from: addDays(placedOn, from), to: addDays(placedOn, to), side: other[side] };
  return decided(rule, plan, [
    because(
      'change',
      `${sides[side]} ${placedOn} 贴压，${plan.from} 至 ${plan.to} 更换，改贴${sides[plan.side]}。`,
    ),
  ]);
}
