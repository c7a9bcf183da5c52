import { checkPersonalInformation } from '#capabilities/residents/domain/check-personal-information.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { FieldIssue } from '#kernel/problem.ts';
import { personalInformation2017 } from '#standards/forms/personal-information/2017.ts';
import { checkIdentityNumber } from '#standards/identity/check-identity-number.ts';

/** What a registration starts from: the usual for what is the same for nearly everybody; shown, and changed when it is otherwise. */
export const registrationStart: FormAnswers = { idType: '01', nation: '01', residenceType: '1' };

/** Fields first on the screen: who it is and how to reach them. The rest follows below on the same page. */
export const registrationEssentials: readonly string[] = [
  'idNo',
  'name',
  'gender',
  'birthDate',
  'phone',
  'contactName',
  'contactPhone',
  'currentAddress',
];

/** Answers meaning nothing to report, set together when the person says so in one sentence. */
export const nothingToReport: FormAnswers = {
  drugAllergies: ['1'],
  exposures: ['1'],
  pastDiseases: [{ code: '1' }],
  surgeries: '1',
  traumas: '1',
  transfusions: '1',
  familyFather: ['1'],
  familyMother: ['1'],
  familySiblings: ['1'],
  familyChildren: ['1'],
  geneticDisease: '1',
  disabilities: ['1'],
};

/** Codes of “unknown”, set together for what nobody at the door can tell. */
export const unknownForNow: FormAnswers = { bloodAbo: '5', bloodRh: '3', education: '10', marital: '5' };

/** The answers after one changed; birth date and sex follow a good identity number. */
export function answerRegistration(answers: FormAnswers, id: string, value: unknown): FormAnswers {
  const changed = { ...answers, [id]: value };
  if (id !== 'idNo' || typeof value !== 'string' || (answers.idType ?? '01') !== '01') return changed;
  const checked = checkIdentityNumber(value);
  return checked.kind === 'valid'
    ? { ...changed, birthDate: checked.birthDate, gender: checked.sex }
    : changed;
}

/** What is wrong with a registration, by the same check as the server; a half-typed identity number is not wrong yet. */
export function checkRegistration(
  answers: FormAnswers,
  today: PlainDate,
): {
  readonly answers: FormAnswers;
  readonly errors: readonly FieldIssue[];
  readonly warnings: readonly FieldIssue[];
} {
  return checkPersonalInformation(personalInformation2017, answers, today);
}

/** Fields of nothing-to-report that are still open. */
export function openOf(preset: FormAnswers, answers: FormAnswers): FormAnswers {
  return Object.fromEntries(Object.entries(preset).filter(([id]) => answers[id] === undefined));
}
