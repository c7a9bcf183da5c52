export { endResidentRecord, insertAttempt } from './change-status.ts';
export { keepRefusal } from './keep-refusal.ts';
