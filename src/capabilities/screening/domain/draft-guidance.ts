import type { PatientRecord } from '#clinical/assess/patient-record.ts';
import { readFacts } from '#clinical/assess/read-facts.ts';
import { type LifestylePrescription, prescribeLifestyle } from '#clinical/lifestyle/prescribe-lifestyle.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { findReadingKind } from '#standards/measurements/reading-kinds.ts';

/** What one visit of a high-risk person looks at, whichever disease it is about: one line of the sheet each. */
const matters = [
  { label: '血压', kinds: ['sbp', 'dbp'] },
  { label: '血糖', kinds: ['fasting-glucose'] },
  { label: '血脂', kinds: ['total-cholesterol', 'ldl'] },
  { label: '体重', kinds: ['bmi', 'weight'] },
  { label: '腰围', kinds: ['waist'] },
] as const;

export interface Matter {
  readonly label: string;
  /** The latest value with its unit; undefined: nothing stands in the record. */
  readonly value: string | undefined;
  readonly on: PlainDate | undefined;
}

/** What a high-risk person takes home: what is known of each risk, and what to do without medicines. */
export interface HighRiskGuidance {
  readonly matters: readonly Matter[];
  readonly smoking: '吸烟' | '不吸烟' | undefined;
  readonly lifestyle: LifestylePrescription;
}

/**
 * Draws the guidance from the record. What is high-risk is not yet a disease: the items are those for everybody, with
 * what the diseases the person has add.
 */
export function draftGuidance(record: PatientRecord, day: PlainDate): HighRiskGuidance {
  const facts = readFacts(record, day);
  return {
    matters: matters.map(({ label, kinds }) => {
      const held = kinds.flatMap((kind) => {
        const value = facts.latest(kind);
        return value === undefined ? [] : [{ kind, value }];
      });
      const [first] = held;
      return { label, value: printMatter(label, held), on: first && facts.latestOn(first.kind) };
    }),
    smoking: record.smoker === undefined ? undefined : record.smoker ? '吸烟' : '不吸烟',
    lifestyle: prescribeLifestyle(
      {
        conditions: facts.conditions,
        sex: record.sex,
        ageYears: facts.ageYears,
        heightCm: facts.latest('height'),
        weightKg: facts.latest('weight'),
        waistCm: facts.latest('waist'),
        bmi: facts.latest('bmi'),
        smoker: record.smoker,
        sbp: facts.latest('sbp'),
        dbp: facts.latest('dbp'),
        glucose: facts.latest('fasting-glucose'),
        spo2: facts.latest('spo2'),
      },
      day,
    ),
  };
}

function printMatter(label: string, held: readonly { kind: string; value: number }[]): string | undefined {
  if (held.length === 0) return undefined;
  if (label === '血压') {
    const of = (kind: string) => held.find((one) => one.kind === kind)?.value ?? '—';
    return `${of('sbp')}/${of('dbp')} mmHg`;
  }
  return held
    .map(({ kind, value }) => {
      const known = findReadingKind(kind);
      return known ? `${known.label} ${value} ${known.shown}` : `体质指数 ${Math.round(value * 10) / 10}`;
    })
    .join('，');
}
