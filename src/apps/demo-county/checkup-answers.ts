import type { FormAnswers } from '#kernel/form-shape.ts';

/** What makes one checkup differ from another; everything else on the sheet is unremarkable. */
export interface CheckupDraw {
  readonly sbp: number;
  readonly dbp: number;
  readonly height: number;
  readonly weight: number;
  readonly waist: number;
  readonly fpg: number;
  readonly ldl: number;
  readonly hb: number;
  readonly creatinine: number;
  readonly smokes: boolean;
}

/** The part of a sheet each station enters, complete for every group of people. */
export function stationAnswers(
  draw: CheckupDraw,
): Record<'vitals' | 'laboratory' | 'ecg' | 'ultrasound' | 'doctor', FormAnswers> {
  return {
    vitals: {
      temperature: 36.5,
      pulse: 72,
      respRate: 18,
      bpLeftSbp: draw.sbp - 4,
      bpLeftDbp: draw.dbp - 2,
      bpRightSbp: draw.sbp,
      bpRightDbp: draw.dbp,
      height: draw.height,
      weight: draw.weight,
      waist: draw.waist,
      spo2: 97,
    },
    laboratory: {
      hb: draw.hb,
      wbc: 6.2,
      plt: 210,
      uProtein: '-',
      uGlucose: '-',
      uKetone: '-',
      uBlood: '-',
      fpg: draw.fpg,
      alt: 22,
      ast: 24,
      tbil: 12,
      creatinine: draw.creatinine,
      urea: 5.4,
      tc: Math.round((draw.ldl + 1.9) * 100) / 100,
      tg: 1.2,
      ldl: draw.ldl,
      hdl: 1.3,
    },
    ecg: { ecg: '1' },
    ultrasound: { abdUltrasound: '1' },
    doctor: {
      symptoms: ['1'],
      elderSelfHealth: '2',
      elderSelfCare: '1',
      elderCognition: '1',
      elderEmotion: '1',
      exerciseFreq: '1',
      exerciseMinutes: 30,
      exerciseYears: 5,
      exerciseWay: '散步',
      dietHabits: ['1'],
      ...(draw.smokes ? { smokeStatus: '3', cigarettesPerDay: 10, smokeStartAge: 20 } : { smokeStatus: '1' }),
      drinkFreq: '1',
      occHazard: '1',
      lips: '1',
      teeth: ['1'],
      pharynx: '1',
      visionLeft: 4.8,
      visionRight: 4.8,
      hearing: '1',
      motor: '1',
      skin: '1',
      sclera: '1',
      lymph: '1',
      barrelChest: '1',
      breathSound: '1',
      rales: '1',
      heartRate: 72,
      heartRhythm: '1',
      heartMurmur: '1',
      abdTender: '1',
      abdMass: '1',
      liverEnlarged: '1',
      spleenEnlarged: '1',
      shiftingDullness: '1',
      legEdema: '1',
      dorsalisPedis: '2',
      probCerebro: ['1'],
      probKidney: ['1'],
      probHeart: ['1'],
      probVessel: ['1'],
      probEye: ['1'],
      probNeuro: '1',
      probOther: '1',
    },
  };
}

/** An unremarkable draw, for tests and as a middle for the demo county. */
export const ordinaryDraw: CheckupDraw = {
  sbp: 116,
  dbp: 74,
  height: 165,
  weight: 60,
  waist: 78,
  fpg: 5.2,
  ldl: 2.6,
  hb: 135,
  creatinine: 70,
  smokes: false,
};
