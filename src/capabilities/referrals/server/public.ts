export { sendReferral } from './send-referral.ts';
