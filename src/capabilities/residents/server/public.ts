export { findIdentityHolder, findIdentityHolders, type IdentityHolder } from './find-identity-holder.ts';
export { nameInitialsOf } from './name-initials.ts';
export { readPlacesBelow } from './read-places-below.ts';
export { refuseDuplicateIdentity } from './refuse-duplicate-identity.ts';
export {
  identityIndex,
  idNoIndex,
  indexesOf,
  sealResident,
} from './seal-resident.ts';
export { type SummaryRow, summariseResident, summaryColumns } from './summarise-residents.ts';
export { insertImportedResident, insertResident, replacePersonalInformation } from './write-resident.ts';
