import { findMedicine, type Medicine } from './formulary.ts';
import { type MedicineClass, medicineClassLabels } from './medicine-classes.ts';
import type { MedicineWarning } from './medicine-warning.ts';
import { keyOfList, type ListedMedicine, type SafetyFacts } from './safety-condition.ts';

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
export function findDuplicates(
  list: readonly ListedMedicine[],
  key = keyOfList(list),
): readonly MedicineWarning[] {
  if (list.length < 2) return [];
  const known = remembered.get(key);
  if (known) return known;
  const found = duplicatesOf(list.map((one) => one.medicine));
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(key, found);
  return found;
}

/** Lists repeat from person to person. */
const remembered = new Map<string, readonly MedicineWarning[]>();
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
    for (const ingredient of medicine.ingredients)
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
  const totals: Total[] = [];
  for (const { medicine, dailyDose } of list) {
    if (dailyDose === undefined) continue;
    let isCompound = false;
    for (const ingredient of medicine.ingredients) {
      const amount = medicine.components[ingredient] ?? 0;
      if (amount === 0) continue;
      isCompound = true;
      addTo(totals, ingredient, amount * dailyDose, medicine.nameZh);
    }
    if (!isCompound) addTo(totals, medicine.code, dailyDose, medicine.nameZh);
  }
  const warnings: MedicineWarning[] = [];
  const isOlder = (facts.ageYears ?? 0) >= olderDigoxin.fromAge;
  for (const { ingredient, total, names } of totals) {
    const medicine = findMedicine(ingredient);
    const most = ingredient === 'digoxin' && isOlder ? olderDigoxin.maxDaily : medicine?.maxDaily;
    if (most === null || most === undefined || total <= most) continue;
    warnings.push({
      ruleId: 'DOSE_MAX',
      severity: 'D',
      medicines: names,
      effect: `${medicine?.nameZh ?? ingredient} 每日 ${Math.round(total * 1000) / 1000}，超过 ${most} ${medicine?.unit ?? ''}`,
      action: '核对剂量',
      needs: [],
    });
  }
  return warnings;
}

/** What is taken of an ingredient a day, and in which medicines. */
interface Total {
  readonly ingredient: string;
  total: number;
  readonly names: string[];
}

function addTo(totals: Total[], ingredient: string, amount: number, name: string): void {
  const known = totals.find((one) => one.ingredient === ingredient);
  if (!known) totals.push({ ingredient, total: amount, names: [name] });
  else {
    known.total += amount;
    known.names.push(name);
  }
}
