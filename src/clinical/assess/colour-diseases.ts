import type { Decision } from '#kernel/decision.ts';
import { type Colour, colourDiabetes, colourHypertension } from '../grading/grade-management.ts';
import { countRiskFactors } from '../hypertension/count-risk-factors.ts';
import { gradeHypertensionRisk } from '../hypertension/grade-hypertension-risk.ts';
import { gradePressure } from '../hypertension/grade-pressure.ts';
import { antihypertensiveClasses } from './medicine-groups.ts';
import type { Facts } from './read-facts.ts';

/** Where a person with hypertension stands: the stratum of risk and the colour of management. */
export interface HypertensionStanding {
  readonly risk: ReturnType<typeof gradeHypertensionRisk>;
  readonly colour: Decision<Colour>;
}

/** The risk stratum and the colour from what is known; each says what it still needs. */
export function standingOfHypertension(facts: Facts, egfr: number | undefined): HypertensionStanding {
  const { day, record, ageYears, conditions } = facts;
  const at = (kind: string) => facts.latest(kind);
  const pressure = { sbp: at('sbp'), dbp: at('dbp') };
  const modifiers = countRiskFactors(
    {
      sex: record.sex,
      ageYears,
      smoker: record.smoker,
      fpg: at('fasting-glucose'),
      totalCholesterol: at('total-cholesterol'),
      ldl: at('ldl'),
      hdl: at('hdl'),
      waistCm: at('waist'),
      bmi: at('bmi'),
      egfr,
      acr: at('acr'),
      familyEarlyCvd: record.familyHistory?.cvd,
      conditions,
    },
    day,
  );
  const risk = gradeHypertensionRisk(
    {
      ...pressure,
      treated: antihypertensiveClasses.some((one) => facts.classes.has(one)),
      modifiers: modifiers.kind === 'decided' ? modifiers.value : undefined,
    },
    day,
  );
  const grade = gradePressure(pressure, day);
  const control = facts.pressureControl('public-health');
  const colour = colourHypertension(
    {
      grade: grade.kind === 'decided' ? grade.value.category : undefined,
      risk: risk.kind === 'decided' && risk.value ? risk.value : undefined,
      atTarget: control.kind === 'decided' ? control.value === 'controlled' : undefined,
      consecutiveUncontrolled: uncontrolledRun(facts),
      monthsAtTarget: monthsControlled(facts),
      irregular: record.adherent === undefined ? undefined : !record.adherent,
    },
    day,
  );
  return { risk, colour };
}

/** The colour of diabetes from the last HbA1c and age. */
export function colourOfDiabetes(facts: Facts): Decision<Colour> {
  return colourDiabetes({ hba1c: facts.latest('hba1c'), ageYears: facts.ageYears }, facts.day);
}

function uncontrolledRun(facts: Facts): number {
  const classes = facts.visits.hypertension.map((one) => one.formClass);
  const first = classes.findIndex((one) => one !== 2 && one !== 3);
  return first === -1 ? classes.length : first;
}

function monthsControlled(facts: Facts): number {
  const visits = facts.visits.hypertension;
  const broken = visits.findIndex((one) => one.formClass !== 1);
  const since = broken === -1 ? visits.at(-1)?.on : visits[broken - 1]?.on;
  if (!since || broken === 0) return 0;
  const [from, to] = [since, facts.day].map((one) => Number(one.slice(0, 4)) * 12 + Number(one.slice(5, 7)));
  return Math.max(0, (to ?? 0) - (from ?? 0));
}
