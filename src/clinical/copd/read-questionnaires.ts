import type { CopdPsFacts, CopdSqFacts } from './find-copd-cases.ts';

type Answers = Readonly<Record<string, unknown>>;

/** The lower end of each printed band stands for it: the points are the same over the band. */
const sqAges: Readonly<Record<string, number>> = { '1': 40, '2': 50, '3': 60, '4': 70 };
const psAges: Readonly<Record<string, number>> = { '1': 35, '2': 50, '3': 60, '4': 70 };
const packYears: Readonly<Record<string, number>> = { '1': 0, '2': 15, '3': 30 };
const bodyMass: Readonly<Record<string, number>> = { '1': 0, '2': 18.5, '3': 24, '4': 28 };
const dyspnoea: Readonly<Record<string, 0 | 1 | 2>> = { '1': 0, '2': 1, '3': 2 };

const chosen = <T>(table: Readonly<Record<string, T>>, answer: unknown): T | undefined =>
  typeof answer === 'string' ? table[answer] : undefined;
const yes = (answer: unknown) => (answer === '1' ? true : answer === '2' ? false : undefined);

/** The facts of a COPD-SQ sheet; what was not answered stays unknown. @source 慢阻肺筛查问卷（COPD-SQ） */
export function readCopdSq(answers: Answers): CopdSqFacts {
  return {
    ageYears: chosen(sqAges, answers.ageBand),
    packYears: chosen(packYears, answers.packYears),
    bmi: chosen(bodyMass, answers.bmiBand),
    cough: yes(answers.cough),
    dyspnoea: chosen(dyspnoea, answers.breathless),
    biomass: yes(answers.biomass),
    familyHistory: yes(answers.familyHistory),
  };
}

const points = (...scores: readonly number[]) =>
  Object.fromEntries(scores.map((score, index) => [String(index + 1), score]));
const breathless = points(0, 0, 1, 2, 2);
const sputum = points(0, 0, 1, 1, 2);
const lessActive = points(0, 0, 0, 1, 2);

/** The facts of a COPD-PS sheet with the points of its items. @source 慢阻肺人群筛查问卷（COPD-PS） */
export function readCopdPs(answers: Answers): CopdPsFacts {
  const smoked = answers.smoked100;
  return {
    ageYears: chosen(psAges, answers.ageBand),
    breathless: chosen(breathless, answers.breathless),
    sputum: chosen(sputum, answers.sputum),
    lessActive: chosen(lessActive, answers.lessActive),
    smoked100: smoked === '2' ? true : smoked === '1' || smoked === '3' ? false : undefined,
  };
}

/** The band of an age on the COPD-SQ or COPD-PS sheet; undefined where the sheet does not apply. */
export function bandOfAge(form: 'copd-sq' | 'copd-ps', ageYears: number): string | undefined {
  const bands = Object.entries(form === 'copd-sq' ? sqAges : psAges);
  return bands.findLast(([, from]) => ageYears >= from)?.[0];
}
