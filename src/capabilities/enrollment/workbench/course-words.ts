import { screenedConditionLabels } from '#clinical/screening/plan-high-risk-visit.ts';
import type { ScreenedCondition } from '#clinical/screening/screening-parameters.ts';
import type { ClinicalState } from '#platform/browser/design-system/state-tag.tsx';
import type { CourseState } from '../domain/condition-course.ts';
import { courseSources } from '../domain/condition-course.ts';

/** A disease as the screens name it. */
export const conditionName = (condition: string) =>
  screenedConditionLabels[condition as ScreenedCondition] ?? condition;

/** Where a finding came from, as the screens name it. */
export const sourceName = (source: string) => courseSources[source as keyof typeof courseSources] ?? source;

/** The sign a state is shown with. */
export const courseSign: Readonly<Record<CourseState, ClinicalState>> = {
  normal: 'good',
  'high-risk': 'recheck',
  suspected: 'late',
  confirmed: 'late',
  enrolled: 'good',
  closed: 'plain',
};

/** The sheet a screening for a disease is filled on. */
export const sheetOf: Readonly<Record<ScreenedCondition, string>> = {
  hypertension: 'community-screening',
  'type-2-diabetes': 'community-screening',
  copd: 'copd-sq',
  'stroke-unspecified': 'stroke-risk-8',
};
