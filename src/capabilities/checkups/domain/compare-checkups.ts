import { listNoticeable } from '#kernel/form-attention.ts';
import type { FormSubject } from '#kernel/form-condition.ts';
import { describeAnswer } from '#kernel/form-describe.ts';
import { type FormAnswers, type FormEdition, fieldsOf } from '#kernel/form-shape.ts';

/** One line of two checkups side by side. */
export interface ComparedLine {
  readonly id: string;
  readonly label: string;
  readonly group: string;
  readonly before: string;
  readonly now: string;
  readonly changed: boolean;
  /** Now minus before, for numbers on both sides. */
  readonly difference?: number | undefined;
  readonly abnormal: boolean;
  readonly wasAbnormal: boolean;
}

/** Codes of the sheet that mean nothing remarkable was seen. */
const unremarkable: Readonly<Record<string, readonly string[]>> = {
  symptoms: ['1'],
  dorsalisPedis: ['2'],
  dietHabits: ['1'],
  exerciseFreq: ['1', '2'],
  smokeStatus: ['1', '2'],
  drinkFreq: ['1', '2'],
  drunkInYear: ['2'],
  elderSelfHealth: ['1', '2', '3'],
};
const neverAbnormal = new Set(
  'evaluation guidance riskControl alcoholQuit drinkTypes fpgEnteredUnit checkDate responsibleDoctor'.split(
    ' ',
  ),
);

/** Two checkups line by line in the order of the sheet; lines empty on both sides are left out. */
export function compareCheckups(
  edition: FormEdition,
  before: FormAnswers,
  now: FormAnswers,
  subject: FormSubject,
): ComparedLine[] {
  const outside = (answers: FormAnswers) =>
    new Set(listNoticeable(edition, answers, subject).map((one) => one.path));
  const [oldOutside, newOutside] = [outside(before), outside(now)];
  return edition.groups.flatMap((group) =>
    group.fields.flatMap((field): ComparedLine[] => {
      const [a, b] = [before[field.id], now[field.id]];
      const [was, is] = [describeAnswer(field, a), describeAnswer(field, b)];
      if ((was === '' && is === '') || field.id === 'checkDate' || field.id === 'responsibleDoctor')
        return [];
      const difference =
        typeof a === 'number' && typeof b === 'number' ? Math.round((b - a) * 100) / 100 : undefined;
      return [
        {
          id: field.id,
          label: field.label,
          group: group.title,
          before: was,
          now: is,
          changed: JSON.stringify(a ?? null) !== JSON.stringify(b ?? null),
          ...(difference === undefined ? {} : { difference }),
          abnormal: newOutside.has(field.id) || isRemarkable(edition, field.id, b),
          wasAbnormal: oldOutside.has(field.id) || isRemarkable(edition, field.id, a),
        },
      ];
    }),
  );
}

/** Whether a coded answer says something is not as it should be: by the sheet's own order the first code is unremarkable. */
function isRemarkable(edition: FormEdition, id: string, value: unknown): boolean {
  const field = fieldsOf(edition).find((one) => one.id === id);
  if (!field || neverAbnormal.has(id) || (field.kind !== 'code' && field.kind !== 'codes')) return false;
  const codes = Array.isArray(value) ? (value as string[]) : typeof value === 'string' ? [value] : [];
  const fine = unremarkable[id] ?? [field.options[0]?.code];
  return codes.some((code) => !fine.includes(code));
}
