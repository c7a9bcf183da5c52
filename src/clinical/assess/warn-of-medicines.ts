import { goldGradeOf } from '../copd/grade-copd.ts';
import { listMedicineWarnings, type MedicineFacts } from '../medicines/check-medicines.ts';
import type { MedicineWarning } from '../medicines/medicine-warning.ts';
import type { Facts } from './read-facts.ts';

/** What speaks against the person's medicines, together and one by one; also asked of a list that is only planned. */
export function warnOfMedicines(facts: Facts, egfr: number | undefined): readonly MedicineWarning[] {
  return listMedicineWarnings(medicineFacts(facts, egfr));
}

function medicineFacts(facts: Facts, egfr: number | undefined): MedicineFacts {
  const { record, day } = facts;
  const [creatinine, before] = [facts.latest('creatinine'), facts.previous('creatinine')];
  const fev1 = facts.latest('fev1-percent-predicted');
  return {
    medicines: facts.medicines,
    conditions: facts.conditions,
    flags: flagsOf(facts),
    ageYears: facts.ageYears,
    sex: record.sex,
    pregnancy: record.sex === 'male' ? 'no' : record.pregnancy,
    egfr,
    potassium: facts.latest('potassium'),
    sodium: facts.latest('sodium'),
    creatinine,
    creatinineRisePercent:
      creatinine === undefined || before === undefined ? undefined : ((creatinine - before) / before) * 100,
    uricAcid: facts.latest('uric-acid'),
    heartRate: facts.latest('heart-rate'),
    sbp: facts.latest('sbp'),
    dbp: facts.latest('dbp'),
    goldGrade: fev1 === undefined ? undefined : goldGradeOf(fev1, day),
  };
}

/** Situations the medicine rules ask about that the record tells of. */
function flagsOf({ record, conditions }: Facts): readonly string[] {
  const more = [
    ...(record.smoker ? ['smoker'] : []),
    ...(conditions.includes('diabetic-foot') ? ['foot-ulcer'] : []),
  ];
  return record.safetyFlags ? [...record.safetyFlags, ...more] : more;
}
