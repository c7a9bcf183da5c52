import type { VillageDoctor } from './county-fill.ts';
import { type DemoAccount, demoAccounts } from './demo-accounts.ts';
import { drawName } from './names.ts';
import type { CountyPlan } from './plan-organizations.ts';
import type { IdMaker, Random } from './random.ts';

export interface DemoStaff {
  readonly id: string;
  readonly organizationId: string;
  readonly username: string;
  readonly name: string;
  readonly role: string;
}

/** Everybody who works in the county, and each village's doctor by the clinic's id. */
export function planStaff(plan: CountyPlan, random: Random, ids: IdMaker) {
  const doctors = new Map<string, VillageDoctor>();
  const staff = [
    ...accountHolders(plan, ids, doctors),
    ...otherVillageDoctors(plan, random, ids, doctors),
    ...townshipStaff(plan, random, ids),
  ];
  return { staff, doctors };
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
