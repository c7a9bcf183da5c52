import type { CheckupFacts } from '#clinical/checkup/checkup-facts.ts';
import type { Condition } from '#clinical/conditions.ts';
import { type FormAnswers, type FormEdition, fieldsOf } from '#kernel/form-shape.ts';

/** Who the sheet is about, as far as its rules ask. */
export interface CheckupPerson {
  readonly sex: string;
  readonly ageYears: number;
  readonly programs: readonly ('hypertension' | 'type-2-diabetes' | 'copd')[];
}

const examinations = [
  ['ecg', '心电图'],
  ['abdUltrasound', '腹部B超'],
  ['otherUltrasound', '其他B超'],
  ['chestXray', '胸部X线片'],
  ['papSmear', '宫颈涂片'],
  ['fundus', '眼底'],
] as const;
const strips = [
  ['uProtein', '尿蛋白'],
  ['uGlucose', '尿糖'],
  ['uKetone', '尿酮体'],
  ['uBlood', '尿潜血'],
] as const;

/** Reads a filled or half-filled sheet into what the rules ask; what is not filled in stays unknown. */
export function readCheckupFacts(
  edition: FormEdition,
  answers: FormAnswers,
  person: CheckupPerson,
): CheckupFacts {
  const number = (id: string) => (typeof answers[id] === 'number' ? (answers[id] as number) : undefined);
  const code = (id: string) => (typeof answers[id] === 'string' ? (answers[id] as string) : undefined);
  const is = (id: string, ...codes: string[]) => {
    const given = code(id);
    return given === undefined ? undefined : codes.includes(given);
  };
  const chosen = (id: string) => (Array.isArray(answers[id]) ? (answers[id] as string[]) : undefined);
  const higher = (['Left', 'Right'] as const)
    .flatMap((side) => {
      const [sbp, dbp] = [number(`bp${side}Sbp`), number(`bp${side}Dbp`)];
      return sbp === undefined || dbp === undefined ? [] : [{ sbp, dbp }];
    })
    .toSorted((a, b) => b.sbp - a.sbp)[0];
  const dependence = code('elderSelfCare');
  return {
    sex: person.sex === '1' ? 'male' : person.sex === '2' ? 'female' : undefined,
    ageYears: person.ageYears,
    known: [...person.programs] satisfies Condition[],
    sbp: higher?.sbp,
    dbp: higher?.dbp,
    bmi: number('bmi'),
    heightCm: number('height'),
    waistCm: number('waist'),
    spo2: number('spo2'),
    fpg: number('fpg'),
    hba1c: number('hba1c'),
    totalCholesterol: number('tc'),
    triglycerides: number('tg'),
    ldl: number('ldl'),
    hdl: number('hdl'),
    creatinine: number('creatinine'),
    laboratory: Object.fromEntries(
      (['hb', 'wbc', 'plt', 'alt', 'ast', 'albumin', 'tbil', 'urea', 'potassium', 'sodium'] as const).map(
        (id) => [id, number(id)],
      ),
    ),
    urinePositive: strips.flatMap(([id, name]) => (isPositive(code(id)) ? [name] : [])),
    abnormalExaminations: examinations.flatMap(([id, name]) =>
      is(id, '2') ? [{ id, name, seen: wordsBeside(edition, id, answers) }] : [],
    ),
    absoluteArrhythmia: is('heartRhythm', '3'),
    stoolBlood: is('fobt', '2'),
    hepatitisB: is('hbsag', '2'),
    footPulseWeak: is('dorsalisPedis', '1', '3', '4'),
    legSwelling: is('legEdema', '2', '3', '4'),
    dependence: dependence === undefined ? undefined : (Number(dependence) as 1 | 2 | 3 | 4),
    cognitionPositive: is('elderCognition', '2'),
    moodPositive: is('elderEmotion', '2'),
    hearingPoor: is('hearing', '2'),
    movementPoor: is('motor', '2'),
    smokes: is('smokeStatus', '3'),
    drinksOften: is('drinkFreq', '3', '4'),
    dietUnbalanced: chosen('dietHabits')?.some((one) => one !== '1'),
    exercisesLittle: is('exerciseFreq', '3', '4'),
  };
}

/** `+` to `++++` are positive; `-`, `±` and a number with its unit are for the doctor to read. */
function isPositive(strip: string | undefined): boolean {
  return strip !== undefined && /^[+＋]|^阳/.test(strip.trim());
}

function wordsBeside(edition: FormEdition, id: string, answers: FormAnswers): string {
  const field = fieldsOf(edition).find((one) => one.id === id);
  const textId = field?.kind === 'code' ? Object.values(field.needsText ?? {})[0] : undefined;
  const text = textId === undefined ? undefined : answers[textId];
  return typeof text === 'string' ? text : '';
}
