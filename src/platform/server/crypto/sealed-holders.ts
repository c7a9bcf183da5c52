/**
 * What holds sealed values, each with the letter that names it in a sealed text; a letter is never used again for
 * another. A sealed value belongs to the id of its holder: a resident's to the resident, also in the versions of their
 * personal information, so that SQL may copy one into the other.
 */
export const sealedHolders = {
  resident: 'a',
  form_record: 'b',
  roster_import: 'c',
  contract: 'd',
  held_operation: 'e',
  person_conflict: 'f',
  operation: 'g',
  staff: 'h',
  referral_request: 'i',
  research_export: 'j',
  consultation: 'k',
} as const;
