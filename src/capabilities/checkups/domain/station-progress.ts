import { measureCompleteness } from '#kernel/form-completeness.ts';
import { type FormSubject, meets } from '#kernel/form-condition.ts';
import { describeCondition } from '#kernel/form-condition-text.ts';
import { type FormAnswers, type FormEdition, fieldsOf } from '#kernel/form-shape.ts';
import { type Station, stationOf, stations } from './stations.ts';

/** How far a person is at a station: required items, those filled, and the open ones. */
export interface StationProgress {
  readonly station: Station;
  readonly required: number;
  readonly filled: number;
  readonly missing: string[];
}

/** Items the doctor's conclusion writes when the sheet is finished. */
const atTheEnd = new Set(['evaluation', 'guidance', 'riskControl']);

/** Progress at each station over the union of the person's groups; the conclusion at the end is not counted. */
export function progressOf(
  edition: FormEdition,
  answers: FormAnswers,
  subject: FormSubject,
): StationProgress[] {
  const { missing } = measureCompleteness(edition, answers, subject);
  const required = requiredFields(edition, answers, subject);
  return stations.map((station) => {
    const mine = (id: string) => stationOf(edition, id) === station && !atTheEnd.has(id);
    const open = missing.filter(mine);
    const all = required.filter(mine);
    return { station, required: all.length, filled: all.length - open.length, missing: open };
  });
}

function requiredFields(edition: FormEdition, answers: FormAnswers, subject: FormSubject): string[] {
  return fieldsOf(edition)
    .filter(
      (field) =>
        (field.visible === undefined || meets(field.visible, answers, subject)) &&
        (field.required === 'always' ||
          (field.required !== 'optional' && meets(field.required, answers, subject))),
    )
    .map((field) => field.id);
}

/** Why an item is required of a person: of everybody, or by which of the sheet's conditions. */
export function whyRequired(edition: FormEdition, fieldId: string): string | undefined {
  const fields = fieldsOf(edition);
  const field = fields.find((one) => one.id === fieldId);
  if (!field || field.required === 'optional') return undefined;
  return field.required === 'always' ? '所有体检者' : describeCondition(field.required, fields);
}
