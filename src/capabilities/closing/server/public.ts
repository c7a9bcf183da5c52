export { endResidentRecord, insertAttempt } from './change-status.ts';
export { keepRefusal } from './keep-refusal.ts';
export { readStandingRefusals, type StandingRefusal } from './standing-refusals.ts';
