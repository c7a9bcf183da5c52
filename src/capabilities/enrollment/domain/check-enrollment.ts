import { valueOn } from '#kernel/dated.ts';
import { earliestDayOf, parsePartialDate } from '#kernel/partial-date.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { FieldIssue } from '#kernel/problem.ts';
import { minimumManagedAge } from '#standards/indicators/managed-population.ts';

interface EnrollmentFacts {
  readonly program: 'hypertension' | 'type-2-diabetes' | 'copd';
  readonly enrolledOn: PlainDate;
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  readonly diagnosedOn: string | undefined;
  readonly birthDate: PlainDate;
  readonly ageYears: number;
  readonly today: PlainDate;
}

/** What is wrong with opening a programme record on these dates; empty when nothing is. */
export function checkEnrollment(facts: EnrollmentFacts): FieldIssue[] {
  const issues: FieldIssue[] = [];
  const refuse = (path: string, code: string, message: string) => issues.push({ path, code, message });
  if (facts.enrolledOn > facts.today) refuse('enrolledOn', 'future', '纳入日期不能晚于今天。');
  if (facts.enrolledOn < facts.birthDate) refuse('enrolledOn', 'before-birth', '纳入日期早于出生日期。');
  const minimum = valueOn(minimumManagedAge, facts.today);
  if (facts.ageYears < minimum && facts.enrolledOn >= facts.birthDate) {
    refuse(
      'enrolledOn',
      'too-young',
      `纳入时 ${facts.ageYears} 岁，不足 ${minimum} 岁，不在管理对象范围内。`,
    );
  }
  if (facts.diagnosedOn !== undefined) {
    const diagnosed = parsePartialDate(facts.diagnosedOn);
    if (diagnosed === undefined) refuse('diagnosedOn', 'not-a-date', '确诊时间应为年、年月或年月日。');
    else if (earliestDayOf(diagnosed) > facts.today)
      refuse('diagnosedOn', 'future', '确诊时间不能晚于今天。');
    else if (diagnosed.slice(0, 4) < facts.birthDate.slice(0, 4)) {
      refuse('diagnosedOn', 'before-birth', '确诊时间早于出生日期。');
    }
  }
  return issues;
}
