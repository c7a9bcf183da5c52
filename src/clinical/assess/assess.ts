import type { PlainDate } from '#kernel/plain-date.ts';
import { checkMedicines } from '../medicines/check-medicines.ts';
import { adviseLifestyle } from './advise-lifestyle.ts';
import { suggestCare, visitItems } from './assess-care.ts';
import { assessPrograms, findEmergencies } from './assess-programs.ts';
import { assessRisks, assessTargets, filtrationOf } from './assess-risks.ts';
import type { Assessment } from './assessment.ts';
import { listTasks } from './list-tasks.ts';
import type { PatientRecord } from './patient-record.ts';
import { readFacts } from './read-facts.ts';

/**
 * Assesses a person on a day from their record, in the fixed order: what cannot be right, emergencies, both tracks of
 * every disease, goals, medicine safety, suggestions, what is due, risks, advice. An emergency stops the rest. The same
 * record and day give the same answer everywhere; no clock, no input or output; it never throws, whatever the record.
 * @source 平台默认：一次就诊的评估顺序
 */
export function assess(record: PatientRecord, day: PlainDate): Assessment {
  const facts = readFacts(record, day);
  const emergencies = findEmergencies(facts);
  const base = { day, ageYears: facts.ageYears, problems: facts.problems, emergencies };
  const nothing = {
    strata: [],
    targets: [],
    medicineWarnings: [],
    unknownMedicines: [],
    suggestions: [],
    tasks: [],
    advice: [],
  };
  if (emergencies.length > 0) return { ...base, ...nothing, programs: [] };
  const egfr = filtrationOf(facts);
  const medicines = checkMedicines(
    {
      medicines: facts.medicines,
      conditions: facts.conditions,
      ageYears: facts.ageYears,
      sex: record.sex,
      pregnancy: record.sex === 'male' ? 'no' : record.pregnancy,
      egfr,
      potassium: facts.latest('potassium'),
      sodium: facts.latest('sodium'),
      creatinine: facts.latest('creatinine'),
      heartRate: facts.latest('heart-rate'),
      sbp: facts.latest('sbp'),
      dbp: facts.latest('dbp'),
    },
    day,
  );
  const items = visitItems(facts);
  return {
    ...base,
    programs: assessPrograms(facts),
    targets: assessTargets(facts),
    medicineWarnings: medicines.kind === 'decided' ? medicines.value : [],
    unknownMedicines: facts.unknownMedicines,
    suggestions: [...suggestCare(facts, egfr), ...(items ? [items] : [])],
    tasks: listTasks(facts),
    strata: assessRisks(facts, egfr),
    advice: adviseLifestyle(facts, egfr),
  };
}
