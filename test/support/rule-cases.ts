import { describe, expect, it } from 'vitest';
import { type AnyRule, defaultCaseDay, type RuleDefinition } from '#clinical/rule-definition.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { findSource } from '#standards/sources.ts';

/** Runs every case of every rule as a test of its own, and checks that a definition is fit to be signed. */
export function testRules(rules: readonly AnyRule[]): void {
  for (const rule of rules as readonly unknown[] as readonly RuleDefinition<unknown>[]) {
    describe(`${rule.id} ${rule.title}`, () => {
      it('names a registered source, a clause and its cases', () => {
        expect(findSource(rule.edition), rule.edition).toBeDefined();
        for (const p of rule.parameters)
          for (const row of p.rows) expect(findSource(row.source), `${p.id}: ${row.source}`).toBeDefined();
        expect(rule.clause).not.toBe('');
        expect(rule.summary.length).toBeGreaterThan(10);
        expect(rule.cases.length).toBeGreaterThan(0);
      });
      for (const example of rule.cases) {
        it(example.title, () => {
          const decision = rule.decide(example.given, plainDate(example.day ?? defaultCaseDay));
          expect(decision.rule.id, 'the decision names its rule').toBe(rule.id);
          if ('missing' in example.expect) {
            expect(decision).toMatchObject({ kind: 'undecided', missing: example.expect.missing });
            return;
          }
          if (decision.kind === 'undecided') throw new Error(`缺少：${decision.missing.join('、')}`);
          const { value, reasons } = example.expect;
          if (typeof value === 'object' && value !== null && !Array.isArray(value))
            expect(decision.value).toMatchObject(value);
          else expect(decision.value).toEqual(value);
          if (reasons)
            expect(decision.reasons.map((reason) => reason.code)).toEqual(
              expect.arrayContaining([...reasons]),
            );
        });
      }
    });
  }
}
