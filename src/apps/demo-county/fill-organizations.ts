import type pg from 'pg';
import { hashPassword } from '#platform/server/auth/hash-password.ts';
import type { VillageDoctor } from './county-fill.ts';
import { type DemoAccount, demoAccounts, demoPassword } from './demo-accounts.ts';
import { drawName } from './names.ts';
import type { CountyPlan } from './plan-organizations.ts';
import type { IdMaker, Random } from './random.ts';

interface DemoStaff {
  readonly id: string;
  readonly organizationId: string;
  readonly username: string;
  readonly name: string;
  readonly role: string;
}

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

/** Files everybody who works there, all with the demo password; returns each village's doctor by the clinic's id. */
export async function insertStaff(
  client: pg.Client,
  plan: CountyPlan,
  random: Random,
  ids: IdMaker,
): Promise<Map<string, VillageDoctor>> {
  const doctors = new Map<string, VillageDoctor>();
  const staff = [
    ...accountHolders(plan, ids, doctors),
    ...otherVillageDoctors(plan, random, ids, doctors),
    ...townshipStaff(plan, random, ids),
  ];
  await client.query(
    `insert into staff (county_id, id, organization_id, username, name, role, password_hash)
     select $1, x.id, x."organizationId", x.username, x.name, x.role, $3
     from jsonb_to_recordset($2::jsonb) as x (id uuid, "organizationId" uuid, username text, name text, role text)`,
    [plan.countyId, JSON.stringify(staff), await hashPassword(demoPassword)],
  );
  return doctors;
}

const townshipsOf = (plan: CountyPlan) => plan.organizations.filter((o) => o.kind === 'township-centre');

function homeOf(plan: CountyPlan, place: DemoAccount['place']) {
  if (typeof place === 'object') return plan.villages[place.village];
  if (place === 'township') return townshipsOf(plan)[0];
  return plan.organizations.find((o) => o.kind === place);
}

function accountHolders(plan: CountyPlan, ids: IdMaker, doctors: Map<string, VillageDoctor>): DemoStaff[] {
  return demoAccounts.flatMap(({ place, username, name, role }) => {
    const home = homeOf(plan, place);
    if (!home) return [];
    const id = ids.next();
    if (role === 'village-doctor') doctors.set(home.id, { id, name, rounding: 0.35 });
    return [{ id, organizationId: home.id, username, name, role }];
  });
}

function otherVillageDoctors(
  plan: CountyPlan,
  random: Random,
  ids: IdMaker,
  doctors: Map<string, VillageDoctor>,
): DemoStaff[] {
  return plan.villages.flatMap((village, index) => {
    if (doctors.has(village.id)) return [];
    const id = ids.next();
    const name = drawName(random, random.chance(0.7) ? '1' : '2', 1972);
    const rounding = Math.min(0.9, Math.max(0.05, random.normal(0.35, 0.2)));
    doctors.set(village.id, { id, name, rounding });
    const username = `doctor${String(index + 1).padStart(4, '0')}`;
    return [{ id, organizationId: village.id, username, name, role: 'village-doctor' }];
  });
}

function townshipStaff(plan: CountyPlan, random: Random, ids: IdMaker): DemoStaff[] {
  const posts = [
    ['township-doctor', 'gp'],
    ['township-public-health-doctor', 'ph'],
  ] as const;
  return townshipsOf(plan).flatMap((township, index) =>
    posts.map(([role, prefix]) => ({
      id: ids.next(),
      organizationId: township.id,
      username: `${prefix}${String(index + 1).padStart(3, '0')}`,
      name: drawName(random, random.chance(0.5) ? '1' : '2', 1985),
      role,
    })),
  );
}
