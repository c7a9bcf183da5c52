import type { Parameter } from '#kernel/dated.ts';
import { ruleTopics } from './all-rules.ts';

/** Every dated number the clinical rules use, once each, in the order of the rules. */
export const clinicalParameters: readonly Parameter<unknown>[] = [
  ...new Map(
    ruleTopics
      .flatMap((topic) => topic.rules.flatMap((rule) => rule.parameters))
      .map((one) => [one.id, one] as const),
  ).values(),
];
