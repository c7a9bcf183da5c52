export { endResidentRecord } from './change-status.ts';
