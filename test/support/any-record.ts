import fc from 'fast-check';
import { plausibleReadings } from '#clinical/assess/plausible-readings.ts';
import { type Condition, conditionLabels } from '#clinical/conditions.ts';
import { medicines } from '#clinical/medicines/formulary.ts';
import { addDays, type PlainDate, plainDate } from '#kernel/plain-date.ts';

const kinds = Object.entries(plausibleReadings.rows[0].value);

/** Any record a county could send: believable, half empty, contradicting, or plainly wrong. For tests. */
export function anyRecord(day: PlainDate) {
  const lately = (from: number, to = 0) =>
    fc.integer({ min: from, max: to }).map((ahead) => addDays(day, ahead));
  const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
  const believable = fc.constantFrom(...kinds).chain(([kind, { min, max }]) =>
    fc.record({
      kind: fc.constant(kind),
      value: fc.double({ min, max, noNaN: true }).map((one) => Math.round(one * 10) / 10),
      on: lately(-1800),
      context: fc.constantFrom('office', 'home', null),
    }),
  );
  const wrong = fc.record({
    kind: fc.constantFrom('sbp', 'fasting-glucose', 'height', 'creatinine', 'unknown', 'constructor'),
    value: fc.oneof(fc.double(), fc.constantFrom(0, -1, 1e9)),
    unit: fc.constantFrom(undefined, 'mg/dL', '斤', 'm'),
    on: fc.oneof(lately(-40000, 400), fc.constant(plainDate('1899-01-01'))),
  });
  return fc.record({
    birthDate: maybe(
      fc.constantFrom(
        plainDate('1899-01-01'),
        plainDate('1938-12-31'),
        plainDate('1956-02-29'),
        plainDate('1990-07-07'),
        plainDate('2030-01-01'),
      ),
    ),
    sex: maybe(fc.constantFrom('male' as const, 'female' as const)),
    conditions: fc.subarray(Object.keys(conditionLabels) as Condition[], { maxLength: 8 }),
    programs: fc
      .subarray(['hypertension', 'type-2-diabetes', 'copd'] as const)
      .chain((list) =>
        fc.tuple(
          ...list.map((program) =>
            fc.record({ program: fc.constant(program), diagnosedOn: maybe(lately(-20000, 100)) }),
          ),
        ),
      ),
    measurements: fc.array(fc.oneof({ weight: 5, arbitrary: believable }, { weight: 1, arbitrary: wrong }), {
      maxLength: 60,
    }),
    visits: fc.array(
      fc.record({
        program: fc.constantFrom('hypertension' as const, 'type-2-diabetes' as const, 'copd' as const),
        on: lately(-900),
        formClass: maybe(fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const)),
      }),
      { maxLength: 10 },
    ),
    medicines: fc.array(
      fc.record({
        name: fc.constantFrom('不认识的药', ...medicines.map((one) => one.nameZh)),
        dailyDose: maybe(fc.double({ min: -5, max: 4000, noNaN: true })),
        suppliedTo: maybe(lately(-60, 60)),
      }),
      { maxLength: 8 },
    ),
    smoker: maybe(fc.boolean()),
    pregnancy: maybe(
      fc.constantFrom('no' as const, 'planning' as const, 'pregnant' as const, 'lactating' as const),
    ),
    adherent: maybe(fc.boolean()),
    adverseReaction: maybe(fc.boolean()),
    openReferrals: maybe(fc.array(lately(-60), { maxLength: 2 })),
    dangerSigns: maybe(fc.constantFrom({ hypertension: [] }, { copd: ['意识改变'] })),
  });
}
