import { type Decision, decided, type RuleRef } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because } from '../answering.ts';
import { findMedicine, type Medicine } from './formulary.ts';
import { type MedicineClass, medicineClassLabels } from './medicine-classes.ts';
import { compileCondition, type ListedMedicine, type SafetyFacts, type Test } from './safety-condition.ts';
import { type SafetyRow, safetyRows } from './safety-tables.ts';

export type Severity = 'X' | 'D' | 'C' | 'B';

/** What a severity asks of the prescriber. */
export const severityLabels: Readonly<Record<Severity, string>> = {
  X: '禁用，必须更换',
  D: '避免，须医生说明理由',
  C: '监测或调整剂量',
  B: '告知',
};

export interface MedicineWarning {
  readonly ruleId: string;
  readonly severity: Severity;
  /** Chinese names of the medicines it is about. */
  readonly medicines: readonly string[];
  readonly effect: string;
  readonly action: string;
  /** Not known, and could make it worse. */
  readonly needs: readonly string[];
}

export interface MedicineOnList {
  readonly code: string;
  readonly dailyDose?: number | undefined;
}

export interface MedicineFacts extends SafetyFacts {
  /** What the person takes and what is proposed; codes the formulary does not know are left out by the caller. */
  readonly medicines: readonly MedicineOnList[];
}

const order: Readonly<Record<Severity, number>> = { X: 0, D: 1, C: 2, B: 3 };
/** Classes of which two at once are a duplicate. */
const single: readonly MedicineClass[] = [
  'ACEI',
  'ARB',
  'DHP',
  'NDHP',
  'THIAZ',
  'LOOP',
  'SU',
  'GLIN',
  'DPP4',
  'GLP1',
  'SGLT2',
  'TZD',
  'STATIN',
  'NSAID',
  'LABA',
  'LAMA',
  'ICS',
  'PPI',
];

const reference = (id: string): RuleRef => ({
  id,
  edition: 'OWN',
  clause: '药物安全规则（依据药品说明书与指南整理，待药师确认）',
  certainty: 'from-knowledge',
});

/**
 * Warnings on a list of medicines for a person, the gravest first: interactions, contraindications, duplicates, doses
 * above the highest. A rule that cannot be decided for want of a value is reported with what it needs, never passed over.
 * @source 各药品说明书与指南；待药师确认
 */
export function checkMedicines(facts: MedicineFacts, _day: PlainDate): Decision<readonly MedicineWarning[]> {
  const list = facts.medicines.flatMap(({ code, dailyDose }): ListedMedicine[] => {
    const medicine = findMedicine(code);
    return medicine ? [{ medicine, dailyDose }] : [];
  });
  const warnings = [...interactionsOf(list, facts), ...duplicatesOf(list), ...dosesOf(list, facts)].toSorted(
    (a, b) => order[a.severity] - order[b.severity] || a.ruleId.localeCompare(b.ruleId),
  );
  return decided(
    reference('MED'),
    warnings,
    warnings.map((one) => because(one.ruleId, `${one.medicines.join('、')}：${one.effect}；${one.action}。`)),
  );
}

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

