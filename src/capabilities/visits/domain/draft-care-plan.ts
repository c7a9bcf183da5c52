import { assess } from '#clinical/assess/assess.ts';
import { filtrationOf } from '#clinical/assess/assess-risks.ts';
import type { PatientRecord } from '#clinical/assess/patient-record.ts';
import { type Facts, readFacts } from '#clinical/assess/read-facts.ts';
import { warnOfMedicines } from '#clinical/assess/warn-of-medicines.ts';
import { recheckDays } from '#clinical/hypertension/follow-up-parameters.ts';
import { prescribeLifestyle } from '#clinical/lifestyle/prescribe-lifestyle.ts';
import { proposeMonitoring } from '#clinical/lifestyle/propose-monitoring.ts';
import type { MedicineWarning } from '#clinical/medicines/medicine-warning.ts';
import { adviseConstitution, constitutionLabels } from '#clinical/tcm/judge-constitution.ts';
import { valueOn } from '#kernel/dated.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import { type CarePlanContent, medicinesForEngine, type PlannedMedicine } from './care-plan.ts';

const [labelLength, targetLength] = [40, 100];

/**
 * A first draft of the plan from the record and the rules: goals as the engine sets them, the six non-drug items, the
 * medicines as they are, what to watch, and the day to come again. Everything is the doctor's to change.
 */
export function draftCarePlan(
  record: PatientRecord,
  day: PlainDate,
  before:
    | { readonly medicines: readonly PlannedMedicine[]; readonly tcm: CarePlanContent['tcm'] }
    | undefined,
): CarePlanContent {
  const facts = readFacts(record, day);
  const assessment = assess(record, day);
  const lifestyle = prescribeLifestyle(
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
  );
  const medicines =
    before?.medicines ??
    record.medicines.map(({ name, dailyDose, unit }) => ({
      name,
      ...(dailyDose === undefined ? {} : { note: `现用每日 ${dailyDose} ${unit ?? 'mg'}` }),
    }));
  return {
    conditions: facts.conditions,
    goals: assessment.targets.flatMap((one) =>
      one.outcome === undefined
        ? []
        : [{ label: one.title.slice(0, labelLength), target: one.outcome.slice(0, targetLength) }],
    ),
    lifestyle,
    medicines,
    accepted: [],
    tcm: before?.tcm ?? draftTcm(facts),
    monitoring: proposeMonitoring(
      {
        conditions: facts.conditions,
        isChanging: before === undefined,
        regimen: facts.classes.size === 0 ? 'lifestyle' : 'oral',
      },
      day,
    ),
    nextOn: nextDay(assessment.plan?.on, day),
  };
}

/** Chinese medicine after the constitutions of the last questionnaire; empty without one. */
function draftTcm(facts: Facts): CarePlanContent['tcm'] {
  const { record, conditions, day } = facts;
  const advice = adviseConstitution(
    {
      constitutions: record.constitutions ?? [],
      diabetes: conditions.includes('type-2-diabetes'),
      bmi: facts.latest('bmi'),
    },
    day,
  );
  if (advice.kind === 'undecided') return { constitution: '', advice: '', techniques: [] };
  return {
    constitution: advice.value.map((one) => constitutionLabels[one.constitution]).join('、'),
    advice: advice.value.map((one) => `${one.food}；${one.living}；${one.point}。`).join(''),
    techniques: [],
  };
}

/** The joint day of the engine's plan, if it is still to come; else as soon as a recheck, as for a new treatment. */
function nextDay(planned: PlainDate | undefined, day: PlainDate): PlainDate {
  return planned !== undefined && planned > day ? planned : addDays(day, valueOn(recheckDays, day));
}

/** What speaks against a list of medicines that is only planned; the server asks the same before it keeps the plan. */
export function warnOfPlan(
  record: PatientRecord,
  planned: readonly PlannedMedicine[],
  day: PlainDate,
): { readonly warnings: readonly MedicineWarning[]; readonly unknown: readonly string[] } {
  const facts = readFacts({ ...record, medicines: medicinesForEngine(planned) }, day);
  return { warnings: warnOfMedicines(facts, filtrationOf(facts)), unknown: facts.unknownMedicines };
}
