import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, missingOf, ruleFrom } from '../answering.ts';
import { diagnosisLimits, plausiblePressure, pressureGrades } from './diagnosis-parameters.ts';

export type PressureCategory = 'normal' | 'high-normal' | 'grade-1' | 'grade-2' | 'grade-3';

export const pressureCategoryLabels: Readonly<Record<PressureCategory, string>> = {
  normal: '正常血压',
  'high-normal': '正常高值',
  'grade-1': '1级高血压',
  'grade-2': '2级高血压',
  'grade-3': '3级高血压',
};

export interface PressureGrade {
  readonly category: PressureCategory;
  readonly isolated: 'systolic' | 'diastolic' | undefined;
}

/**
 * The level of an office pressure, the higher of what either value says, and whether only one of them is raised. mmHg.
 * @source 中国高血压防治指南 血压水平分类
 */
export function gradePressure(
  facts: { readonly sbp?: number | undefined; readonly dbp?: number | undefined },
  day: PlainDate,
): Decision<PressureGrade> {
  const row = rowOn(pressureGrades, day);
  const rule = ruleFrom('HTN-02', row);
  const { sbp, dbp } = facts;
  if (sbp === undefined || dbp === undefined) return undecided(rule, missingOf({ 收缩压: sbp, 舒张压: dbp }));
  const believable = valueOn(plausiblePressure, day);
  if (
    sbp < believable.sbp.min ||
    sbp > believable.sbp.max ||
    dbp < believable.dbp.min ||
    dbp > believable.dbp.max
  )
    return undecided(rule, ['血压（数值不合理）']);
  // The rows rise with both values: the last one that either reaches is the higher of the two.
  let category: PressureCategory | undefined;
  for (const one of row.value) if (sbp >= one.from || dbp >= one.dbp) category = one.category;
  if (!category) return undecided(rule, ['血压（数值不合理）']);
  const { office } = rowOn(diagnosisLimits, day).value;
  const isolated =
    sbp >= office.sbp && dbp < office.dbp
      ? 'systolic'
      : sbp < office.sbp && dbp >= office.dbp
        ? 'diastolic'
        : undefined;
  const tag = isolated ? `，单纯${isolated === 'systolic' ? '收缩' : '舒张'}期升高` : '';
  return decided(rule, { category, isolated }, [
    because(category, `血压 ${sbp}/${dbp} mmHg，属${pressureCategoryLabels[category]}${tag}。`),
  ]);
}
