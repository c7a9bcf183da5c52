export { bringDeliveriesUpToDate } from './bring-deliveries-up-to-date.ts';
export { contractOnDay, hasNotRunOut } from './contract-on-day.ts';
export { bringSigningCountsUpToDate } from './count-signing.ts';
