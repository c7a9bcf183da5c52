import type { Medicine } from './formulary.ts';
import type { MedicineWarning, Severity } from './medicine-warning.ts';
import {
  compileCondition,
  keyOfList,
  type ListedMedicine,
  type SafetyFacts,
  type Test,
} from './safety-condition.ts';
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

/** Tokens a medicine answers to; a compound is each of its ingredients too. */
const tokensOf = (medicine: Medicine): string[] => [
  '*',
  `@${medicine.code}`,
  ...Object.keys(medicine.components).map((one) => `@${one}`),
  ...medicine.classes,
];

/** A rule whose sides are all on a list, and the medicines it means. */
interface Hit {
  readonly rule: ReadyRule;
  readonly medicines: readonly string[];
}

const remembered = new Map<string, readonly Hit[]>();
const mostRemembered = 5000;

/** The rules a list can meet, whoever takes it; lists repeat from person to person. */
function hitsOf(list: readonly ListedMedicine[], key: string): readonly Hit[] {
  const known = remembered.get(key);
  if (known) return known;
  const hits = findHits(list.map((one) => one.medicine));
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(key, hits);
  return hits;
}

function findHits(list: readonly Medicine[]): Hit[] {
  const present = new Map<string, Medicine[]>();
  for (const medicine of list)
    for (const token of tokensOf(medicine)) {
      const held = present.get(token);
      if (held) held.push(medicine);
      else present.set(token, [medicine]);
    }
  const asked = new Set<ReadyRule>();
  for (const token of present.keys()) for (const rule of byFirstToken.get(token) ?? []) asked.add(rule);
  const at = (tokens: readonly string[]) => tokens.flatMap((token) => present.get(token) ?? []);
  return [...asked].flatMap((rule) => {
    const found = rule.sides.map(({ any, except }) => {
      const out = at(except);
      return at(any).filter((one) => !out.includes(one));
    });
    if (found.some((side) => side.length === 0)) return [];
    const distinct = [...new Set(found.flat())];
    // Two sides of one compound are its own business; two sides need two medicines.
    if (found.length > 1 && distinct.length < 2) return [];
    return [{ rule, medicines: distinct.map((one) => one.nameZh) }];
  });
}

/** What the interaction and contraindication rules say of a list for a person. */
export function findInteractions(
  list: readonly ListedMedicine[],
  facts: SafetyFacts,
  key = keyOfList(list),
): MedicineWarning[] {
  if (list.length === 0) return [];
  const warnings: MedicineWarning[] = [];
  for (const hit of hitsOf(list, key)) {
    const warning = warningOf(hit, list, facts);
    if (warning) warnings.push(warning);
  }
  return warnings;
}

function warningOf(
  { rule, medicines }: Hit,
  list: readonly ListedMedicine[],
  facts: SafetyFacts,
): MedicineWarning | undefined {
  const { row } = rule;
  const [ruleId, effect, action] = [row[0], row[4], row[5]];
  let needs: string[] | undefined;
  for (const { severity, test } of rule.levels) {
    const holding = test ? test(facts, list) : true;
    if (holding === true) return { ruleId, severity, medicines, effect, action, needs: needs ?? [] };
    if (holding === false) continue;
    needs ??= [];
    for (const one of holding.needs) if (!needs.includes(one)) needs.push(one);
  }
  if (!needs) return undefined;
  return {
    ruleId,
    severity: 'B',
    medicines,
    effect: `不能判断：${effect}`,
    action: `请补充${needs.join('、')}`,
    needs,
  };
}
