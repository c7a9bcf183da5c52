import { type FormAnswers, type FormEdition, type FormField, fieldsOf } from '#kernel/form-shape.ts';

/** The places of an exam day; each enters only its own part of the sheet. */
export const stations = ['vitals', 'laboratory', 'ecg', 'ultrasound', 'doctor'] as const;
export type Station = (typeof stations)[number];

export const stationLabels: Readonly<Record<Station, string>> = {
  vitals: '身高体重血压',
  laboratory: '化验',
  ecg: '心电',
  ultrasound: 'B超',
  doctor: '医生',
};

const vitals = new Set(
  'temperature pulse respRate bpLeftSbp bpLeftDbp bpRightSbp bpRightDbp height weight waist bmi spo2'.split(
    ' ',
  ),
);
const electrocardiogram = new Set(['ecg']);
const imaging = new Set(['abdUltrasound', 'otherUltrasound', 'chestXray']);
const examinedByDoctor = ['papSmear', 'labOther'];
/** Written by the server when the sheet is finished. */
const header = new Set(['checkDate', 'responsibleDoctor']);

const placed = new WeakMap<FormEdition, ReadonlyMap<string, Station | undefined>>();

/** The station that enters a field; undefined for the day and the doctor, which the server knows. */
export function stationOf(edition: FormEdition, fieldId: string): Station | undefined {
  let places = placed.get(edition);
  if (!places) {
    // Once for each edition: a day's list asks this of every field of every person.
    places = new Map(fieldsOf(edition).map((field) => [field.id, placeOf(edition, field.id)]));
    placed.set(edition, places);
  }
  return places.get(fieldId);
}

function placeOf(edition: FormEdition, fieldId: string): Station | undefined {
  if (header.has(fieldId)) return undefined;
  if (vitals.has(fieldId)) return 'vitals';
  const own = (id: string) => fieldId === id || belongsTo(edition, id, fieldId);
  if (examinedByDoctor.some(own)) return 'doctor';
  const base = [...electrocardiogram, ...imaging].find(own);
  if (base !== undefined) return electrocardiogram.has(base) ? 'ecg' : 'ultrasound';
  const group = edition.groups.find((one) => one.fields.some((field) => field.id === fieldId));
  if (!group) return undefined;
  return group.id === 'laboratory' ? 'laboratory' : 'doctor';
}

/** Whether a field holds the words beside an option of another. */
function belongsTo(edition: FormEdition, id: string, textId: string): boolean {
  const field = fieldsOf(edition).find((one) => one.id === id);
  return field?.kind === 'code' && Object.values(field.needsText ?? {}).includes(textId);
}

/** The fields a station enters, in the order of the sheet. */
export function fieldsOfStation(edition: FormEdition, station: Station): readonly FormField[] {
  return fieldsOf(edition).filter((field) => stationOf(edition, field.id) === station);
}

/** The edition with only a station's fields, for its screen. */
export function editionOfStation(edition: FormEdition, station: Station): FormEdition {
  const mine = new Set(fieldsOfStation(edition, station).map((field) => field.id));
  return {
    ...edition,
    groups: edition.groups
      .map((group) => ({ ...group, fields: group.fields.filter((field) => mine.has(field.id)) }))
      .filter((group) => group.fields.length > 0),
  };
}

/** Fields of a patch that this station does not enter. */
export function foreignFields(edition: FormEdition, station: Station, patch: FormAnswers): string[] {
  return Object.keys(patch).filter((id) => stationOf(edition, id) !== station);
}
