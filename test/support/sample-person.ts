import { uuidv7 } from 'uuidv7';
import {
  answerRegistration,
  nothingToReport,
  registrationStart,
} from '#capabilities/field-sync/domain/registration.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { identityCheckDigit } from '#standards/identity/check-identity-number.ts';
import type { TestClient, TestReply } from './server.ts';

/** An identity number from its first 17 digits. */
export const idNoOf = (first17: string) => `${first17}${identityCheckDigit(first17)}`;

const bornOn = new Map<string, number>();
/** An identity number of the area that does not exist and that nobody else in this process was given; the demo county's people have lower ones. */
export function freshIdNo(birthDate: string, gender: '1' | '2'): string {
  const key = `${birthDate} ${gender}`;
  const serial = bornOn.get(key) ?? (gender === '1' ? 501 : 502);
  if (serial > 999) throw new Error(`nobody more can be born on ${birthDate}`);
  bornOn.set(key, serial + 2);
  return idNoOf(`999999${birthDate.replaceAll('-', '')}${serial}`);
}

export interface SamplePerson {
  readonly idNo: string;
  readonly [answer: string]: unknown;
}

/**
 * Whole personal information of somebody who has nothing to report: a woman born in 1970 unless said otherwise, or whom the
 * identity number given says.
 */
export function samplePerson<More extends Record<string, unknown>>(more?: More): SamplePerson & More;
export function samplePerson(more: Record<string, unknown> = {}): FormAnswers {
  const { birthDate = '1970-06-15', gender = '2' } = more as { birthDate?: string; gender?: '1' | '2' };
  const answers = {
    name: '单春花',
    gender,
    birthDate,
    ...registrationStart,
    phone: '19911112222',
    contactName: '王大山',
    contactPhone: '0990-8881234',
    bloodAbo: '5',
    bloodRh: '3',
    education: '8',
    occupation: '4',
    marital: '2',
    payMethods: ['3'],
    ...nothingToReport,
    ...more,
  };
  return answerRegistration(answers, 'idNo', more.idNo ?? freshIdNo(birthDate, gender));
}

/** The first village this client may register people in. */
export async function firstPlaceOf(client: TestClient): Promise<string> {
  return (await client.call('GET', '/api/organizations/for-registration')).body.items[0].id;
}

/** Registers somebody, in the client's first village unless `more` names another. */
export async function registerPerson(
  client: TestClient,
  answers: unknown,
  more: Record<string, unknown> = {},
): Promise<TestReply> {
  return client.call('POST', '/api/residents', {
    operationId: uuidv7(),
    residentId: uuidv7(),
    organizationId: more.organizationId ?? (await firstPlaceOf(client)),
    answers,
    ...more,
  });
}
