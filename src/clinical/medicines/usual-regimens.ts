import { parameter, valueOn } from '#kernel/dated.ts';
import { type PlainDate, plainDate } from '#kernel/plain-date.ts';
import { antihypertensiveDoses } from './antihypertensive-doses.ts';

/** Usual dose each time and times a day, in the formulary's unit unless another is named. */
type RegimenRow = readonly [perDose: number, times: number, unit?: string];

/**
 * What a new prescription of a medicine outside the table of the pressure-lowering ones mostly begins with. A medicine whose
 * dose hangs on the person, the strength or the indication is not here: nothing is proposed for it.
 */
export const usualRegimens = parameter<Readonly<Record<string, RegimenRow>>>({
  id: 'MED-USUAL.table',
  label: '表4以外药物的常用起始用法（每次剂量、每日次数），选药时预填，由医生核对',
  unit: 'mg，另注明者除外',
  rows: [
    {
      from: plainDate('2025-01-01'),
      source: 'OWN',
      certainty: 'from-knowledge',
      clause: '各药品说明书的常用起始用法；待药师确认',
      value: {
        aliskiren: [150, 1],
        azilsartan: [20, 1],
        verapamil: [80, 3],
        diltiazem: [30, 3],
        nimodipine: [30, 3],
        furosemide: [20, 1],
        torasemide: [10, 1],
        propranolol: [10, 3],
        terazosin: [1, 1],
        urapidil: [30, 2],
        'telmisartan-amlodipine': [1, 1],
        'amiloride-2-5-hctz-25': [1, 1],
        'enalapril-folic-acid-10-0-8': [1, 1],
        'metformin-ir': [500, 2],
        'metformin-er': [500, 1],
        glibenclamide: [2.5, 1],
        glipizide: [2.5, 1],
        gliquidone: [15, 2],
        glimepiride: [1, 1],
        repaglinide: [0.5, 3],
        nateglinide: [120, 3],
        acarbose: [50, 3],
        voglibose: [0.2, 3],
        miglitol: [50, 3],
        pioglitazone: [15, 1],
        rosiglitazone: [4, 1],
        linagliptin: [5, 1],
        canagliflozin: [100, 1],
        empagliflozin: [10, 1],
        henagliflozin: [5, 1],
        atorvastatin: [10, 1],
        rosuvastatin: [5, 1],
        fluvastatin: [40, 1],
        lovastatin: [20, 1],
        ezetimibe: [10, 1],
        gemfibrozil: [600, 2],
        probucol: [500, 2],
        xuezhikang: [0.6, 2],
        salmeterol: [50, 2],
        indacaterol: [150, 1],
        umeclidinium: [62.5, 1],
        'budesonide-formoterol': [1, 2, '吸'],
        'salmeterol-fluticasone': [1, 2, '吸'],
        'umeclidinium-vilanterol': [1, 1, '吸'],
        'indacaterol-glycopyrronium': [1, 1, '吸'],
        'budesonide-glycopyrronium-formoterol': [2, 2, '吸'],
        'ff-umeclidinium-vilanterol': [1, 1, '吸'],
        'theophylline-sr': [100, 2],
        aminophylline: [100, 3],
        doxofylline: [200, 2],
        montelukast: [10, 1],
        roflumilast: [250, 1],
        ambroxol: [30, 3],
        acetylcysteine: [600, 1],
        carbocisteine: [500, 3],
        aspirin: [100, 1],
        clopidogrel: [75, 1],
        ticagrelor: [90, 2],
        cilostazol: [50, 2],
        'isosorbide-mononitrate': [20, 2],
        'isosorbide-dinitrate': [5, 3],
        febuxostat: [20, 1],
        benzbromarone: [25, 1],
      },
    },
  ],
});

/**
 * Medicines whose beginning hangs on the kidneys, the potassium, the pulse or the strength: no dose is proposed, and the
 * sheet says what it is set by. Proposed by the last eGFR known it would pass for checked, and a phone often knows none.
 */
export const doseSetBy = parameter<Readonly<Record<string, string>>>({
  id: 'MED-USUAL.set-by',
  label: '不预填剂量的药：剂量按什么定',
  rows: [
    {
      from: plainDate('2025-01-01'),
      source: 'OWN',
      certainty: 'from-knowledge',
      clause: '各药品说明书的肾功能不全用法与起始滴定；待药师确认',
      value: {
        finerenone: 'eGFR 和血钾',
        spironolactone: 'eGFR 和血钾',
        eplerenone: 'eGFR 和血钾',
        sitagliptin: 'eGFR',
        vildagliptin: 'eGFR',
        saxagliptin: 'eGFR',
        alogliptin: 'eGFR',
        dapagliflozin: '用途（降糖、心衰或肾病）和 eGFR',
        bezafibrate: 'eGFR',
        pitavastatin: 'eGFR',
        pravastatin: 'eGFR',
        simvastatin: 'eGFR',
        digoxin: 'eGFR、年龄和血药浓度',
        allopurinol: 'eGFR，从小量加起',
        trimetazidine: 'eGFR',
        ivabradine: '心率和年龄',
        doxazosin: '剂型（普通片从小量加起）',
      },
    },
  ],
});

/** What the dose of a medicine is set by, where none is proposed because of it. */
export const doseIsSetBy = (code: string, day: PlainDate): string | undefined =>
  own(valueOn(doseSetBy, day), code);

/** A dose to begin a row with; the doctor looks at it and changes what the person takes otherwise. */
export interface UsualRegimen {
  readonly dosePerTime: number;
  readonly timesPerDay: number;
  /** As a sheet writes it. */
  readonly doseUnit: string;
}

/** The usual way to take a medicine of the formulary, whose unit is given; undefined where it depends on the person. */
export function usualRegimen(code: string, unit: string, day: PlainDate): UsualRegimen | undefined {
  if (doseIsSetBy(code, day) !== undefined) return undefined;
  const start = own(valueOn(antihypertensiveDoses, day), code);
  const printed = unit === 'tab' ? '片' : unit;
  if (start) {
    const [, , , , dosePerTime, timesPerDay] = start;
    return { dosePerTime, timesPerDay, doseUnit: printed };
  }
  const usual = own(valueOn(usualRegimens, day), code);
  return usual && { dosePerTime: usual[0], timesPerDay: usual[1], doseUnit: usual[2] ?? printed };
}

/** A code comes from outside: `constructor` is none. */
const own = <T>(rows: Readonly<Record<string, T>>, code: string): T | undefined =>
  Object.hasOwn(rows, code) ? rows[code] : undefined;
