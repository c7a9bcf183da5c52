import { expect, it } from 'vitest';
import { plainDate } from '#kernel/plain-date.ts';
import { classifyDiabetesFollowUp } from './classify-follow-up.ts';

it.each([
  [{ fpg: 3.9 }, ['空腹血糖 3.9 mmol/L，为低血糖（≤3.9）。']],
  [{ fpg: 5.2, randomGlucose: 3.2 }, ['随机血糖 3.2 mmol/L，为低血糖（≤3.9）。']],
  [{ fpg: 4 }, []],
])('says once that a glucose is low: %j', (glucose, told) => {
  const facts = { ...glucose, dangerSigns: [], adverseReaction: false, previousClasses: [] };
  const decision = classifyDiabetesFollowUp(facts, plainDate('2026-11-24'));
  if (decision.kind === 'undecided') throw new Error('decided');
  expect(decision.reasons.map(({ text }) => text).filter((text) => text.includes('为低血糖'))).toEqual(told);
});
