import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renalDoses } from '#clinical/diabetes/diabetes-parameters.ts';
import { findMedicine } from '#clinical/medicines/formulary.ts';
import { formularyRows } from '#clinical/medicines/formulary-tables.ts';
import { pickedMedicine } from '#clinical/medicines/picked-medicine.ts';
import { doseIsSetBy, doseSetBy, usualRegimen, usualRegimens } from '#clinical/medicines/usual-regimens.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { exceptionsOf, lackingAt, placesDownTo } from './availability.ts';
import { builtInFormulary, printUsual, readFormulary } from './formulary-entry.ts';
import { searchMedicines } from './search-medicines.ts';

const day = plainDate('2026-11-26');
const none = new Set<string>();
const found = (typed: string, lacking: ReadonlySet<string> = none) =>
  searchMedicines(builtInFormulary, typed, lacking).map((one) => one.entry.code);

describe('finding a medicine', () => {
  it('takes initials in either case, a piece of the name, and the name on the box', () => {
    expect(found('ALDP')).toEqual(found('aldp'));
    expect(found('aldp')[0]).toBe('amlodipine');
    expect(found('aldp')).toContain('levamlodipine');
    expect(found('xbdp').slice(0, 3)).toEqual(['nifedipine-ir', 'nifedipine-sr', 'nifedipine-gits']);
    expect(found('氨氯')[0]).toBe('amlodipine');
    expect(found('缬沙坦')[0]).toBe('valsartan');
    expect(found('苯磺酸氨氯地平片')[0]).toBe('amlodipine');
    expect(found('北京降压0号')).toEqual(['reserpine-triamterene-hctz-dihydralazine']);
    expect(found('bjjy0')).toEqual(['reserpine-triamterene-hctz-dihydralazine']);
    expect(found('30R')).toEqual(['human-premix-30-70']);
    expect(found(' ')).toEqual([]);
    expect(found('没有这个药')).toEqual([]);
  });

  it('puts what the place lacks last and still offers it', () => {
    const hits = searchMedicines(builtInFormulary, 'aldp', new Set(['amlodipine']));
    expect(hits[0]?.entry.code).not.toBe('amlodipine');
    expect(hits.at(-1)).toMatchObject({ entry: { code: 'amlodipine' }, isLacking: true });
  });

  it('finds every medicine by its name and by its initials, whatever the place lacks', () => {
    for (const { code, name, initials } of builtInFormulary) {
      expect(found(name), name).toContain(code);
      expect(found(initials.split(' ')[0] ?? '', new Set([code])), name).toContain(code);
    }
  });

  it('reads the first published edition, which came as rows, as well as what is published now', () => {
    expect(readFormulary(JSON.parse(JSON.stringify(formularyRows)))).toEqual(builtInFormulary);
    expect(readFormulary(JSON.parse(JSON.stringify(builtInFormulary)))).toEqual(builtInFormulary);
    expect(readFormulary({})).toBeUndefined();
  });
});

