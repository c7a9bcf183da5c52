import { sql, type Transaction } from 'kysely';
import { addDays, addMonths, type PlainDate } from '#kernel/plain-date.ts';
import { type FieldIssue, type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';

interface SignInput {
  readonly residentId: string;
  readonly contractId: string;
  readonly doctorId: string;
  readonly packageIds: readonly string[];
  readonly signedOn: PlainDate;
  readonly validFrom: PlainDate;
  readonly years: number;
  readonly signer: 'resident' | 'guardian';
  readonly signerName: string;
  readonly familyIds: readonly string[];
  readonly renews: boolean;
  readonly today: PlainDate;
  readonly now: Date;
}

const invalid = (...issues: FieldIssue[]) => refused('invalid-input', { issues });

/**
 * Signs or renews. Refuses a second contract while one stands (renewing ends the old one on the day before), a doctor or
 * package that is not on offer, a person whose record is closed, and days that cannot be.
 */
export async function writeContract(
  tx: Transaction<Tables>,
  actor: Actor,
  input: SignInput,
): Promise<{ contractId: string; validTo: string } | Refused> {
  const person = await tx
    .selectFrom('resident')
    .select(['status', 'org_path', 'birth_date', 'household_id'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.residentId)
    .forUpdate()
    .executeTakeFirst();
  if (!person) return refused('not-found');
  if (person.status !== 'active') return refused('record-closed');
  const issues: FieldIssue[] = [];
  if (input.signedOn > input.today)
    issues.push({ path: 'signedOn', code: 'future', message: '签约日期不能晚于今天。' });
  if (input.signedOn < person.birth_date)
    issues.push({ path: 'signedOn', code: 'before-birth', message: '签约日期早于出生日期。' });
  if (input.validFrom < input.signedOn || input.validFrom > addMonths(input.signedOn, 3))
    issues.push({ path: 'validFrom', code: 'range', message: '生效日期应在签约后三个月内。' });
  if (input.signerName.trim() === '')
    issues.push({ path: 'signerName', code: 'missing', message: '请填写签字人姓名。' });
  const doctor = await readDoctor(tx, actor, input.doctorId, person.org_path);
  if (!doctor) issues.push({ path: 'doctorId', code: 'unknown', message: '请选择本乡镇在岗的家庭医生。' });
  const packages = await tx
    .selectFrom('service_package')
    .select(['id'])
    .where('county_id', '=', actor.countyId)
    .where('retired_at', 'is', null)
    .where('id', 'in', [...input.packageIds])
    .execute();
  if (packages.length !== new Set(input.packageIds).size)
    issues.push({ path: 'packageIds', code: 'unknown', message: '所选服务包已停用，请重新选择。' });
  const family = input.familyIds.length === 0 ? [] : await readFamily(tx, actor, person.household_id);
  if (input.familyIds.some((id) => !family.includes(id)))
    issues.push({ path: 'familyIds', code: 'unknown', message: '家庭成员只能从同户的人中选。' });
  if (issues.length > 0 || !doctor) return invalid(...issues);

  const standing = await tx
    .selectFrom('contract')
    .select(['id', 'valid_to', 'valid_from'])
    .where('county_id', '=', actor.countyId)
    .where('resident_id', '=', input.residentId)
    .where('ended_on', 'is', null)
    .executeTakeFirst();
  const isRunning = standing !== undefined && standing.valid_to >= input.today;
  if (isRunning && !input.renews)
    return refused('already-exists', {
      detail: `该居民已有签约，有效期到 ${standing.valid_to}；到期前可以续签或转签，不能另签一份。`,
    });
  if (standing && input.validFrom <= standing.valid_from)
    return invalid({ path: 'validFrom', code: 'range', message: '续签的生效日期应晚于原签约的生效日期。' });
  if (standing) {
    const endedOn = standing.valid_to < input.validFrom ? standing.valid_to : addDays(input.validFrom, -1);
    await sql`update contract set ended_on = ${endedOn}::date, end_reason = 'renewed', version = version + 1
      where county_id = ${actor.countyId} and id = ${standing.id}::uuid`.execute(tx);
  }
  const validTo = addDays(addMonths(input.validFrom, input.years * 12), -1);
  await insertContract(tx, actor, {
    id: input.contractId,
    residentId: input.residentId,
    orgPath: person.org_path,
    organizationId: doctor.organization_id,
    doctorId: input.doctorId,
    packageIds: input.packageIds,
    signedOn: input.signedOn,
    validFrom: input.validFrom,
    validTo,
    consent: { signer: input.signer, signerName: input.signerName, consents: true },
    family: input.familyIds,
    previousId: standing?.id ?? null,
    now: input.now,
  });
  await recordAudit(tx, actor, {
    action: standing ? 'contract.renew' : 'contract.sign',
    residentId: input.residentId,
    subject: input.contractId,
    now: input.now,
  });
  return { contractId: input.contractId, validTo };
}

/** Ends a contract, with the reason kept. */
export async function closeContract(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    contractId: string;
    version: number;
    endedOn: PlainDate;
    reason: 'resident-asked' | 'moved' | 'dead' | 'other';
    note: string;
    today: PlainDate;
    now: Date;
  },
): Promise<{ contractId: string } | Refused> {
  const held = await lockContract(tx, actor, input.contractId, input.version);
  if ('kind' in held) return held;
  if (input.endedOn > input.today || input.endedOn < held.signed_on)
    return invalid({ path: 'endedOn', code: 'range', message: '终止日期应在签约之后、今天之前。' });
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
  const doctor = await readDoctor(tx, actor, input.doctorId, held.org_path);
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
    consent: held.consent,
    family: held.family,
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

/** Keeps that a contract was offered and why it was not signed. */
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
  const written = await sql`
    insert into contract_offer (county_id, id, resident_id, org_path, on_day, outcome, reason, recorded_at, recorded_by)
    select county_id, ${input.offerId}::uuid, id, org_path, ${input.today}::date, ${input.outcome}, ${input.reason},
      ${input.now}, ${actor.staffId}::uuid
    from resident where county_id = ${actor.countyId} and id = ${input.residentId}::uuid and status = 'active'
    returning id`.execute(tx);
  if (written.rows.length === 0) return refused('not-found');
  await recordAudit(tx, actor, {
    action: 'contract.offer',
    residentId: input.residentId,
    subject: input.offerId,
    now: input.now,
  });
  return { offerId: input.offerId };
}

async function lockContract(tx: Transaction<Tables>, actor: Actor, contractId: string, version: number) {
  const held = await tx
    .selectFrom('contract')
    .selectAll()
    .where('county_id', '=', actor.countyId)
    .where('id', '=', contractId)
    .forUpdate()
    .executeTakeFirst();
  if (!held) return refused('not-found');
  if (held.ended_on !== null) return refused('already-exists', { detail: '这份签约已经终止。' });
  if (held.version !== version) return refused('stale-version');
  return held;
}

/** A doctor on duty in the township of the person, or above it. */
async function readDoctor(tx: Transaction<Tables>, actor: Actor, doctorId: string, personPath: string) {
  const { rows } = await sql<{ organization_id: string }>`
    select s.organization_id from staff s
    join organization o on o.county_id = s.county_id and o.id = s.organization_id
    where s.county_id = ${actor.countyId} and s.id = ${doctorId}::uuid and s.disabled_at is null
      and s.role in ('village-doctor','township-doctor') and starts_with(${personPath}::text, o.scope_path)`.execute(
    tx,
  );
  return rows[0];
}

async function readFamily(
  tx: Transaction<Tables>,
  actor: Actor,
  householdId: string | null,
): Promise<string[]> {
  if (householdId === null) return [];
  const rows = await tx
    .selectFrom('resident')
    .select('id')
    .where('county_id', '=', actor.countyId)
    .where('household_id', '=', householdId)
    .execute();
  return rows.map((one) => one.id);
}

async function insertContract(
  tx: Transaction<Tables>,
  actor: Actor,
  row: {
    id: string;
    residentId: string;
    orgPath: string;
    organizationId: string;
    doctorId: string;
    packageIds: readonly string[];
    signedOn: PlainDate;
    validFrom: PlainDate;
    validTo: PlainDate;
    consent: unknown;
    family: unknown;
    previousId: string | null;
    now: Date;
  },
): Promise<void> {
  await sql`
    insert into contract (county_id, id, resident_id, organization_id, org_path, doctor_id, package_ids, signed_on,
      valid_from, valid_to, consent, family, previous_id, created_at, created_by)
    values (${actor.countyId}, ${row.id}::uuid, ${row.residentId}::uuid, ${row.organizationId}::uuid, ${row.orgPath},
      ${row.doctorId}::uuid, ${[...row.packageIds]}::uuid[], ${row.signedOn}::date, ${row.validFrom}::date,
      ${row.validTo}::date, ${JSON.stringify(row.consent)}::jsonb, ${JSON.stringify(row.family)}::jsonb,
      ${row.previousId}::uuid, ${row.now}, ${actor.staffId}::uuid)`.execute(tx);
}
