import { findMedicine, type Medicine } from './formulary.ts';
import { type MedicineClass, medicineClassLabels } from './medicine-classes.ts';
import type { MedicineWarning } from './medicine-warning.ts';
import type { ListedMedicine, SafetyFacts } from './safety-condition.ts';

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

/** The same ingredient or class twice, compounds opened. */
export function findDuplicates(list: readonly ListedMedicine[]): MedicineWarning[] {
  if (list.length < 2) return [];
  let key = '';
  for (const { medicine } of list) key += `${medicine.code} `;
  const known = remembered.get(key);
  if (known) return known.length === 0 ? [] : [...known];
  const found = duplicatesOf(list.map((one) => one.medicine));
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(key, found);
  return found;
}

/** Lists repeat from person to person. */
const remembered = new Map<string, MedicineWarning[]>();
const mostRemembered = 5000;

function duplicatesOf(all: readonly Medicine[]): MedicineWarning[] {
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

/** Ingredients whose doses together exceed the highest of the label. */
export function findExcessDoses(list: readonly ListedMedicine[], facts: SafetyFacts): MedicineWarning[] {
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
