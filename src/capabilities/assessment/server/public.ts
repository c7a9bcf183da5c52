export { loadPatientRecord, loadPatientRecords } from './load-patient-record.ts';
export { type LastExaminations, readLastExaminations } from './read-examinations.ts';
