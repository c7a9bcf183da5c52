import { uuidv7 } from 'uuidv7';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { keepDraft, readDraft } from '#platform/browser/draft-store.ts';

/** What most people here answer; the clerk changes what differs. */
const usual: FormAnswers = {
  idType: '01',
  residenceType: '1',
  nation: '01',
  bloodAbo: '5',
  bloodRh: '3',
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

/** A registration as far as it is typed. */
export interface RegisterDraft {
  readonly answers: FormAnswers;
  readonly organizationId: string | undefined;
  readonly residentId: string;
  readonly operationId: string;
}

/** Registrations of people who were referred here stand apart: one half typed is not overwritten. */
export const registerDraftName = (referralId: string | undefined) =>
  referralId === undefined ? 'register' : `register:${referralId}`;

export const newRegistration = (known: FormAnswers = {}): RegisterDraft => ({
  answers: { ...usual, ...known },
  organizationId: undefined,
  residentId: uuidv7(),
  operationId: uuidv7(),
});

/** Begins the registration of somebody who was referred here with what is known of them, unless it was begun already. */
export function beginRegistration(referralId: string, known: FormAnswers): void {
  const name = registerDraftName(referralId);
  if (!readDraft(name)) keepDraft(name, newRegistration(known));
}
