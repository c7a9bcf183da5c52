/**
 * Answers of forms that say who a person is or where to find them: identity numbers, telephones and detailed addresses.
 * They are sealed before they reach the database, in whatever form and at whatever depth they stand. A test holds the
 * list against every field of every form.
 */
export const sealedAnswers: ReadonlySet<string> = new Set([
  'idNo',
  'phone',
  'address',
  'currentAddress',
  'registeredAddress',
  'homeAddress',
  'liveAddress',
  'regAddress',
  'kinAddress',
  'inquestAddress',
  'contactPhone',
  'guardianPhone',
  'homePhone',
  'kinPhone',
  'inquestPhone',
]);

/** Fields that look alike but belong to an institution or to staff at work, which official papers print openly. */
export const openAnswers: ReadonlySet<string> = new Set([
  'orgAddress',
  'orgPhone',
  'doctorPhone',
  'fromPhone',
  'referralContact',
]);
