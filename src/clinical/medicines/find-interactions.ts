import type { Medicine } from './formulary.ts';
import type { MedicineWarning, Severity } from './medicine-warning.ts';
import { compileCondition, type ListedMedicine, type SafetyFacts, type Test } from './safety-condition.ts';
import { type SafetyRow, safetyRows } from './safety-tables.ts';

interface Side {
  readonly any: readonly string[];
  readonly except: readonly string[];
}

interface ReadyRule {
  readonly row: SafetyRow;
  readonly sides: readonly Side[];
  readonly levels: readonly { readonly severity: Severity; readonly test: Test | undefined }[];
}

/** The rows made ready once, and found by the tokens of their first side. */
const ready: readonly ReadyRule[] = safetyRows.map((row) => ({
  row,
  sides: row[2].split(';').map((side) => {
    const tokens = side.split(',');
    return {
      any: tokens.filter((one) => !one.startsWith('!')),
      except: tokens.filter((one) => one.startsWith('!')).map((one) => one.slice(1)),
    };
  }),
  levels: row[3].split(';').map((level) => {
    const [severity, ...condition] = level.split(':');
    const expression = condition.join(':');
    return {
      severity: severity as Severity,
      test: expression === '' ? undefined : compileCondition(expression),
    };
  }),
}));

const byFirstToken = new Map<string, ReadyRule[]>();
for (const rule of ready)
  for (const token of rule.sides[0]?.any ?? [])
    byFirstToken.set(token, [...(byFirstToken.get(token) ?? []), rule]);

/** Tokens a medicine answers to. */
const tokensOf = (medicine: Medicine): string[] => ['*', `@${medicine.code}`, ...medicine.classes];

/** What the interaction and contraindication rules say of a list for a person. */
export function findInteractions(list: readonly ListedMedicine[], facts: SafetyFacts): MedicineWarning[] {
  if (list.length === 0) return [];
  const present = new Map<string, Medicine[]>();
  for (const { medicine } of list)
    for (const token of tokensOf(medicine)) {
      const held = present.get(token);
      if (held) held.push(medicine);
      else present.set(token, [medicine]);
    }
  const asked = new Set<ReadyRule>();
  for (const token of present.keys()) for (const rule of byFirstToken.get(token) ?? []) asked.add(rule);
  const warnings: MedicineWarning[] = [];
  for (const rule of asked) {
    if (!rule.sides.every((side) => side.any.some((token) => present.has(token)))) continue;
    const warning = warningOf(rule, present, list, facts);
    if (warning) warnings.push(warning);
  }
  return warnings;
}

function warningOf(
  rule: ReadyRule,
  present: ReadonlyMap<string, readonly Medicine[]>,
  list: readonly ListedMedicine[],
  facts: SafetyFacts,
): MedicineWarning | undefined {
  const found = rule.sides.map(({ any, except }) => {
    const out = except.flatMap((token) => present.get(token) ?? []);
    return any.flatMap((token) => present.get(token) ?? []).filter((one) => !out.includes(one));
  });
  if (found.some((side) => side.length === 0)) return undefined;
  const distinct = [...new Set(found.flat())];
  // Two sides of one compound are its own business; two sides need two medicines.
  if (found.length > 1 && distinct.length < 2) return undefined;
  const [ruleId, , , , effect, action] = rule.row;
  const needs: string[] = [];
  for (const { severity, test } of rule.levels) {
    const holding = test ? test(facts, list) : true;
    if (holding === true)
      return {
        ruleId,
        severity,
        medicines: distinct.map((one) => one.nameZh),
        effect,
        action,
        needs: [...new Set(needs)],
      };
    if (typeof holding === 'object') needs.push(...holding.needs);
  }
  if (needs.length === 0) return undefined;
  const open = [...new Set(needs)];
  return {
    ruleId,
    severity: 'B',
    medicines: distinct.map((one) => one.nameZh),
    effect: `不能判断：${effect}`,
    action: `请补充${open.join('、')}`,
    needs: open,
  };
}
