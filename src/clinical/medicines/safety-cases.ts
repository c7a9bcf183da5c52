import type { RuleCase } from '../rule-definition.ts';
import type { MedicineFacts } from './check-medicines.ts';
import { findMedicine, medicines } from './formulary.ts';
import { numberNames } from './safety-condition.ts';
import type { SafetyRow } from './safety-tables.ts';
import { atomName } from './safety-words.ts';

/** Fields of the facts by the word the table uses. */
const keys: Readonly<Record<string, keyof MedicineFacts>> = {
  egfr: 'egfr',
  k: 'potassium',
  na: 'sodium',
  cr: 'creatinine',
  crRise: 'creatinineRisePercent',
  ua: 'uricAcid',
  age: 'ageYears',
  hr: 'heartRate',
  sbp: 'sbp',
  dbp: 'dbp',
  alt: 'altTimes',
  ck: 'ckTimes',
  plt: 'platelets',
  b12: 'b12',
  nyha: 'nyha',
  gold: 'goldGrade',
};

interface Comparison {
  readonly name: string;
  readonly sign: string;
  readonly limit: number;
}

const comparisonOf = (atom: string): Comparison | undefined => {
  const match = /^([a-zA-Z0-9]+?)(<=|>=|<|>)([\d.]+)$/.exec(atom);
  return match ? { name: match[1] ?? '', sign: match[2] ?? '', limit: Number(match[3]) } : undefined;
};

/** The smallest step in which a value is written. */
const stepOf = (name: string) => (['k', 'alt', 'ck', 'egfr'].includes(name) ? 0.1 : 1);
const tidy = (value: number) => Math.round(value * 10) / 10;
/** The nearest value at which a comparison holds, and at which it does not. */
const holding = ({ name, sign, limit }: Comparison) =>
  tidy(sign === '<' ? limit - stepOf(name) : sign === '>' ? limit + stepOf(name) : limit);
const silent = ({ name, sign, limit }: Comparison) =>
  tidy(sign === '<=' ? limit + stepOf(name) : sign === '>=' ? limit - stepOf(name) : limit);

const alternativesOf = (level: string) => {
  const [severity = '', ...rest] = level.split(':');
  const condition = rest.join(':');
  return {
    severity,
    alternatives: condition === '' ? [] : condition.split(',').map((one) => one.split('&')),
  };
};

/** A medicine of a side, none that a level speaks of by name if it can be helped. */
function pick(side: string, taken: readonly string[], named: readonly string[]): string {
  const tokens = side.split(',');
  const except = tokens.filter((one) => one.startsWith('!@')).map((one) => one.slice(2));
  const codes = tokens
    .filter((one) => !one.startsWith('!'))
    .flatMap((token) =>
      token === '*'
        ? ['amlodipine']
        : token.startsWith('@')
          ? [token.slice(1)]
          : medicines
              .filter((one) => (one.classes as readonly string[]).includes(token))
              .toSorted((a, b) => a.classes.length - b.classes.length)
              .map((one) => one.code),
    );
  const free = codes.filter((one) => !taken.includes(one) && !except.includes(one));
  const plain = free.find((one) => {
    const parts = Object.keys(findMedicine(one)?.components ?? {});
    return !named.includes(one) && !parts.some((part) => named.includes(part));
  });
  return plain ?? free[0] ?? '';
}

/**
 * Cases of a row: for every level and every alternative in it a person in whom it just speaks, and one in whom every
 * value stands just on the silent side. Expected is what the row says, never what the engine answered.
 */
