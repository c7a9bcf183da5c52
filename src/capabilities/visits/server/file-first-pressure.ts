import type { Transaction } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { moveEpisode } from '#capabilities/enrollment/server/public.ts';
import { fileResidentRecord } from '#capabilities/records/server/public.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { concludeFirstPressure } from '../domain/first-visit-pressure.ts';
import { insertReadings } from './insert-readings.ts';
import type { Arrival } from './read-arrival.ts';

interface FirstPressureInput {
  readonly operationId: string;
  readonly residentId: string;
  readonly pressure: { readonly sbp: number; readonly dbp: number };
  readonly known: Arrival;
  readonly today: PlainDate;
  readonly now: Date;
}

/**
 * Writes a pressure measured at the desk: on the first-visit register where the person's details allow, always as a
 * reading of the day; a raised one makes hypertension suspected, with the repeat due within the window.
 */
export async function fileFirstPressure(tx: Transaction<Tables>, actor: Actor, input: FirstPressureInput) {
  const { pressure, known, today } = input;
  const answer = concludeFirstPressure({ ...pressure, knownHypertension: known.knownHypertension }, today);
  const recordId = uuidv7();
  const address = known.personal_information.homeAddress ?? known.personal_information.address;
  const register = (confirmed: readonly string[]) =>
    fileResidentRecord(tx, actor, {
      operationId: input.operationId,
      recordId,
      residentId: input.residentId,
      form: 'first-visit-blood-pressure',
      formEdition: '2017',
      answers: {
        visitDate: today,
        name: known.name,
        gender: known.sex,
        age: known.ageYears,
        idNo: known.id_no ?? '未登记',
        ...(known.phone ? { phone: known.phone } : {}),
        address: typeof address === 'string' && address !== '' ? address : known.organization_name,
        ...pressure,
        knownHtn: known.knownHypertension ? '1' : '2',
        firstHigh: answer.firstHigh,
        conclusion: answer.conclusion,
        action: answer.action,
        staff: actor.name,
      },
      confirmed,
      today,
      now: input.now,
    });
  // A raised pressure is news, not a slip: what the register would ask again is confirmed as read.
  let filed = await register([]);
  if ('kind' in filed && filed.problem.code === 'needs-confirmation')
    filed = await register((filed.problem.issues ?? []).map((issue) => `${issue.path}:${issue.code}`));
  // A register line that lacks the person's telephone must not lose the reading.
  const isFiled = !('kind' in filed);
  const reason = isFiled ? answer.text : `${answer.text}首诊测压登记表待补：联系电话等。`;
  if (!isFiled) {
    const readings = [
      { kind: 'sbp', value: pressure.sbp, unit: 'mm[Hg]', context: 'office' },
      { kind: 'dbp', value: pressure.dbp, unit: 'mm[Hg]', context: 'office' },
    ];
    await insertReadings(tx, actor, {
      recordId,
      operationId: input.operationId,
      residentId: input.residentId,
      orgPath: known.org_path,
      occurredOn: today,
      readings,
      answers: { section: 'first-visit', readings },
      now: input.now,
    });
  }
  if (answer.conclusion === '3') {
    const course: Refused | object = await moveEpisode(tx, actor, {
      residentId: input.residentId,
      condition: 'hypertension',
      to: 'suspected',
      onDay: today,
      reason: answer.text,
      source: 'first-visit',
      nextStep: '另选两个不同日复测血压',
      rule: { conclusion: answer.conclusion, ...pressure },
      now: input.now,
    });
    if ('problem' in course && (course as Refused).problem.code !== 'illegal-move') return course as Refused;
  }
  return { ...answer, text: reason, recordId };
}
