import { startingPackages } from '#capabilities/contracts/domain/service-package.ts';
import type { CountyFill } from './county-fill.ts';

/**
 * Service packages, and family-doctor contracts with the village's doctor: three in four of those with a managed disease,
 * somewhat fewer of the old, a quarter of the others; every village is more or less good at it. Most terms run; some are
 * near their end, some ran out and were renewed or not. What is delivered is judged from the real sheets by the product.
 */
export async function fillContracts(fill: CountyFill): Promise<void> {
  await fillPackages(fill);
  await fillSigned(fill);
  await fillOffers(fill);
}

async function fillPackages({ client, countyId, ids, today }: CountyFill): Promise<void> {
  const rows = startingPackages.map((one) => ({ ...one, id: ids.next() }));
  await client.query(
    `insert into service_package (county_id, id, code, name, audience, items, price_cents, created_at)
     select $1, x.id, x.code, x.name, x.audience, x.items, x."priceCents", $3::date - 900
     from jsonb_to_recordset($2::jsonb) as x (id uuid, code text, name text, audience text, items jsonb, "priceCents" integer)`,
    [countyId, JSON.stringify(rows), today],
  );
}

/** A number in [0, 1) that is the same for the same person and seed, for each purpose another. */
const chance = (purpose: string) =>
  `(('x' || substr(md5(r.id::text || '${purpose}'), 1, 7))::bit(28)::int / 268435456.0)`;

async function fillSigned({ client, countyId, today, doctors }: CountyFill): Promise<void> {
  const villageDoctors = [...doctors].map(([organizationId, doctor]) => ({ organizationId, id: doctor.id }));
  // Ids are drawn from the person's, so that the same seed gives the same county.
  const idFrom = (purpose: string) =>
    `(substr(r.id::text, 1, 14) || '7' || substr(md5(r.id::text || '${purpose}'), 1, 3) || '-b' || substr(md5(r.id::text || '${purpose}'), 4, 3) || '-' || substr(md5(r.id::text || '${purpose}'), 7, 12))::uuid`;
  await client.query(
    `create temporary table demo_signed on commit drop as
     select r.id, r.org_path, r.organization_id, d.id as doctor_id, r.name, p.package_ids,
       ${idFrom('contract')} as contract_id, ${idFrom('previous')} as previous_id, ${chance('renewed')} as renewing,
       -- Signing goes by campaigns: most terms began in the last year, one in six more than a year ago.
       $2::date - (10 + floor(${chance('day')} * 405))::int as valid_from
     from resident r
     join jsonb_to_recordset($3::jsonb) as d ("organizationId" uuid, id uuid) on d."organizationId" = r.organization_id
     left join lateral (select array_agg(e.program) as programs from enrollment e
       where e.county_id = r.county_id and e.resident_id = r.id and e.closed_on is null) e on true
     cross join lateral (select array_agg(s.id order by s.code) as package_ids from service_package s
       where s.county_id = r.county_id and s.price_cents = 0 and (s.audience = 'general' or s.audience = any(e.programs)
         or (s.audience = 'elder' and r.birth_date <= $2::date - interval '65 years'))) p
     where r.county_id = $1 and r.status = 'active' and ${chance('sign')} < (0.7 + 0.3 *
         ('x' || substr(md5(r.organization_id::text), 1, 7))::bit(28)::int / 268435456.0) * case
       when e.programs is not null then 0.88 when r.birth_date <= $2::date - interval '65 years' then 0.74
       when r.birth_date > $2::date - interval '7 years' then 0.62 else 0.27 end`,
    [countyId, today, JSON.stringify(villageDoctors)],
  );
  const columns = `county_id, id, resident_id, organization_id, org_path, doctor_id, package_ids, signed_on, valid_from,
    valid_to, consent, family, previous_id, ended_on, end_reason, created_at, created_by`;
  const consent = (name: string) =>
    `jsonb_build_object('signer', 'resident', 'signerName', ${name}, 'guardianRelation', '', 'guardianPhone', '', 'consents', true)`;
  // Terms that ran out: most were renewed the day after, the rest still wait for it.
  await client.query(
    `insert into contract (${columns})
     select $1, case when renewing < 0.8 then previous_id else contract_id end, id, organization_id, org_path, doctor_id,
       package_ids, valid_from, valid_from, (valid_from + interval '1 year')::date - 1, ${consent('name')}, '[]', null,
       case when renewing < 0.8 then (valid_from + interval '1 year')::date - 1 end,
       case when renewing < 0.8 then 'renewed' end, valid_from + time '10:00', doctor_id
     from demo_signed where valid_from <= $2::date - interval '1 year'`,
    [countyId, today],
  );
  await client.query(
    `insert into contract (${columns})
     select $1, contract_id, id, organization_id, org_path, doctor_id, package_ids, f.starts, f.starts,
       (f.starts + interval '1 year')::date - 1, ${consent('name')}, '[]',
       case when valid_from <= $2::date - interval '1 year' then previous_id end, null, null, least(f.starts + time '10:00', localtimestamp), doctor_id
     from demo_signed
     cross join lateral (select case when valid_from <= $2::date - interval '1 year'
       then (valid_from + interval '1 year')::date else valid_from end as starts) f
     where valid_from > $2::date - interval '1 year' or renewing < 0.8`,
    [countyId, today],
  );
}

async function fillOffers({ client, countyId, today, ids, doctors }: CountyFill): Promise<void> {
  const staff = [...doctors].map(([organizationId, doctor]) => ({ organizationId, id: doctor.id }));
  const { rows } = await client.query<{ id: string; org_path: string; doctor_id: string; n: number }>(
    `select r.id, r.org_path, d.id as doctor_id, ('x' || substr(md5(r.id::text || 'offer'), 1, 4))::bit(16)::int as n
     from resident r
     join jsonb_to_recordset($2::jsonb) as d ("organizationId" uuid, id uuid) on d."organizationId" = r.organization_id
     where r.county_id = $1 and r.status = 'active' and ${chance('offer')} < 0.04
       and exists (select 1 from enrollment e where e.county_id = r.county_id and e.resident_id = r.id and e.closed_on is null)
       and not exists (select 1 from contract c where c.county_id = r.county_id and c.resident_id = r.id)
     order by r.org_path, r.id`,
    [countyId, JSON.stringify(staff)],
  );
  const reasons = ['在外务工，年底回来再签', '想先和家里人商量', '已在县城看病', '觉得暂时用不上'];
  const offers = rows.map((row) => ({
    id: ids.next(),
    residentId: row.id,
    orgPath: row.org_path,
    doctorId: row.doctor_id,
    daysAgo: 5 + (row.n % 180),
    outcome: row.n % 3 === 0 ? 'declined' : 'later',
    reason: reasons[row.n % reasons.length],
  }));
  await client.query(
    `insert into contract_offer (county_id, id, resident_id, org_path, on_day, outcome, reason, recorded_at, recorded_by)
     select $1, x.id, x."residentId", x."orgPath", $2::date - x."daysAgo", x.outcome, x.reason,
       ($2::date - x."daysAgo") + time '15:00', x."doctorId"
     from jsonb_to_recordset($3::jsonb) as x (id uuid, "residentId" uuid, "orgPath" text, "daysAgo" integer,
       outcome text, reason text, "doctorId" uuid)`,
    [countyId, today, JSON.stringify(offers)],
  );
}
