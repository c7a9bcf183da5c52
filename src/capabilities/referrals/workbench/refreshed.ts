/** What a step changes on the screens. */
export const refreshed = [
  'referrals',
  'referral-counts',
  'resident-referrals',
  'visit',
  'centre',
  'reception',
];
