export { endResidentRecord, insertAttempt } from './change-status.ts';