export function safetyCases(row: SafetyRow): RuleCase<MedicineFacts>[] {
  const [, , sides, text] = row;
  const levels = text.split(';').map(alternativesOf);
  const atoms = levels.flatMap((one) => one.alternatives.flat());
  const named = atoms.flatMap((atom) => /^with:(.+)/.exec(atom)?.[1] ?? []);
  const doses = atoms.flatMap((atom) => {
    const [, code = '', limit = ''] = /^dose:([a-z-]+)>([\d.]+)$/.exec(atom) ?? [];
    const steroid = /^steroid>=([\d.]+)$/.exec(atom)?.[1];
    if (steroid) return [{ code: 'prednisone', limit: tidy(Number(steroid) - 0.1) }];
    return code === '' ? [] : [{ code, limit: Number(limit) }];
  });
  const leastDose = Math.min(...doses.map((one) => one.limit));
  const codes: string[] = [];
  for (const side of sides.split(';')) codes.push(pick(side, codes, named));
  const quiet: Record<string, unknown> = { conditions: [], flags: [], pregnancy: 'no' };
  for (const atom of atoms) {
    const comparison = comparisonOf(atom);
    const key = comparison && keys[comparison.name];
    if (!comparison || !key) continue;
    const [value, known] = [silent(comparison), quiet[key] as number | undefined];
    const low = comparison.sign.startsWith('<');
    quiet[key] = known === undefined ? value : low ? Math.max(known, value) : Math.min(known, value);
  }
  const factsWith = (alternative: readonly string[]): MedicineFacts => {
    const facts: Record<string, unknown> = { ...quiet };
    const list = [...codes];
    const [has, flags]: [string[], string[]] = [[], []];
    let dose = leastDose;
    for (const atom of alternative) {
      const [word = '', value = ''] = atom.split(':');
      const comparison = comparisonOf(atom);
      const key = comparison && keys[comparison.name];
      if (comparison && key) facts[key] = pinned(alternative, comparison.name);
      else if (word === 'has') has.push(value);
      else if (word === 'flag') flags.push(value);
      else if (word === 'preg') facts.pregnancy = 'pregnant';
      else if (word === 'lactating') facts.pregnancy = 'lactating';
      else if (word === 'with') {
        const other = findMedicine(value) ? value : pick(value, list, []);
        if (!list.includes(other)) list.push(other);
      } else if (word === 'dose') dose = Number(value.split('>')[1]) + 1;
      else if (word.startsWith('steroid>=')) dose = Number(word.slice(9));
    }
    const dosed = doses[0]?.code;
    return {
      ...facts,
      conditions: has,
      flags,
      medicines: list.map((code) => (code === dosed ? { code, dailyDose: dose } : { code })),
    } as unknown as MedicineFacts;
  };
  const always = levels.find((one) => one.alternatives.length === 0)?.severity ?? 'none';
  return [
    ...levels.flatMap(({ severity, alternatives }) =>
      (alternatives.length > 0 ? alternatives : [[]]).map((alternative) => {
        const given = factsWith(alternative);
        return { title: titleOf(given, alternative, severity), given, expect: { value: severity } };
      }),
    ),
    ...(atoms.length === 0
      ? []
      : [
          {
            title: titleOf(factsWith([]), [], always, quiet),
            given: factsWith([]),
            expect: { value: always },
          },
        ]),
    {
      title: '没有这些药：不提示',
      given: { ...factsWith([]), medicines: [] },
      expect: { value: 'none' },
    },
  ];
}

/** A value at which every comparison of that name in the alternative holds. */
function pinned(alternative: readonly string[], name: string): number {
  const all = alternative.flatMap((atom) => comparisonOf(atom) ?? []).filter((one) => one.name === name);
  const [first] = all.toSorted((a, b) => b.limit - a.limit);
  return first ? holding(first) : 0;
}

function titleOf(
  facts: MedicineFacts,
  alternative: readonly string[],
  severity: string,
  quiet?: Readonly<Record<string, unknown>>,
): string {
  const names = facts.medicines.map(({ code, dailyDose }) => {
    const name = findMedicine(code)?.nameZh ?? code;
    return dailyDose === undefined ? name : `${name}${dailyDose}毫克`;
  });
  const values = Object.entries(keys).flatMap(([word, key]) =>
    quiet && typeof quiet[key] === 'number' ? [`${numberNames[word] ?? word}${quiet[key]}`] : [],
  );
  const about = quiet ? [...values, '无所列情况'] : alternative.map(atomName);
  return `${names.join('+')}${about.length > 0 ? `，${about.join('且')}` : ''}：${severity === 'none' ? '不提示' : severity}`;
}
