import { sql, type Transaction } from 'kysely';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { sealsOf } from '#platform/server/database/with-scope.ts';

/** What was agreed beside packages and term: who signed, and by what right. */
export interface Consent {
  readonly signer: 'resident' | 'guardian';
  readonly signerName: string;
  readonly guardianRelation: string;
  readonly guardianPhone: string;
  readonly consents: true;
}

interface NewContract {
  readonly id: string;
  readonly residentId: string;
  readonly orgPath: string;
  readonly organizationId: string;
  readonly doctorId: string;
  readonly packageIds: readonly string[];
  readonly signedOn: PlainDate;
  readonly validFrom: PlainDate;
  readonly validTo: PlainDate;
  readonly consent: Consent;
  readonly family: readonly string[];
  readonly previousId: string | null;
  readonly now: Date;
}

/** Writes a contract; what it has delivered is judged by its next reader. */
export async function insertContract(tx: Transaction<Tables>, actor: Actor, row: NewContract): Promise<void> {
  await sql`
    insert into contract (county_id, id, resident_id, organization_id, org_path, doctor_id, package_ids, signed_on,
      valid_from, valid_to, consent, family, previous_id, created_at, created_by)
    values (${actor.countyId}, ${row.id}::uuid, ${row.residentId}::uuid, ${row.organizationId}::uuid, ${row.orgPath},
      ${row.doctorId}::uuid, ${[...row.packageIds]}::uuid[], ${row.signedOn}::date, ${row.validFrom}::date,
      ${row.validTo}::date, ${JSON.stringify(sealsOf(tx).answers('contract', row.id, row.consent))}::jsonb, ${JSON.stringify(row.family)}::jsonb,
      ${row.previousId}::uuid, ${row.now}, ${actor.staffId}::uuid)`.execute(tx);
}

/** Takes hold of a standing contract at the version the caller saw. */
export async function lockContract(
  tx: Transaction<Tables>,
  actor: Actor,
  contractId: string,
  version: number,
) {
  const held = await tx
    .selectFrom('contract')
    .selectAll()
    .where('county_id', '=', actor.countyId)
    .where('id', '=', contractId)
    .forUpdate()
    .executeTakeFirst();
  if (!held) return refused('not-found') satisfies Refused;
  if (held.ended_on !== null) return refused('contract-ended');
  if (held.version !== version) return refused('stale-version');
  return held;
}

/** A doctor on duty in the township of the person, or above it. */
export async function findDoctor(
  tx: Transaction<Tables>,
  actor: Actor,
  doctorId: string,
  personPath: string,
): Promise<{ organization_id: string; name: string } | undefined> {
  const { rows } = await sql<{ organization_id: string; name: string }>`
    select s.organization_id, s.name from staff s
    join organization o on o.county_id = s.county_id and o.id = s.organization_id
    where s.county_id = ${actor.countyId} and s.id = ${doctorId}::uuid and s.disabled_at is null
      and s.role in ('village-doctor','township-doctor') and starts_with(${personPath}::text, o.scope_path)`.execute(
    tx,
  );
  return rows[0];
}

/** Family doctors a person of this place may sign with, nearest first. */
export async function listDoctors(
  tx: Transaction<Tables>,
  countyId: string,
  personPath: string,
): Promise<{ id: string; name: string; organizationName: string }[]> {
  const { rows } = await sql<{ id: string; name: string; organization_name: string }>`
    select s.id, s.name, o.name as organization_name from staff s
    join organization o on o.county_id = s.county_id and o.id = s.organization_id
    where s.county_id = ${countyId} and s.disabled_at is null and s.role in ('village-doctor','township-doctor')
      and starts_with(${personPath}::text, o.scope_path)
    order by length(o.path) desc, s.name, s.id limit 60`.execute(tx);
  return rows.map((row) => ({ id: row.id, name: row.name, organizationName: row.organization_name }));
}
