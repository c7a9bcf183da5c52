import { sql, type Transaction } from 'kysely';
import { ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { ContractDetail, PackageLine } from '../contract.ts';
import { contractStateOn, isContracted } from '../domain/contract-state.ts';
import { creditServices, type DeliveredService } from '../domain/credit-services.ts';

export interface ContractRow {
  readonly id: string;
  readonly resident_id: string;
  readonly doctor_id: string;
  readonly doctor_name: string;
  readonly organization_name: string;
  readonly package_ids: string[];
  readonly signed_on: PlainDate;
  readonly valid_from: PlainDate;
  readonly valid_to: PlainDate;
  readonly ended_on: PlainDate | null;
  readonly end_reason: string | null;
  readonly version: number;
}

/** Packages on offer or once promised, by name. */
export async function readPackages(
  tx: Transaction<Tables>,
  countyId: string,
): Promise<(PackageLine & { isRetired: boolean })[]> {
  const rows = await tx
    .selectFrom('service_package')
    .selectAll()
    .where('county_id', '=', countyId)
    .orderBy('code')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    name: row.name,
    audience: row.audience,
    priceCents: row.price_cents,
    items: row.items as PackageLine['items'],
    isRetired: row.retired_at !== null,
  }));
}

/** A person's contracts, newest first. */
export async function readContractRows(
  tx: Transaction<Tables>,
  countyId: string,
  residentId: string,
): Promise<ContractRow[]> {
  const { rows } = await sql<ContractRow>`
    select c.id, c.resident_id, c.doctor_id, s.name as doctor_name, o.name as organization_name, c.package_ids,
      c.signed_on, c.valid_from, c.valid_to, c.ended_on, c.end_reason, c.version
    from contract c
    join staff s on s.county_id = c.county_id and s.id = c.doctor_id
    join organization o on o.county_id = c.county_id and o.id = c.organization_id
    where c.county_id = ${countyId} and c.resident_id = ${residentId}::uuid
    order by c.signed_on desc, c.created_at desc limit 30`.execute(tx);
  return rows;
}

/** Filed sheets of the forms that packages promise. */
export async function readServices(
  tx: Transaction<Tables>,
  countyId: string,
  residentIds: readonly string[],
  from: PlainDate,
): Promise<Map<string, DeliveredService[]>> {
  const { rows } = await sql<{ id: string; resident_id: string; form: string; occurred_on: PlainDate }>`
    select id, resident_id, form, occurred_on from form_record
    where county_id = ${countyId} and resident_id = any(${residentIds}::uuid[]) and superseded_by is null
      and status = 'complete' and occurred_on >= ${from}::date`.execute(tx);
  const byPerson = new Map<string, DeliveredService[]>();
  for (const row of rows)
    byPerson.set(row.resident_id, [
      ...(byPerson.get(row.resident_id) ?? []),
      { recordId: row.id, form: row.form, on: row.occurred_on },
    ]);
  return byPerson;
}

/** A contract with what of it is delivered. */
export function describeContract(
  row: ContractRow,
  packages: readonly PackageLine[],
  services: readonly DeliveredService[],
  today: PlainDate,
): ContractDetail {
  const own = packages.filter((one) => row.package_ids.includes(one.id));
  const terms = { validFrom: row.valid_from, validTo: row.valid_to };
  return {
    id: row.id,
    residentId: row.resident_id,
    doctorId: row.doctor_id,
    doctorName: row.doctor_name,
    organizationName: row.organization_name,
    packageIds: row.package_ids,
    packageNames: own.map((one) => one.name),
    signedOn: row.signed_on,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    state: contractStateOn({ ...terms, endedOn: row.ended_on }, today),
    endedOn: row.ended_on,
    endReason: row.end_reason,
    version: row.version,
    deliveries: creditServices(terms, own, services, today).map((one) => ({
      ...one,
      services: one.services.map((service) => ({ ...service })),
    })),
  };
}

/** The contract that stands, whatever its term: the one not ended. */
export async function readStandingContract(
  tx: Transaction<Tables>,
  countyId: string,
  residentId: string,
  today: PlainDate,
): Promise<{ row: ContractRow; isContracted: boolean } | undefined> {
  const row = (await readContractRows(tx, countyId, residentId)).find((one) => one.ended_on === null);
  if (!row) return undefined;
  const state = contractStateOn(
    { validFrom: row.valid_from, validTo: row.valid_to, endedOn: row.ended_on },
    today,
  );
  return { row, isContracted: isContracted(state) };
}

/** People of the same household, without anything of their health. */
export async function readHousehold(
  tx: Transaction<Tables>,
  countyId: string,
  residentId: string,
  today: PlainDate,
): Promise<{ id: string; name: string; ageYears: number; isContracted: boolean }[]> {
  const { rows } = await sql<{ id: string; name: string; birth_date: PlainDate; contracted: boolean }>`
    select o.id, o.name, o.birth_date, exists (select 1 from contract c where c.county_id = o.county_id
        and c.resident_id = o.id and c.ended_on is null and ${today}::date between c.valid_from and c.valid_to) as contracted
    from resident r
    join resident o on o.county_id = r.county_id and o.household_id = r.household_id and o.id <> r.id and o.status = 'active'
    where r.county_id = ${countyId} and r.id = ${residentId}::uuid order by o.birth_date limit 20`.execute(
    tx,
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    ageYears: ageInYears(row.birth_date, today),
    isContracted: row.contracted,
  }));
}
