export { loadPatientRecord, loadPatientRecords } from './load-patient-record.ts';
