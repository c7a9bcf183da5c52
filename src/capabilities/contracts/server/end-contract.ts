import { sql, type Transaction } from 'kysely';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type FieldIssue, type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { contractEndReasons } from '../contract.ts';
import { type Consent, findDoctor, insertContract, lockContract } from './contract-rows.ts';

const invalid = (...issues: FieldIssue[]) => refused('invalid-input', { issues });

/** Ends a contract, with the reason kept. */
export async function closeContract(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    contractId: string;
    version: number;
    endedOn: PlainDate;
    reason: (typeof contractEndReasons)[number];
    note: string;
    today: PlainDate;
    now: Date;
  },
): Promise<{ contractId: string } | Refused> {
  const held = await lockContract(tx, actor, input.contractId, input.version);
  if ('kind' in held) return held;
  if (input.endedOn > input.today || input.endedOn < held.signed_on)
    return invalid({ path: 'endedOn', code: 'range', message: '终止日期应在签约之后、不晚于今天。' });
  if (input.reason === 'other' && input.note.trim() === '')
    return invalid({ path: 'note', code: 'missing', message: '请写明原因。' });
  await sql`update contract set ended_on = ${input.endedOn}::date, end_reason = ${input.reason},
    end_note = ${input.note}, version = version + 1
    where county_id = ${actor.countyId} and id = ${input.contractId}::uuid`.execute(tx);
  await recordAudit(tx, actor, {
    action: 'contract.end',
    residentId: held.resident_id,
    subject: input.contractId,
    now: input.now,
  });
  return { contractId: input.contractId };
}

/** Hands a contract to another doctor: the old one ends as transferred, the term and packages stay. */
export async function handOverContract(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    contractId: string;
    version: number;
    newContractId: string;
    doctorId: string;
    note: string;
    today: PlainDate;
    now: Date;
  },
): Promise<{ contractId: string } | Refused> {
  const held = await lockContract(tx, actor, input.contractId, input.version);
  if ('kind' in held) return held;
  if (held.valid_to < input.today)
    return refused('contract-ended', { detail: '这份签约已经到期，不能转签；请直接续签。' });
  const doctor = await findDoctor(tx, actor, input.doctorId, held.org_path);
  if (!doctor || input.doctorId === held.doctor_id)
    return invalid({ path: 'doctorId', code: 'unknown', message: '请选择另一位在岗的家庭医生。' });
  await sql`update contract set ended_on = ${input.today}::date, end_reason = 'transferred', end_note = ${input.note},
    version = version + 1 where county_id = ${actor.countyId} and id = ${input.contractId}::uuid`.execute(tx);
  await insertContract(tx, actor, {
    id: input.newContractId,
    residentId: held.resident_id,
    orgPath: held.org_path,
    organizationId: doctor.organization_id,
    doctorId: input.doctorId,
    packageIds: held.package_ids,
    signedOn: held.signed_on,
    validFrom: held.valid_from,
    validTo: held.valid_to,
    consent: held.consent as Consent,
    family: held.family as string[],
    previousId: held.id,
    now: input.now,
  });
  await recordAudit(tx, actor, {
    action: 'contract.transfer',
    residentId: held.resident_id,
    subject: input.newContractId,
    now: input.now,
  });
  return { contractId: input.newContractId };
}

/** Keeps that a contract was offered and why it was not signed. Refuses a person whose record is closed. */
export async function writeOffer(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    residentId: string;
    offerId: string;
    outcome: 'declined' | 'later';
    reason: string;
    today: PlainDate;
    now: Date;
  },
): Promise<{ offerId: string } | Refused> {
  const person = await tx
    .selectFrom('resident')
    .select(['org_path', 'status'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.residentId)
    .executeTakeFirst();
  if (!person) return refused('not-found');
  if (person.status !== 'active') return refused('record-closed');
  await sql`
    insert into contract_offer (county_id, id, resident_id, org_path, on_day, outcome, reason, recorded_at, recorded_by)
    values (${actor.countyId}, ${input.offerId}::uuid, ${input.residentId}::uuid, ${person.org_path},
      ${input.today}::date, ${input.outcome}, ${input.reason.trim()}, ${input.now}, ${actor.staffId}::uuid)`.execute(
    tx,
  );
  await recordAudit(tx, actor, {
    action: 'contract.offer',
    residentId: input.residentId,
    subject: input.offerId,
    now: input.now,
  });
  return { offerId: input.offerId };
}
