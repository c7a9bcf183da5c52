import type { FormAnswers } from '#kernel/form-shape.ts';

/** What belongs to one visit only and is asked anew each time. */
const askedEachTime = new Set([
  'visitDate',
  'symptoms',
  'symptomOther',
  'emergencySigns',
  'sbp',
  'dbp',
  'heartRate',
  'bmi',
  'bmiTarget',
  'labs',
  'adr',
  'adrText',
  'complication',
  'complicationText',
  'visitClass',
  'referralReason',
  'referralOrgDept',
  'nextVisitDate',
  'nextMeasure',
  'doctorSign',
  'remark',
  'visitStatus',
  'lostReason',
  'referralContact',
  'referralResult',
  'drugAdjust',
]);

/** Answers to take over from the last visit: habits, targets, weight and medicines; never a reading or a judgement. */
export function prefillFollowUp(last: FormAnswers): FormAnswers {
  return Object.fromEntries(Object.entries(last).filter(([id]) => !askedEachTime.has(id)));
}
