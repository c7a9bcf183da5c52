import { sql, type Transaction } from 'kysely';
import { creditServices } from '#capabilities/contracts/domain/credit-services.ts';
import type { PackageItem } from '#capabilities/contracts/domain/service-package.ts';
import { hasNotRunOut } from '#capabilities/contracts/server/public.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { PhoneContract } from '../domain/person-document.ts';

interface ContractRow {
  readonly id: string;
  readonly resident_id: string;
  readonly doctor_name: string;
  readonly package_ids: string[];
  readonly valid_from: PlainDate;
  readonly valid_to: PlainDate;
  readonly services: { recordId: string; form: string; on: PlainDate }[];
}

/** What the contracts in force of these residents still owe, by resident. */
export async function readOwedServices(
  tx: Transaction<Tables>,
  countyId: string,
  ids: readonly string[],
  today: PlainDate,
): Promise<Map<string, PhoneContract>> {
  const { rows } = await sql<ContractRow>`
    select c.id, c.resident_id, s.name as doctor_name, c.package_ids, c.valid_from, c.valid_to,
      (select coalesce(json_agg(json_build_object('recordId', f.id, 'form', f.form, 'on', f.occurred_on)), '[]')
        from form_record f where f.county_id = c.county_id and f.resident_id = c.resident_id and f.superseded_by is null
          and f.status = 'complete' and f.occurred_on between c.valid_from and c.valid_to) as services
    from contract c join staff s on s.county_id = c.county_id and s.id = c.doctor_id
    where c.county_id = ${countyId} and c.resident_id = any(${ids}::uuid[]) and ${hasNotRunOut('c', today)}
      and c.valid_from <= ${today}::date and c.valid_to >= ${today}::date`.execute(tx);
  if (rows.length === 0) return new Map();
  const packages = await tx
    .selectFrom('service_package')
    .select(['id', 'name', 'items'])
    .where('county_id', '=', countyId)
    .execute();
  const byId = new Map(
    packages.map((one) => [one.id, { name: one.name, items: one.items as PackageItem[] }]),
  );
  return new Map(
    rows.map((row) => {
      const promised = row.package_ids.flatMap((id) => byId.get(id) ?? []);
      const deliveries = creditServices(
        { validFrom: row.valid_from, validTo: row.valid_to },
        promised,
        row.services,
        today,
      );
      const due = deliveries
        .filter((one) => one.nextDueOn !== null)
        .map(({ label, planned, done, nextDueOn }) => ({ label, planned, done, nextDueOn }));
      return [row.resident_id, { id: row.id, doctorName: row.doctor_name, validTo: row.valid_to, due }];
    }),
  );
}
