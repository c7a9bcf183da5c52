import { parameter, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, type RuleRef } from '#kernel/decision.ts';
import { inOrder } from '#kernel/in-order.ts';
import { type PlainDate, plainDate } from '#kernel/plain-date.ts';
import { because } from '../answering.ts';
import { findDuplicates, findExcessDoses } from './find-duplicates.ts';
import { findInteractions } from './find-interactions.ts';
import { findMedicine } from './formulary.ts';
import type { MedicineWarning, Severity } from './medicine-warning.ts';
import { keyOfList, type ListedMedicine, type SafetyFacts } from './safety-condition.ts';

export interface MedicineOnList {
  readonly code: string;
  readonly dailyDose?: number | undefined;
}

export interface MedicineFacts extends SafetyFacts {
  /** What the person takes and what is proposed; codes the formulary does not know are left out by the caller. */
  readonly medicines: readonly MedicineOnList[];
}

const order: Readonly<Record<Severity, number>> = { X: 0, D: 1, C: 2, B: 3 };

const reference = (id: string): RuleRef => ({
  id,
  edition: 'OWN',
  clause: '药物安全规则（依据药品说明书与指南整理，待药师确认）',
  certainty: 'from-knowledge',
});
const [safetyRule, countRule] = [reference('MED'), reference('MM-05')];

/** The same warnings without a word on each among the reasons; they say it themselves. */
export function listMedicineWarnings(facts: MedicineFacts): readonly MedicineWarning[] {
  const list: ListedMedicine[] = [];
  for (const { code, dailyDose } of facts.medicines) {
    const medicine = findMedicine(code);
    if (medicine) list.push({ medicine, dailyDose });
  }
  const key = keyOfList(list);
  const warnings = findInteractions(list, facts, key);
  for (const one of findDuplicates(list, key)) warnings.push(one);
  for (const one of findExcessDoses(list, facts)) warnings.push(one);
  return inOrder(warnings, byGravity);
}

const byGravity = (a: MedicineWarning, b: MedicineWarning) =>
  order[a.severity] - order[b.severity] || (a.ruleId < b.ruleId ? -1 : a.ruleId > b.ruleId ? 1 : 0);

/**
 * Warnings on a list of medicines for a person, the gravest first: interactions, contraindications, duplicates, doses
 * above the highest. A rule that cannot be decided for want of a value is reported with what it needs, never passed over.
 * @source 各药品说明书与指南；待药师确认
 */
export function checkMedicines(facts: MedicineFacts, _day: PlainDate): Decision<readonly MedicineWarning[]> {
  const warnings = listMedicineWarnings(facts);
  return decided(
    safetyRule,
    warnings,
    warnings.map((one) => because(one.ruleId, `${one.medicines.join('、')}：${one.effect}；${one.action}。`)),
  );
}

export interface Polypharmacy {
  readonly ingredients: number;
  readonly flag: 'none' | 'yearly-review' | 'pharmacist';
}

export const polypharmacyLimits = parameter({
  id: 'MM-05.limits',
  label: '用药成分数：每年整理、药师整理；高龄起点',
  rows: [
    {
      from: plainDate('2025-01-01'),
      source: 'OWN',
      certainty: 'own-default',
      clause: '平台默认：用药整理',
      value: { review: 5, pharmacist: 10, olderFrom: 75 },
    },
  ],
});

/** How many ingredients are taken together, compounds opened. Undecided without the age when it matters. @source 平台默认；临床药师用药整理 */
export function flagPolypharmacy(
  facts: Pick<MedicineFacts, 'medicines' | 'ageYears'>,
  day: PlainDate,
): Decision<Polypharmacy> {
  const many = valueOn(polypharmacyLimits, day);
  const names = new Set<string>();
  for (const { code } of facts.medicines)
    for (const part of findMedicine(code)?.ingredients ?? [code]) names.add(part);
  const ingredients = names.size;
  const older = (facts.ageYears ?? 0) >= many.olderFrom;
  const flag =
    ingredients >= many.pharmacist || (older && ingredients >= many.review)
      ? 'pharmacist'
      : ingredients >= many.review
        ? 'yearly-review'
        : 'none';
  return decided(countRule, { ingredients, flag }, [
    because(
      flag,
      `同时使用 ${ingredients} 种成分${flag === 'none' ? '' : flag === 'pharmacist' ? '，请药师整理用药' : '，每年整理一次用药'}。`,
    ),
  ]);
}
