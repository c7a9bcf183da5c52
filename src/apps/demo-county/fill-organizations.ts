import type pg from 'pg';
import { hashPassword } from '#platform/server/auth/hash-password.ts';
import { demoPassword } from './demo-accounts.ts';
import type { CountyPlan } from './plan-organizations.ts';
import type { DemoStaff } from './plan-staff.ts';

/** Files the tree of organizations. */
export async function insertOrganizations(client: pg.Client, plan: CountyPlan): Promise<void> {
  await client.query(
    `insert into organization (county_id, id, parent_id, kind, name, region_code, path, scope_path, position)
     select $1, x.id, x."parentId", x.kind, x.name, x."regionCode", x.path, x."scopePath", x.position
     from jsonb_to_recordset($2::jsonb) as x (id uuid, "parentId" uuid, kind text, name text, "regionCode" text,
       path text, "scopePath" text, position integer)`,
    [plan.countyId, JSON.stringify(plan.organizations)],
  );
}

/** Files everybody who works there, all with the demo password. */
export async function insertStaff(
  client: pg.Client,
  { countyId }: CountyPlan,
  staff: readonly DemoStaff[],
): Promise<void> {
  await client.query(
    `insert into staff (county_id, id, organization_id, username, name, role, password_hash)
     select $1, x.id, x."organizationId", x.username, x.name, x.role, $3
     from jsonb_to_recordset($2::jsonb) as x (id uuid, "organizationId" uuid, username text, name text, role text)`,
    [countyId, JSON.stringify(staff), await hashPassword(demoPassword)],
  );
}
