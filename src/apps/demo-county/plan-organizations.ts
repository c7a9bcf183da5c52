import { townshipNames, villageNames } from './names.ts';
import type { IdMaker, Random } from './random.ts';

export interface PlannedOrganization {
  readonly id: string;
  readonly parentId: string | null;
  readonly kind:
    | 'county'
    | 'health-bureau'
    | 'cdc'
    | 'county-hospital'
    | 'township-centre'
    | 'village-clinic';
  readonly name: string;
  readonly regionCode: string;
  readonly path: string;
  readonly scopePath: string;
  readonly position: number;
}

/** A village clinic with what makes its work good or poor. */
export interface PlannedVillage extends PlannedOrganization {
  readonly share: number;
  /** How likely a due visit is made, 0–1. */
  readonly diligence: number;
  /** How strongly treatment brings pressure down, mmHg over two years. */
  readonly effect: number;
  readonly township: PlannedOrganization;
}

export interface CountyPlan {
  readonly countyId: string;
  readonly organizations: readonly PlannedOrganization[];
  readonly villages: readonly PlannedVillage[];
}

const residentsPerVillage = 1850;
const villagesPerTownship = 15;

/** The tree of a county of so many residents: bureau, CDC, lead hospital, township centres, village clinics. */
export function planOrganizations(
  random: Random,
  ids: IdMaker,
  countyId: string,
  residents: number,
): CountyPlan {
  const root: PlannedOrganization = {
    id: ids.next(),
    parentId: null,
    kind: 'county',
    name: '全程县',
    regionCode: countyId,
    path: `/${countyId}/`,
    scopePath: `/${countyId}/`,
    position: 0,
  };
  const atCounty = (
    kind: 'health-bureau' | 'cdc' | 'county-hospital',
    label: string,
    name: string,
    position: number,
  ) => ({
    id: ids.next(),
    parentId: root.id,
    kind,
    name,
    regionCode: countyId,
    path: `/${countyId}/${label}/`,
    scopePath: root.path,
    position,
  });
  const organizations: PlannedOrganization[] = [
    root,
    atCounty('health-bureau', 'bureau', '全程县卫生健康局', 1),
    atCounty('cdc', 'cdc', '全程县疾病预防控制中心', 2),
    atCounty('county-hospital', 'hospital', '全程县人民医院', 3),
  ];
  const villageCount = Math.max(4, Math.round(residents / residentsPerVillage));
  const townshipCount = Math.max(2, Math.round(villageCount / villagesPerTownship));
  const villages: PlannedVillage[] = [];
  for (let t = 0; t < townshipCount; t++) {
    const code = String(100 + t).padStart(3, '0');
    const base = townshipNames[t % townshipNames.length] ?? '青禾';
    const round = Math.floor(t / townshipNames.length);
    const township: PlannedOrganization = {
      id: ids.next(),
      parentId: root.id,
      kind: 'township-centre',
      name: `${base}${round > 0 ? round + 1 : ''}镇中心卫生院`,
      regionCode: `${countyId}${code}`,
      path: `/${countyId}/${code}/`,
      scopePath: `/${countyId}/${code}/`,
      position: 10 + t,
    };
    organizations.push(township);
    const townshipQuality = random.normal(0, 0.05);
    const inTownship =
      Math.floor(((t + 1) * villageCount) / townshipCount) - Math.floor((t * villageCount) / townshipCount);
    for (let v = 0; v < inTownship; v++) {
      const villageCode = String(201 + v).padStart(3, '0');
      const name = villageNames[(t * 7 + v) % villageNames.length] ?? '王庄';
      const behind = v === 1;
      const village: PlannedVillage = {
        id: ids.next(),
        parentId: township.id,
        kind: 'village-clinic',
        name: `${name}村卫生室`,
        regionCode: `${countyId}${code}${villageCode}`,
        path: `/${countyId}/${code}/${villageCode}/`,
        scopePath: `/${countyId}/${code}/${villageCode}/`,
        position: v,
        share: Math.max(0.4, random.normal(1, 0.3)),
        diligence: behind
          ? 0.72
          : Math.min(0.985, Math.max(0.8, random.normal(0.945, 0.025) + townshipQuality)),
        effect: Math.max(1, random.normal(5, 3)),
        township,
      };
      organizations.push(village);
      villages.push(village);
    }
  }
  return { countyId, organizations, villages };
}
