export { findIdentityHolders } from './find-identity-holder.ts';
export { nameInitialsOf } from './name-initials.ts';
export { type SummaryRow, summariseResident } from './summarise-residents.ts';
export { insertImportedResident } from './write-resident.ts';
