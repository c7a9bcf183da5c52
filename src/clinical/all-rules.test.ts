import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { clinicalParameters } from './all-parameters.ts';
import { ruleTopics } from './all-rules.ts';

const rules = ruleTopics.flatMap((topic) => topic.rules);

describe('the rules together', () => {
  it('have ids of their own and files that exist', () => {
    expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length);
    for (const rule of rules) expect(existsSync(rule.file), rule.file).toBe(true);
  });

  it('say who has to sign wherever a number is not read in its source', () => {
    const open = rules.filter(
      (rule) => ['uncertain', 'own-default'].includes(rule.certainty) && !rule.pendingSignOff,
    );
    expect(open.map((rule) => rule.id)).toEqual([]);
  });

  it('use parameters with ids of their own', () => {
    const ids = clinicalParameters.map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
