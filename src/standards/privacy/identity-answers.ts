import type { MaskedField } from '../reveal-purposes.ts';

/**
 * Answers and columns that hold a person's number, telephone or address, with the field under which the whole of it is
 * asked for. Every such question of every form stands here or among those that speak of an institution.
 */
export const identityAnswers: Readonly<Record<string, MaskedField>> = {
  idNo: 'idNo',
  disabilityCardNo: 'idNo',
  phone: 'phone',
  homePhone: 'phone',
  contactPhone: 'contactPhone',
  guardianPhone: 'contactPhone',
  kinPhone: 'contactPhone',
  inquestPhone: 'contactPhone',
  currentAddress: 'currentAddress',
  address: 'currentAddress',
  homeAddress: 'currentAddress',
  liveAddress: 'currentAddress',
  kinAddress: 'currentAddress',
  inquestAddress: 'currentAddress',
  registeredAddress: 'registeredAddress',
  regAddress: 'registeredAddress',
};

/** Telephones and addresses of institutions and staff: on paper so that people may call them. */
export const institutionAnswers: ReadonlySet<string> = new Set([
  'orgPhone',
  'orgAddress',
  'doctorPhone',
  'fromPhone',
  'referralContact',
]);

/** Lists of staff on a form: whose telephone is theirs to give. */
export const staffLists: ReadonlySet<string> = new Set(['members']);
