export { openEnrollment } from './enroll-resident.ts';
