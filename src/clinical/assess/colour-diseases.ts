import type { Decision } from '#kernel/decision.ts';
import { datePartsOf, type PlainDate } from '#kernel/plain-date.ts';
import { type Colour, colourDiabetes, colourHypertension } from '../grading/grade-management.ts';
import { countRiskFactors } from '../hypertension/count-risk-factors.ts';
import { gradeHypertensionRisk } from '../hypertension/grade-hypertension-risk.ts';
import { gradePressure } from '../hypertension/grade-pressure.ts';
import { latestGlucose } from './latest-glucose.ts';
import { antihypertensiveClasses, takesAny } from './medicine-groups.ts';
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
  const [sbp, dbp] = [at('sbp'), at('dbp')];
  const isTreated = takesAny(facts, antihypertensiveClasses);
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
      sbp,
      dbp,
      treated: isTreated,
      modifiers: modifiers.kind === 'decided' ? modifiers.value : undefined,
    },
    day,
  );
  const grade = gradePressure({ sbp: facts.current('sbp'), dbp: facts.current('dbp') }, day);
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

/** The colour of diabetes from the last HbA1c, age, and whether the newest glucose is too low. */
export function colourOfDiabetes(facts: Facts): Decision<Colour> {
  const glucose = latestGlucose(facts);
  return colourDiabetes({ hba1c: facts.current('hba1c'), ageYears: facts.ageYears, glucose }, facts.day);
}

function uncontrolledRun(facts: Facts): number {
  let run = 0;
  for (const { formClass } of facts.visits.hypertension) {
    if (formClass !== 2 && formClass !== 3) break;
    run++;
  }
  return run;
}

function monthsControlled(facts: Facts): number {
  let since: PlainDate | undefined;
  for (const { formClass, on } of facts.visits.hypertension) {
    if (formClass !== 1) break;
    since = on;
  }
  if (!since) return 0;
  const [from, to] = [datePartsOf(since), datePartsOf(facts.day)];
  return Math.max(0, (to.year - from.year) * 12 + to.month - from.month);
}
