import { criticalEnds, type OwnCriticalValues } from '#clinical/early-warning/own-critical-values.ts';
import type { Colour } from '#clinical/grading/grade-management.ts';
import { type GradingScheme, levelDays } from '#clinical/grading/place-tier.ts';
import { routineDays } from '#clinical/hypertension/follow-up-parameters.ts';
import { valueOn } from '#kernel/dated.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { FieldIssue } from '#kernel/problem.ts';
import { courseTimers } from '#standards/indicators/condition-course.ts';

/** Days until a suspicion is settled and until a confirmed person is under management. */
export interface CourseDays {
  readonly suspected: number;
  readonly confirmed: number;
}

/** The defaults in force on a day. */
export function defaultCourseDays(day: PlainDate): CourseDays {
  const { suspected, confirmed } = valueOn(courseTimers, day);
  return { suspected, confirmed };
}

const longestConfirmed = 90;

/** What is wrong with a county's days: a suspicion may not wait longer than the guideline says. */
export function checkCourseDays(days: CourseDays, day: PlainDate): FieldIssue[] {
  const issues: FieldIssue[] = [];
  const longest = defaultCourseDays(day).suspected;
  if (!Number.isInteger(days.suspected) || days.suspected < 1 || days.suspected > longest)
    issues.push({
      path: 'suspected',
      code: 'range',
      message: `疑似复核应在 1 至 ${longest} 天内（指南要求4周内）。`,
    });
  if (!Number.isInteger(days.confirmed) || days.confirmed < 1 || days.confirmed > longestConfirmed)
    issues.push({
      path: 'confirmed',
      code: 'range',
      message: `确诊后纳管应在 1 至 ${longestConfirmed} 天内。`,
    });
  return issues;
}

const colours: readonly (readonly [Colour, string])[] = [
  ['green', '绿标'],
  ['yellow', '黄标'],
  ['red', '红标'],
];

/**
 * What is wrong with a county's scheme: no interval longer than the public-health norm, none longer for a worse colour;
 * the historical levels keep their own intervals or shorter ones.
 */
export function checkGradingScheme(scheme: GradingScheme, day: PlainDate): FieldIssue[] {
  const issues: FieldIssue[] = [];
  const norm = valueOn(routineDays, day);
  const most = scheme.scheme === 'levels' ? levelDays(day) : { green: norm, yellow: norm, red: norm };
  for (const [colour, label] of colours) {
    const days = scheme.everyDays[colour];
    const limit = Math.min(norm, most[colour]);
    if (!Number.isInteger(days) || days < 1 || days > limit)
      issues.push({
        path: `everyDays.${colour}`,
        code: 'range',
        message: `${label}随访间隔应为 1 至 ${limit} 天，不得长于${scheme.scheme === 'levels' ? '三级管理' : '公共卫生规范'}的间隔。`,
      });
  }
  const { green, yellow, red } = scheme.everyDays;
  if (red > yellow || yellow > green)
    issues.push({ path: 'everyDays', code: 'order', message: '病情越重，随访间隔应越短。' });
  return issues;
}

/** What is wrong with a county's critical values: each end lies where the lists of hospitals have it. */
export function checkCriticalValues(values: OwnCriticalValues, day: PlainDate): FieldIssue[] {
  return criticalEnds(day).flatMap(({ test, name, unit, end, range: [least, most] }) => {
    const value = values[test]?.[end];
    return value !== undefined && value >= least && value <= most
      ? []
      : [
          {
            path: `${test}.${end}`,
            code: 'range',
            message: `${name}${end === 'low' ? '低' : '高'}值应在 ${least} 至 ${most} ${unit} 之间（各院清单所见的范围）。`,
          },
        ];
  });
}
