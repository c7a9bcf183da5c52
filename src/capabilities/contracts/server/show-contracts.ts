import { sql, type Transaction } from 'kysely';
import { ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { EndpointResponse } from '#standards/endpoint.ts';
import type { showContracts } from '../contract.ts';
import { audiencesOf } from '../domain/service-package.ts';
import type { PackageLine } from '../package-contract.ts';
import { listDoctors } from './contract-rows.ts';
import { describeContract, readContractRows, readHousehold } from './read-contracts.ts';
import { readServices } from './read-services.ts';
import { readPackages } from './service-packages.ts';

/** Everything the signing screen of a person shows. */
export async function readSigningPage(
  tx: Transaction<Tables>,
  actor: Actor,
  residentId: string,
  today: PlainDate,
): Promise<EndpointResponse<typeof showContracts> | Refused> {
  const { countyId } = actor;
  const person = await tx
    .selectFrom('resident')
    .select(['birth_date', 'org_path'])
    .where('county_id', '=', countyId)
    .where('id', '=', residentId)
    .executeTakeFirst();
  if (!person) return refused('not-found');
  const rows = await readContractRows(tx, countyId, residentId);
  const packages = await readPackages(tx, countyId);
  const standing = rows.find((row) => row.ended_on === null);
  // Of an early renewal the older term runs on, with what it still promises.
  const running = rows.find(
    (row) => row.end_reason === 'renewed' && row.ended_on !== null && row.ended_on >= today,
  );
  const since = running?.valid_from ?? standing?.valid_from;
  const services = since
    ? ((await readServices(tx, countyId, [residentId], since)).get(residentId) ?? [])
    : [];
  const programs = await readPrograms(tx, countyId, residentId);
  const household = await readHousehold(tx, countyId, residentId, today);
  const fits = (audiences: readonly string[]) => fittingPackages(packages, audiences);
  return {
    current: standing
      ? {
          ...describeContract(standing, packages, services, today),
          family: household
            .filter((one) => standing.family.includes(one.id))
            .map(({ id, name }) => ({ id, name })),
        }
      : null,
    running: running ? describeContract(running, packages, services, today) : null,
    past: rows
      .filter((row) => row !== standing)
      .map((row) => {
        const { deliveries: _deliveries, ...one } = describeContract(row, packages, [], today);
        return one;
      }),
    offers: await readOffers(tx, countyId, residentId),
    packages,
    fitting: fits(audiencesOf({ ageYears: ageInYears(person.birth_date, today), programs })),
    doctors: await listDoctors(tx, countyId, person.org_path),
    household: household.map((one) => ({
      id: one.id,
      name: one.name,
      ageYears: one.ageYears,
      isContracted: one.contracted,
      fitting: fits(one.audiences),
    })),
  };
}

/** Free packages on offer for one of these audiences; one that costs money is chosen, not proposed. */
function fittingPackages(packages: readonly PackageLine[], audiences: readonly string[]): string[] {
  return packages
    .filter((one) => !one.isRetired && one.priceCents === 0 && audiences.includes(one.audience))
    .map((one) => one.id);
}

async function readPrograms(
  tx: Transaction<Tables>,
  countyId: string,
  residentId: string,
): Promise<string[]> {
  const rows = await tx
    .selectFrom('enrollment')
    .select('program')
    .where('county_id', '=', countyId)
    .where('resident_id', '=', residentId)
    .where('closed_on', 'is', null)
    .execute();
  return rows.map((row) => row.program);
}

async function readOffers(tx: Transaction<Tables>, countyId: string, residentId: string) {
  const { rows } = await sql<{ on_day: string; outcome: string; reason: string; name: string }>`
    select f.on_day, f.outcome, f.reason, s.name from contract_offer f
    join staff s on s.county_id = f.county_id and s.id = f.recorded_by
    where f.county_id = ${countyId} and f.resident_id = ${residentId}::uuid
    order by f.on_day desc, f.recorded_at desc limit 20`.execute(tx);
  return rows.map((row) => ({
    on: row.on_day,
    outcome: row.outcome,
    reason: row.reason,
    recordedByName: row.name,
  }));
}
