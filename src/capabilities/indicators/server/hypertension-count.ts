import { controlRuleIds } from '#clinical/hypertension/judge-pressure-control.ts';
import type { ProgramCount } from './load-management-facts.ts';

/** What the hypertension figures count: its sheet and the two control verdicts stored with it. */
export const hypertensionCount: ProgramCount = {
  program: 'hypertension',
  form: 'hypertension-follow-up',
  control: { statutory: controlRuleIds['public-health'], clinical: controlRuleIds.clinical },
};
