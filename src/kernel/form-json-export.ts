import { describeAnswer } from './form-describe.ts';
import { type FormAnswers, type FormEdition, fieldsOf } from './form-shape.ts';

/** One answered line as other systems read it: the coded value and the words of the sheet. */
export interface JsonExportItem {
  readonly id: string;
  readonly no?: string;
  readonly label: string;
  readonly value: unknown;
  readonly text: string;
  readonly unit?: string;
  readonly dataElementId?: string;
}

/** A filled sheet that explains itself: which edition, every answer with its words, and what the edition does not know. */
export interface JsonExport {
  readonly form: string;
  readonly edition: string;
  readonly title: string;
  readonly dictVersion: string;
  readonly items: readonly JsonExportItem[];
  readonly unknown: FormAnswers;
}

/** A filled sheet for exchange; nothing of the answers is lost. */
export function toJsonExport(edition: FormEdition, answers: FormAnswers): JsonExport {
  const fields = fieldsOf(edition);
  const known = new Set(fields.map((field) => field.id));
  return {
    form: edition.form,
    edition: edition.edition,
    title: edition.title,
    dictVersion: edition.dictVersion,
    items: fields
      .filter((field) => answers[field.id] !== undefined)
      .map((field) => ({
        id: field.id,
        ...(field.no === undefined ? {} : { no: field.no }),
        label: field.label,
        value: answers[field.id],
        text: describeAnswer(field, answers[field.id]),
        ...(field.unit === undefined ? {} : { unit: field.unit }),
        ...(field.dataElementId === undefined ? {} : { dataElementId: field.dataElementId }),
      })),
    unknown: Object.fromEntries(Object.entries(answers).filter(([id]) => !known.has(id))),
  };
}

/** The answers of an exported sheet, as they were. */
export function fromJsonExport(exported: JsonExport): FormAnswers {
  return { ...Object.fromEntries(exported.items.map(({ id, value }) => [id, value])), ...exported.unknown };
}
