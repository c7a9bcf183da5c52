import { type FormAnswers, type FormEdition, fieldsOf } from '#kernel/form-shape.ts';

/** What is known before a form is begun. */
export interface RecordStart {
  readonly person: {
    readonly name: string;
    readonly sex: string;
    readonly birthDate: string;
    readonly ageYears: number;
    readonly idNo: string | null;
    readonly phone: string | null;
    readonly archiveNo: string;
    readonly address?: string | undefined;
    readonly registeredAddress?: string | undefined;
  };
  readonly doctorName: string;
  readonly organizationName: string;
  readonly today: string;
  readonly dayField: string;
}

const doctorFields = [
  'doctorSign',
  'responsibleDoctor',
  'staff',
  'fromDoctor',
  'reportDoctor',
  'filledBy',
  'createdByStaff',
];
const organizationFields = ['fromOrg', 'reportOrg', 'createOrg', 'applyOrg', 'orgName', 'org'];
/** Days a form is signed on; those of a disease or a death are never guessed. */
const signedToday = ['signDate', 'fillDate', 'reportDate', 'filledDate'];
const happenedEarlier = ['death-certificate', 'tumour-card', 'cardiovascular-event-card'];

/** A form with what is already known of the person, doctor and day filled in; only fields it has, of the right kind. */
export function startRecord(edition: FormEdition, start: RecordStart): FormAnswers {
  const { person } = start;
  const known: Record<string, unknown> = {
    name: person.name,
    sex: person.sex,
    gender: person.sex,
    birthDate: person.birthDate,
    age: person.ageYears,
    ageYears: person.ageYears,
    idNo: person.idNo ?? undefined,
    phone: person.phone ?? undefined,
    archiveNo: person.archiveNo,
    address: person.address,
    homeAddress: person.address,
    currentAddress: person.address,
    liveAddress: person.address,
    registeredAddress: person.registeredAddress,
    resident: person.name,
    ...Object.fromEntries(doctorFields.map((id) => [id, start.doctorName])),
    ...Object.fromEntries(organizationFields.map((id) => [id, start.organizationName])),
    ...Object.fromEntries(signedToday.map((id) => [id, start.today])),
    ...(happenedEarlier.includes(edition.form) ? {} : { [start.dayField]: start.today }),
  };
  const fits = (field: ReturnType<typeof fieldsOf>[number], value: unknown) => {
    if (value === undefined) return false;
    if (field.kind === 'code') return field.options.some((option) => option.code === value);
    if (field.kind === 'integer' || field.kind === 'decimal') return typeof value === 'number';
    return ['text', 'date', 'partial-date', 'reference'].includes(field.kind) && typeof value === 'string';
  };
  return Object.fromEntries(
    fieldsOf(edition).flatMap((field) =>
      fits(field, known[field.id]) ? [[field.id, known[field.id]] as const] : [],
    ),
  );
}
