import { unopened } from '#platform/server/crypto/field-seals.ts';
import { type MaskedField, maskedFields } from '#standards/reveal-purposes.ts';
import { maskAddress, maskIdNo, maskPhone } from '../domain/mask-identity.ts';

type Answers = Readonly<Record<string, unknown>>;
const masks: Readonly<Record<MaskedField, (value: string) => string | null>> = {
  idNo: maskIdNo,
  phone: maskPhone,
  contactPhone: maskPhone,
  currentAddress: maskAddress,
  registeredAddress: maskAddress,
};

/** Personal information as it is shown before anybody says what the whole is for. */
export function maskAnswers(answers: Answers): Record<string, unknown> {
  const shown: Record<string, unknown> = { ...answers };
  for (const field of maskedFields) {
    const value = answers[field];
    // What did not open is no secret, and has to be seen for what it is.
    if (typeof value === 'string' && value !== unopened) shown[field] = masks[field](value);
  }
  return shown;
}
