import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, ruleFrom } from '../answering.ts';
import { relieverLimits } from './alert-parameters.ts';

/**
 * Whether the short-acting reliever is used so much that the disease is slipping: canisters of the last month, or days in
 * a row with use. Undecided without either.
 * @source 平台默认：急救吸入药用量
 */
export function watchReliever(
  facts: {
    readonly canistersLastMonth?: number | undefined;
    readonly daysInARow?: number | undefined;
  },
  day: PlainDate,
): Decision<'orange' | 'none'> {
  const row = rowOn(relieverLimits, day);
  const rule = ruleFrom('TR-EX', row);
  const { canistersLastMonth, daysInARow } = facts;
  if (canistersLastMonth === undefined && daysInARow === undefined)
    return undecided(rule, ['急救吸入药用量']);
  const often = (canistersLastMonth ?? 0) > row.value.canistersAbove;
  const daily = (daysInARow ?? 0) >= row.value.daysFrom;
  return decided(rule, often || daily ? 'orange' : 'none', [
    often
      ? because('canisters', `一个月用急救吸入药 ${canistersLastMonth} 支，注意急性加重。`)
      : daily
        ? because('daily', `已连续 ${daysInARow} 天使用急救吸入药，注意急性加重。`)
        : because('usual', '急救吸入药用量未见增加。'),
  ]);
}
