/** What a consultation changes on the screens. */
export const refreshed = [
  'consultations',
  'consultation-counts',
  'resident-consultations',
  'records',
  'resident',
];
