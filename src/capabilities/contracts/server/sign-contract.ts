import { sql, type Transaction } from 'kysely';
import { addDays, addMonths, type PlainDate } from '#kernel/plain-date.ts';
import { type FieldIssue, type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { type Consent, findDoctor, insertContract } from './contract-rows.ts';

interface Party {
  readonly residentId: string;
  readonly contractId: string;
  readonly packageIds: readonly string[];
}

interface SignInput extends Party {
  readonly doctorId: string;
  readonly signedOn: PlainDate;
  readonly validFrom: PlainDate;
  readonly years: number;
  readonly consent: Consent;
  readonly family: readonly Party[];
  readonly renews: boolean;
  readonly today: PlainDate;
  readonly now: Date;
}

interface Person {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly org_path: string;
  readonly birth_date: PlainDate;
  readonly household_id: string | null;
}

const invalid = (...issues: FieldIssue[]) => refused('invalid-input', { issues });

/**
 * Signs or renews for a person, and with them for people of the same household, all or none. Refuses a second contract
 * while one runs, a doctor or package that is not on offer, a person whose record is closed, and days that cannot be.
 * Two desks signing the same person: the second waits for the first and is told whom the person is signed with.
 */
export async function signContracts(
  tx: Transaction<Tables>,
  actor: Actor,
  input: SignInput,
): Promise<{ contractId: string; validTo: string; signed: number } | Refused> {
  const parties: Party[] = [input, ...input.family];
  const people = await lockPeople(tx, actor, parties);
  const person = people.get(input.residentId);
  if (!person || people.size < new Set(parties.map((one) => one.residentId)).size)
    return refused('not-found');
  const issues = checkDays(input, person);
  const strangers = input.family.filter(
    (one) => person.household_id === null || people.get(one.residentId)?.household_id !== person.household_id,
  );
  if (strangers.length > 0 || people.size < parties.length)
    issues.push({ path: 'family', code: 'unknown', message: '家庭成员只能从同户的人中选。' });
  if (issues.length > 0) return invalid(...issues);
  const doctor = await findDoctor(tx, actor, input.doctorId, person.org_path);
  if (!doctor)
    return invalid({ path: 'doctorId', code: 'unknown', message: '请选择本村或本乡镇在岗的家庭医生。' });
  const wanted = new Set(parties.flatMap((one) => [...one.packageIds]));
  const offered = await tx
    .selectFrom('service_package')
    .select('id')
    .where('county_id', '=', actor.countyId)
    .where('retired_at', 'is', null)
    .where('id', 'in', [...wanted])
    .execute();
  if (offered.length < wanted.size) return refused('package-retired');

  const validTo = addDays(addMonths(input.validFrom, input.years * 12), -1);
  for (const party of parties) {
    const signed = await signOne(tx, actor, input, party, people.get(party.residentId) as Person, {
      organizationId: doctor.organization_id,
      validTo,
      family: parties.map((one) => one.residentId).filter((id) => id !== party.residentId),
    });
    if (signed) return signed;
  }
  return { contractId: input.contractId, validTo, signed: parties.length };
}

/** Takes hold of everybody who signs, always in the same order, so that two households cannot wait for each other. */
async function lockPeople(tx: Transaction<Tables>, actor: Actor, parties: readonly Party[]) {
  const rows: Person[] = await tx
    .selectFrom('resident')
    .select(['id', 'name', 'status', 'org_path', 'birth_date', 'household_id'])
    .where('county_id', '=', actor.countyId)
    .where(
      'id',
      'in',
      parties.map((one) => one.residentId),
    )
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

function checkDays(input: SignInput, person: Person): FieldIssue[] {
  const issues: FieldIssue[] = [];
  if (input.signedOn > input.today)
    issues.push({ path: 'signedOn', code: 'future', message: '签约日期不能晚于今天。' });
  if (input.signedOn < person.birth_date)
    issues.push({ path: 'signedOn', code: 'before-birth', message: '签约日期早于出生日期。' });
  if (input.validFrom < input.signedOn || input.validFrom > addMonths(input.signedOn, 3))
    issues.push({ path: 'validFrom', code: 'range', message: '生效日期应在签约当日至其后三个月内。' });
  if (input.consent.signerName.trim() === '')
    issues.push({ path: 'signerName', code: 'missing', message: '请填写签字人姓名。' });
  if (input.consent.signer === 'guardian' && input.consent.guardianRelation.trim() === '')
    issues.push({ path: 'guardianRelation', code: 'missing', message: '监护人代签的，请填写与居民的关系。' });
  return issues;
}

async function signOne(
  tx: Transaction<Tables>,
  actor: Actor,
  input: SignInput,
  party: Party,
  person: Person,
  terms: { organizationId: string; validTo: PlainDate; family: readonly string[] },
): Promise<Refused | undefined> {
  if (person.status !== 'active')
    return refused('record-closed', {
      detail: `${person.name}的档案已结案，不能签约；如有误，请先更正档案状态。`,
    });
  const standing = await readStanding(tx, actor, party.residentId);
  const mayReplace = input.renews && party.residentId === input.residentId;
  if (standing && standing.valid_to >= input.today && !mayReplace)
    return refused('already-contracted', {
      detail: `${person.name}已与${standing.organization_name}${standing.doctor_name}签约，有效期到 ${standing.valid_to}；到期前可以续签，或转给另一位家庭医生，不能另签一份。`,
      extra: { contractId: standing.id, doctorName: standing.doctor_name, validTo: standing.valid_to },
    });
  if (standing && input.validFrom <= standing.valid_from)
    return invalid({
      path: 'validFrom',
      code: 'range',
      message: `续签的生效日期应晚于原签约的生效日期 ${standing.valid_from}。`,
    });
  if (standing) {
    const endedOn = standing.valid_to < input.validFrom ? standing.valid_to : addDays(input.validFrom, -1);
    await sql`update contract set ended_on = ${endedOn}::date, end_reason = 'renewed', version = version + 1
      where county_id = ${actor.countyId} and id = ${standing.id}::uuid`.execute(tx);
  }
  await insertContract(tx, actor, {
    id: party.contractId,
    residentId: party.residentId,
    orgPath: person.org_path,
    organizationId: terms.organizationId,
    doctorId: input.doctorId,
    packageIds: party.packageIds,
    signedOn: input.signedOn,
    validFrom: input.validFrom,
    validTo: terms.validTo,
    consent: input.consent,
    family: terms.family,
    previousId: standing?.id ?? null,
    now: input.now,
  });
  await recordAudit(tx, actor, {
    action: standing ? 'contract.renew' : 'contract.sign',
    residentId: party.residentId,
    subject: party.contractId,
    now: input.now,
  });
  return undefined;
}

async function readStanding(tx: Transaction<Tables>, actor: Actor, residentId: string) {
  const { rows } = await sql<{
    id: string;
    valid_from: PlainDate;
    valid_to: PlainDate;
    doctor_name: string;
    organization_name: string;
  }>`
    select c.id, c.valid_from, c.valid_to, s.name as doctor_name, o.name as organization_name from contract c
    join staff s on s.county_id = c.county_id and s.id = c.doctor_id
    join organization o on o.county_id = c.county_id and o.id = c.organization_id
    where c.county_id = ${actor.countyId} and c.resident_id = ${residentId}::uuid and c.ended_on is null`.execute(
    tx,
  );
  return rows[0];
}