function interactionsOf(list: readonly ListedMedicine[], facts: SafetyFacts): MedicineWarning[] {
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

function duplicatesOf(list: readonly ListedMedicine[]): MedicineWarning[] {
  const warnings: MedicineWarning[] = [];
  const warn = (medicines: readonly Medicine[], what: string) =>
    warnings.push({
      ruleId: 'MM-06',
      severity: 'D',
      medicines: medicines.map((one) => one.nameZh),
      effect: `${what}重复`,
      action: '只保留一种，核对总量',
      needs: [],
    });
  const all = list.map(({ medicine }) => medicine);
  const told = new Set<string>();
  const kinds = new Map<string, Medicine[]>();
  for (const medicine of all)
    for (const one of medicine.classes) {
      const kind = one === 'BB_S' || one === 'BB_NS' ? 'BB' : one;
      if (kind === 'BB' || single.includes(one)) kinds.set(kind, [...(kinds.get(kind) ?? []), medicine]);
    }
  for (const [kind, same] of kinds)
    if (same.length > 1) {
      warn(same, kind === 'BB' ? 'β受体阻滞剂' : medicineClassLabels[kind as MedicineClass]);
      told.add(
        same
          .map((one) => one.code)
          .toSorted()
          .join(),
      );
    }
  const ingredients = new Map<string, Medicine[]>();
  for (const medicine of all)
    for (const ingredient of Object.keys(medicine.components).length > 0
      ? Object.keys(medicine.components)
      : [medicine.code])
      ingredients.set(ingredient, [...(ingredients.get(ingredient) ?? []), medicine]);
  for (const [ingredient, same] of ingredients)
    if (
      same.length > 1 &&
      !told.has(
        same
          .map((one) => one.code)
          .toSorted()
          .join(),
      )
    )
      warn(same, findMedicine(ingredient)?.nameZh ?? ingredient);
  return warnings;
}

/** Digoxin of an older person: the most a day, mg, and from which age. */
const olderDigoxin = { fromAge: 65, maxDaily: 0.125 } as const;

function dosesOf(list: readonly ListedMedicine[], facts: SafetyFacts): MedicineWarning[] {
  const totals = new Map<string, { total: number; names: string[] }>();
  for (const { medicine, dailyDose } of list) {
    if (dailyDose === undefined) continue;
    const parts = Object.entries(medicine.components).filter(([, mg]) => mg > 0);
    for (const [ingredient, amount] of parts.length > 0
      ? parts.map(([name, mg]) => [name, mg * dailyDose] as const)
      : [[medicine.code, dailyDose] as const]) {
      const known = totals.get(ingredient) ?? { total: 0, names: [] };
      totals.set(ingredient, { total: known.total + amount, names: [...known.names, medicine.nameZh] });
    }
  }
  return [...totals].flatMap(([ingredient, { total, names }]) => {
    const medicine = findMedicine(ingredient);
    const isOlder = (facts.ageYears ?? 0) >= olderDigoxin.fromAge;
    const most = ingredient === 'digoxin' && isOlder ? olderDigoxin.maxDaily : medicine?.maxDaily;
    if (most === null || most === undefined || total <= most) return [];
    return [
      {
        ruleId: 'DOSE_MAX',
        severity: 'D' as const,
        medicines: names,
        effect: `${medicine?.nameZh ?? ingredient} 每日 ${Math.round(total * 1000) / 1000}，超过 ${most} ${medicine?.unit ?? ''}`,
        action: '核对剂量',
        needs: [],
      },
    ];
  });
}

export interface Polypharmacy {
  readonly ingredients: number;
  readonly flag: 'none' | 'yearly-review' | 'pharmacist';
}

/** Ingredients at once from which the list is reviewed yearly, and from which a pharmacist sees it. */
const many = { review: 5, pharmacist: 10, olderFrom: 75 } as const;

/** How many ingredients are taken together, compounds opened. Undecided without the age when it matters. @source 平台默认；临床药师用药整理 */
export function flagPolypharmacy(
  facts: Pick<MedicineFacts, 'medicines' | 'ageYears'>,
  _day: PlainDate,
): Decision<Polypharmacy> {
  const names = new Set(
    facts.medicines.flatMap(({ code }) => {
      const parts = Object.keys(findMedicine(code)?.components ?? {});
      return parts.length > 0 ? parts : [code];
    }),
  );
  const ingredients = names.size;
  const older = (facts.ageYears ?? 0) >= many.olderFrom;
  const flag =
    ingredients >= many.pharmacist || (older && ingredients >= many.review)
      ? 'pharmacist'
      : ingredients >= many.review
        ? 'yearly-review'
        : 'none';
  return decided(reference('MM-05'), { ingredients, flag }, [
    because(
      flag,
      `同时使用 ${ingredients} 种成分${flag === 'none' ? '' : flag === 'pharmacist' ? '，请药师整理用药' : '，每年整理一次用药'}。`,
    ),
  ]);
}
