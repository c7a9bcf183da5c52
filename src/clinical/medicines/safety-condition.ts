import type { Conditions } from '../conditions.ts';
import type { Medicine } from './formulary.ts';

/** Situations the rules ask about that are no diagnosis: fasting, falls, dry cough… */
export type SafetyFlag = string;

/** What is known of the person for medicine safety; an absent number is not known. */
export interface SafetyFacts {
  readonly conditions: Conditions;
  readonly flags?: readonly SafetyFlag[] | undefined;
  readonly ageYears?: number | undefined;
  readonly sex?: 'male' | 'female' | undefined;
  /** planning counts as pregnant; lactating does not. */
  readonly pregnancy?: 'no' | 'planning' | 'pregnant' | 'lactating' | undefined;
  /** mL/min/1.73 m². */
  readonly egfr?: number | undefined;
  readonly potassium?: number | undefined;
  readonly sodium?: number | undefined;
  /** µmol/L and % over the value before. */
  readonly creatinine?: number | undefined;
  readonly creatinineRisePercent?: number | undefined;
  readonly uricAcid?: number | undefined;
  readonly heartRate?: number | undefined;
  readonly sbp?: number | undefined;
  readonly dbp?: number | undefined;
  /** Multiples of the upper limit of normal. */
  readonly altTimes?: number | undefined;
  readonly ckTimes?: number | undefined;
  readonly platelets?: number | undefined;
  readonly b12?: number | undefined;
  readonly nyha?: number | undefined;
  readonly goldGrade?: number | undefined;
}

/** A medicine on the list, with its daily dose in the formulary's unit when known. */
export interface ListedMedicine {
  readonly medicine: Medicine;
  readonly dailyDose?: number | undefined;
}

/** What tells one list of medicines from another, doses aside. */
export function keyOfList(list: readonly ListedMedicine[]): string {
  let key = '';
  for (const { medicine } of list) key += `${medicine.code} `;
  return key;
}

const numbers: Readonly<Record<string, { readonly of: keyof SafetyFacts; readonly name: string }>> = {
  egfr: { of: 'egfr', name: '肾小球滤过率' },
  k: { of: 'potassium', name: '血钾' },
  na: { of: 'sodium', name: '血钠' },
  cr: { of: 'creatinine', name: '血肌酐' },
  crRise: { of: 'creatinineRisePercent', name: '肌酐变化' },
  ua: { of: 'uricAcid', name: '尿酸' },
  age: { of: 'ageYears', name: '年龄' },
  hr: { of: 'heartRate', name: '心率' },
  sbp: { of: 'sbp', name: '收缩压' },
  dbp: { of: 'dbp', name: '舒张压' },
  alt: { of: 'altTimes', name: '转氨酶' },
  ck: { of: 'ckTimes', name: '肌酸激酶' },
  plt: { of: 'platelets', name: '血小板' },
  b12: { of: 'b12', name: '维生素B12' },
  nyha: { of: 'nyha', name: '心功能分级' },
  gold: { of: 'goldGrade', name: '慢阻肺分级' },
};

/** Chinese names of the values a rule compares, by the word the table uses. */
export const numberNames: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(numbers).map(([word, { name }]) => [word, name]),
);

/** Holds, does not hold, or the names of what would have to be known. */
export type Holding = true | false | { readonly needs: readonly string[] };

/** Ages between which pregnancy has to be asked of a woman. */
const fertile = { from: 15, to: 55 } as const;

/** A condition of a rule made ready to be asked. */
export type Test = (facts: SafetyFacts, list: readonly ListedMedicine[]) => Holding;

/** Reads one condition of a rule once; asking it is three-valued: an unknown number is never "no". */
export function compileCondition(expression: string): Test {
  const parts = expression.split(',').map((part) => allOf(part.split('&').map(compileAtom)));
  const [only] = parts;
  return only && parts.length === 1 ? only : anyOf(parts);
}

/** Puts a condition to the facts. */
export function holds(expression: string, facts: SafetyFacts, list: readonly ListedMedicine[]): Holding {
  return compileCondition(expression)(facts, list);
}

