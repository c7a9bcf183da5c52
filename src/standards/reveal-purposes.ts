/** Fields of a record that are shown masked until somebody says what the whole value is for. */
export const maskedFields = ['idNo', 'phone', 'contactPhone', 'currentAddress', 'registeredAddress'] as const;
export type MaskedField = (typeof maskedFields)[number];

export const maskedFieldLabels: Readonly<Record<MaskedField, string>> = {
  idNo: '证件号码',
  phone: '本人电话',
  contactPhone: '联系人电话',
  currentAddress: '现住址',
  registeredAddress: '户籍地址',
};

/** What may be asked for: the masked fields, and the sensitive diagnoses wherever they stand. */
export const revealFields = [...maskedFields, 'sensitive'] as const;
export type RevealField = (typeof revealFields)[number];

export const revealFieldLabels: Readonly<Record<RevealField, string>> = {
  ...maskedFieldLabels,
  sensitive: '敏感诊断',
};

interface RevealPurposeRow {
  readonly label: string;
  /** What the purpose needs and no more. */
  readonly fields: readonly RevealField[];
}

/** What the whole of a masked value may be asked for; each purpose gives only the fields it needs. */
export const revealPurposes = {
  contact: { label: '随访联系', fields: ['phone', 'contactPhone', 'currentAddress'] },
  identity: { label: '核对身份', fields: ['idNo'] },
  treatment: { label: '诊疗', fields: ['sensitive'] },
  referral: { label: '转诊', fields: ['idNo', 'phone', 'contactPhone', 'currentAddress', 'sensitive'] },
  duplicate: { label: '判断是否同一人', fields: maskedFields },
  correction: { label: '更正档案', fields: revealFields },
  'fill-form': { label: '填写表单', fields: revealFields },
  print: { label: '打印', fields: revealFields },
} as const satisfies Readonly<Record<string, RevealPurposeRow>>;
export type RevealPurpose = keyof typeof revealPurposes;
export const revealPurposeCodes = Object.keys(revealPurposes) as [RevealPurpose, ...RevealPurpose[]];

/** The fields a purpose may ask for. */
export function fieldsFor(purpose: RevealPurpose): readonly RevealField[] {
  return revealPurposes[purpose].fields;
}
