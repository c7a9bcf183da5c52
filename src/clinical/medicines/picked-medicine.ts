import { findMedicine, type Medicine } from './formulary.ts';

const plain = (text: string) => text.normalize('NFKC').replace(/\s/g, '');

/**
 * The medicine that was picked from the formulary. Its code counts while the name beside it is the name it was picked by;
 * once somebody wrote another name there, the name says what is taken and the code is nothing.
 */
export function pickedMedicine(name: string, code: unknown): Medicine | undefined {
  if (typeof code !== 'string') return undefined;
  const medicine = findMedicine(code);
  return medicine && plain(medicine.nameZh) === plain(name) ? medicine : undefined;
}