/** Holds when one does; else needs what would decide the open ones. */
function anyOf(tests: readonly Test[]): Test {
  return (facts, list) => {
    let needs: string[] | undefined;
    for (const test of tests) {
      const holding = test(facts, list);
      if (holding === true) return true;
      if (holding !== false) needs = [...(needs ?? []), ...holding.needs];
    }
    return needs ? { needs } : false;
  };
}

/** Fails when one does; else needs what would decide the open ones. */
function allOf(tests: readonly Test[]): Test {
  return (facts, list) => {
    let needs: string[] | undefined;
    for (const test of tests) {
      const holding = test(facts, list);
      if (holding === false) return false;
      if (holding !== true) needs = [...(needs ?? []), ...holding.needs];
    }
    return needs ? { needs } : true;
  };
}

function compileAtom(atom: string): Test {
  const [word = '', value = ''] = atom.split(':');
  switch (word) {
    case 'has':
      return (facts) => facts.conditions.includes(value as Conditions[number]);
    case 'flag':
      return (facts) => facts.flags?.includes(value) ?? false;
    case 'with':
      return (_facts, list) =>
        list.some(
          ({ medicine }) =>
            medicine.code === value ||
            value in medicine.components ||
            (medicine.classes as readonly string[]).includes(value),
        );
    case 'without':
      return (_facts, list) =>
        !list.some(({ medicine }) => (medicine.classes as readonly string[]).includes(value));
    case 'preg':
      return asksOfPregnancy(['pregnant', 'planning'], '是否妊娠或备孕');
    case 'lactating':
      return asksOfPregnancy(['lactating'], '是否哺乳');
    case 'dose':
      return (_facts, list) => doseHolds(value, list);
    default: {
      const steroid = /^steroid>=([\d.]+)$/.exec(atom)?.[1];
      return steroid ? (_facts, list) => steroidHolds(Number(steroid), list) : compileComparison(atom);
    }
  }
}

function asksOfPregnancy(states: readonly string[], question: string): Test {
  const unknown: Holding = { needs: [question] };
  return ({ pregnancy, sex, ageYears }) => {
    if (pregnancy !== undefined) return states.includes(pregnancy);
    const mayBe =
      sex !== 'male' && (ageYears === undefined || (ageYears >= fertile.from && ageYears <= fertile.to));
    return mayBe ? unknown : false;
  };
}

function doseHolds(value: string, list: readonly ListedMedicine[]): Holding {
  const [code = '', limit = ''] = value.split('>');
  const found = list.find(({ medicine }) => medicine.code === code);
  if (!found) return false;
  return found.dailyDose === undefined
    ? { needs: [`${found.medicine.nameZh}的剂量`] }
    : found.dailyDose > Number(limit);
}

/** Milligrams of each glucocorticoid that do what 5 mg of prednisone do. */
const fiveOfPrednisone: Readonly<Record<string, number>> = {
  prednisone: 5,
  prednisolone: 5,
  methylprednisolone: 4,
  hydrocortisone: 20,
  dexamethasone: 0.75,
};

/** Whether the glucocorticoids taken together reach a daily dose, in milligrams of prednisone. */
function steroidHolds(limit: number, list: readonly ListedMedicine[]): Holding {
  let [total, unknown]: [number, string[]] = [0, []];
  for (const { medicine, dailyDose } of list) {
    const same = fiveOfPrednisone[medicine.code];
    if (same === undefined) continue;
    if (dailyDose === undefined) unknown = [...unknown, `${medicine.nameZh}的剂量`];
    else total += (dailyDose * 5) / same;
  }
  return total >= limit ? true : unknown.length > 0 ? { needs: unknown } : false;
}

function compileComparison(atom: string): Test {
  const match = /^([a-zA-Z0-9]+?)(<=|>=|<|>)([\d.]+)$/.exec(atom);
  const known = match && numbers[match[1] ?? ''];
  if (!match || !known) throw new RangeError(`not a condition: ${atom}`);
  const limit = Number(match[3]);
  const sign = match[2];
  const unknown: Holding = { needs: [known.name] };
  return (facts) => {
    const value = facts[known.of];
    if (typeof value !== 'number') return unknown;
    if (sign === '<') return value < limit;
    if (sign === '<=') return value <= limit;
    return sign === '>' ? value > limit : value >= limit;
  };
}
