export { findIdentityHolders } from './find-identity-holder.ts';
export { nameInitialsOf } from './name-initials.ts';
export { refuseDuplicateIdentity } from './refuse-duplicate-identity.ts';
export { type SummaryRow, summariseResident, summaryColumns } from './summarise-residents.ts';
export { insertImportedResident, insertResident, replacePersonalInformation } from './write-resident.ts';
