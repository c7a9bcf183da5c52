export { drawSummary, type ReferralSummary } from './draw-summary.ts';
export { readReceivingHouses } from './list-receivers.ts';
export { inHouse, inOwnHouse } from './own-house.ts';
export { type CarriedReferral, readCarriedReferrals } from './read-for-phones.ts';
export { daysAfter, sendReferral } from './send-referral.ts';
export { takeStep } from './step-referral.ts';
export { among, stepsFrom, toldPerson } from './two-ends.ts';
