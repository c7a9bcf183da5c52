export { bringDeliveriesUpToDate } from './bring-deliveries-up-to-date.ts';
export { bringSigningCountsUpToDate } from './count-signing.ts';
export { readStandingContract, type StandingContract } from './read-contracts.ts';
