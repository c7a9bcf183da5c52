/** What a doctor writes anew at a visit of someone whose high blood pressure is well controlled: the last sheet hands on the rest. */
const writtenAnew = {
  visitDate: '2026-11-24',
  visitMethod: '1',
  symptoms: ['1'],
  sbp: 132,
  dbp: 82,
  heartRate: 74,
  adr: '1',
  visitClass: '1',
  nextVisitDate: '2027-02-22',
  doctorSign: '王守义',
};

/** What one sheet hands on to the next: body, habits, how the patient keeps to them. */
export const handedOn = {
  height: 165,
  weight: 65,
  smokeNow: 0,
  smokeTarget: 0,
  alcoholNow: 0,
  alcoholTarget: 0,
  exTimesNow: 5,
  exMinNow: 30,
  exTimesTarget: 5,
  exMinTarget: 30,
  saltNow: '2',
  saltTarget: '1',
  psychology: '1',
  compliance: '1',
  adherence: '1',
};

/** A visit on top of what the last sheet hands on; body and smoking, which must be answered, also when it did not. */
export function visitAfter(last: Readonly<Record<string, unknown>>, more: Record<string, unknown> = {}) {
  const { height, weight, smokeNow } = handedOn;
  return { height, weight, smokeNow, ...last, ...writtenAnew, ...more };
}

/** A whole sheet of somebody with no sheet before. */
export const sampleVisit = (more: Record<string, unknown> = {}) => visitAfter(handedOn, more);