describe('the usual way to take it', () => {
  it('is the guideline’s start where there is one, else ours, else nothing', () => {
    expect(usualRegimen('amlodipine', 'mg', day)).toEqual({ dosePerTime: 5, timesPerDay: 1, doseUnit: 'mg' });
    expect(usualRegimen('reserpine-cpd', 'tab', day)).toMatchObject({ doseUnit: '片' });
    expect(usualRegimen('metformin-ir', 'mg', day)).toMatchObject({ dosePerTime: 500, timesPerDay: 2 });
    expect(usualRegimen('insulin-glargine', 'U', day)).toBeUndefined();
    expect(usualRegimen('constructor', 'mg', day)).toBeUndefined();
  });

  it('is left open where the kidneys or a slow rise decide, and says by what it is set', () => {
    for (const [code, by] of [
      ['finerenone', 'eGFR 和血钾'],
      ['sitagliptin', 'eGFR'],
      ['allopurinol', 'eGFR，从小量加起'],
      ['ivabradine', '心率和年龄'],
    ] as const)
      expect([usualRegimen(code, 'mg', day), doseIsSetBy(code, day)], code).toEqual([undefined, by]);
    expect(doseIsSetBy('amlodipine', day)).toBeUndefined();
    expect(doseIsSetBy('constructor', day)).toBeUndefined();
  });

  it('is never given where the steps of the kidneys tell different doses', () => {
    for (const [code, steps] of Object.entries(renalDoses.rows[0].value)) {
      const doses = new Set(
        steps.flatMap((step) => /^[\d.]+毫克.*?(?:一次|两次|天)/.exec(step.advice)?.[0] ?? []),
      );
      if (doses.size > 1) expect(usualRegimen(code, 'mg', day), code).toBeUndefined();
    }
  });

  it('is refused by name only for medicines of the formulary', () => {
    for (const code of Object.keys(doseSetBy.rows[0].value))
      expect(
        builtInFormulary.some((one) => one.code === code),
        code,
      ).toBe(true);
  });

  it('never proposes more than the highest daily dose, and fits the sheet', () => {
    for (const { code, unit } of builtInFormulary) {
      const usual = usualRegimen(code, unit, day);
      if (!usual) continue;
      const most = findMedicine(code)?.maxDaily;
      if (most && usual.doseUnit === unit)
        expect(usual.dosePerTime * usual.timesPerDay, code).toBeLessThanOrEqual(most);
      expect(usual.timesPerDay).toBeGreaterThan(0);
      expect(usual.timesPerDay).toBeLessThanOrEqual(6);
      expect(Number(usual.dosePerTime.toFixed(3))).toBe(usual.dosePerTime);
    }
    for (const code of Object.keys(usualRegimens.rows[0].value))
      expect(
        builtInFormulary.some((one) => one.code === code),
        code,
      ).toBe(true);
  });

  it('is printed as the label says it', () => {
    const printed = (code: string) => printUsual(builtInFormulary.find((one) => one.code === code) as never);
    expect(printed('amlodipine')).toBe('常用2.5–10 mg，每日 1 次');
    expect(printed('reserpine-cpd')).toBe('常用1–3 片，每日 1–3 次');
    expect(printed('dulaglutide')).toBe('常用0.75–1.5 每周，每周一次');
  });
});

it('a picked code counts beside the name it was picked by, and not beside another', () => {
  expect(pickedMedicine('硝苯地平（普通片）', 'nifedipine-ir')?.code).toBe('nifedipine-ir');
  expect(pickedMedicine('硝苯地平 (普通片)', 'nifedipine-ir')?.code).toBe('nifedipine-ir');
  expect(pickedMedicine('二甲双胍', 'nifedipine-ir')).toBeUndefined();
  expect(pickedMedicine('硝苯地平（普通片）', 'of-another-edition')).toBeUndefined();
  expect(pickedMedicine('硝苯地平（普通片）', undefined)).toBeUndefined();
});

describe('what a place has', () => {
  const [county, town, clinic] = placesDownTo('/999999/101/201/');

  it('follows the place above where it says nothing itself', () => {
    expect([county, town, clinic]).toEqual(['/999999/', '/999999/101/', '/999999/101/201/']);
    const places = {
      '/999999/': { has: [], lacks: ['a', 'b'] },
      '/999999/101/': { has: ['a'], lacks: ['c'] },
    };
    expect([...lackingAt({ places }, '/999999/101/201/')]).toEqual(['b', 'c']);
    expect([...lackingAt({ places }, '/999999/102/')]).toEqual(['a', 'b']);
    expect([...lackingAt(undefined, clinic)]).toEqual([]);
    expect([...lackingAt({ places }, undefined)]).toEqual([]);
  });

  it('comes out as it was chosen, whatever the place above lacks', () => {
    const codes = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'));
    fc.assert(
      fc.property(codes, codes, (above, chosen) => {
        const places = {
          '/9/': exceptionsOf(new Set(), new Set(above)),
          '/9/1/': exceptionsOf(new Set(above), new Set(chosen)),
        };
        expect([...lackingAt({ places }, '/9/1/')].toSorted()).toEqual(chosen.toSorted());
      }),
    );
  });
});
