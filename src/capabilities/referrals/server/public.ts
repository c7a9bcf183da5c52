export { readReceivingHouses } from './list-receivers.ts';
export { type CarriedReferral, readCarriedReferrals } from './read-for-phones.ts';
export { sendReferral } from './send-referral.ts';
export { takeStep } from './step-referral.ts';
