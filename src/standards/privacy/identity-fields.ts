import { type FormEdition, type FormField, fieldsOf, type PrivacyKind } from '#kernel/form-shape.ts';
import type { MaskedField } from '../reveal-purposes.ts';
import { identityAnswers, institutionAnswers, staffLists } from './identity-answers.ts';

const ofPattern: Readonly<Record<string, MaskedField>> = { phone: 'phone', 'identity-number': 'idNo' };
const ofLabel: readonly (readonly [RegExp, MaskedField])[] = [
  [/证件号|身份证|残疾证号/, 'idNo'],
  [/电话|手机/, 'phone'],
  [/户籍.*(?:住址|地址)/, 'registeredAddress'],
  [/住址|地址/, 'currentAddress'],
];
const ofPrivacy: Readonly<Record<PrivacyKind, MaskedField | undefined>> = {
  'identity-number': 'idNo',
  phone: 'phone',
  'contact-phone': 'contactPhone',
  address: 'currentAddress',
  'registered-address': 'registeredAddress',
  institution: undefined,
  none: undefined,
};

/**
 * Questions of an edition the program was not built with that ask for a person's number, telephone or address, with the field
 * under which the whole of it is asked for. A field says so itself; of one that says nothing its text shape tells, then its
 * label: a mask too many is lifted by saying so in the form, a number shown is not taken back.
 */
export function identityFieldsOf(edition: FormEdition): ReadonlyMap<string, MaskedField> {
  const found = new Map<string, MaskedField>();
  for (const field of fieldsOf(edition)) {
    if (staffLists.has(field.id)) continue;
    for (const one of field.kind === 'rows' ? field.columns : [field]) {
      const asked = fieldAskedFor(one);
      if (asked) found.set(one.id, asked);
    }
  }
  return found;
}

function fieldAskedFor(field: FormField): MaskedField | undefined {
  if (field.privacy) return ofPrivacy[field.privacy];
  const isKnown = Object.hasOwn(identityAnswers, field.id) || institutionAnswers.has(field.id);
  if (isKnown || !typed.has(field.kind)) return undefined;
  const shape = field.kind === 'text' && field.pattern ? ofPattern[field.pattern] : undefined;
  return shape ?? ofLabel.find(([label]) => label.test(field.label))?.[1];
}

/** What is typed freely; a number may be asked as digits. */
const typed: ReadonlySet<string> = new Set(['text', 'integer']);
