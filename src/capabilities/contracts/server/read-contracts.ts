import { sql, type Transaction } from 'kysely';
import { ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { ContractDetail } from '../contract.ts';
import { contractStateOn } from '../domain/contract-state.ts';
import { creditServices, type DeliveredService } from '../domain/credit-services.ts';
import { audiencesOf } from '../domain/service-package.ts';
import type { PackageLine } from '../package-contract.ts';

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
  readonly family: string[];
  readonly version: number;
}

/** A person's contracts, newest first. */
export async function readContractRows(
  tx: Transaction<Tables>,
  countyId: string,
  residentId: string,
): Promise<ContractRow[]> {
  const { rows } = await sql<ContractRow>`
    select c.id, c.resident_id, c.doctor_id, s.name as doctor_name, o.name as organization_name, c.package_ids,
      c.signed_on, c.valid_from, c.valid_to, c.ended_on, c.end_reason, c.family, c.version
    from contract c
    join staff s on s.county_id = c.county_id and s.id = c.doctor_id
    join organization o on o.county_id = c.county_id and o.id = c.organization_id
    where c.county_id = ${countyId} and c.resident_id = ${residentId}::uuid
    order by c.signed_on desc, c.created_at desc, c.id desc limit 30`.execute(tx);
  return rows;
}

/** A contract with what of it is delivered. */
export function describeContract(
  row: ContractRow,
  packages: readonly PackageLine[],
  services: readonly DeliveredService[],
  today: PlainDate,
): Omit<ContractDetail, 'family'> {
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
    deliveries: creditServices(terms, own, services, today).map(({ firstDueOn: _first, ...one }) => ({
      ...one,
      services: one.services.map((service) => ({ ...service })),
    })),
  };
}

interface HouseholdRow {
  readonly id: string;
  readonly name: string;
  readonly birth_date: PlainDate;
  readonly contracted: boolean;
  readonly programs: string[];
}

/** Living people of the same household, with the packages that fit each. */
export async function readHousehold(
  tx: Transaction<Tables>,
  countyId: string,
  residentId: string,
  today: PlainDate,
): Promise<(HouseholdRow & { readonly ageYears: number; readonly audiences: readonly string[] })[]> {
  const { rows } = await sql<HouseholdRow>`
    select o.id, o.name, o.birth_date, exists (select 1 from contract c where c.county_id = o.county_id
        and c.resident_id = o.id and c.ended_on is null and c.valid_to >= ${today}::date) as contracted,
      array(select e.program from enrollment e where e.county_id = o.county_id and e.resident_id = o.id
        and e.closed_on is null) as programs
    from resident r
    join resident o on o.county_id = r.county_id and o.household_id = r.household_id and o.id <> r.id and o.status = 'active'
    where r.county_id = ${countyId} and r.id = ${residentId}::uuid order by o.birth_date limit 20`.execute(
    tx,
  );
  return rows.map((row) => {
    const ageYears = ageInYears(row.birth_date, today);
    return { ...row, ageYears, audiences: audiencesOf({ ageYears, programs: row.programs }) };
  });
}
