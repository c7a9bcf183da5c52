import { followUpFormOf } from '#capabilities/follow-up/domain/follow-up-programs.ts';
import { programs } from '#capabilities/residents/domain/program.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';

/** A sheet an operation carries, as it names itself. */
export interface CarriedSheet {
  readonly recordId: string;
  readonly form: string;
  readonly formEdition: string;
  readonly answers: FormAnswers;
}

/** The sheets in whatever a phone sent; what names no form is none. */
export function sheetsOfBody(body: unknown): CarriedSheet[] {
  if (!isObject(body)) return [];
  const given: readonly unknown[] = Array.isArray(body.sheets) ? body.sheets : [body];
  return given.filter(isObject).flatMap((sheet) => {
    const program = programs.find((one) => one === sheet.program);
    const form = program ? followUpFormOf(program) : textOf(sheet.form);
    if (!isObject(sheet.answers) || form === '') return [];
    const { answers } = sheet;
    return [{ recordId: textOf(sheet.recordId), form, formEdition: textOf(sheet.formEdition), answers }];
  });
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
