import type { FieldIssue } from '#kernel/problem.ts';
import { administratorRoles } from '#standards/roles.ts';

export type PlaceKind = 'health-bureau' | 'cdc' | 'county-hospital' | 'township-centre' | 'village-clinic';

/** Which kinds may stand below which. */
const childrenOf: Readonly<Record<string, readonly PlaceKind[]>> = {
  county: ['health-bureau', 'cdc', 'county-hospital', 'township-centre'],
  'township-centre': ['village-clinic'],
};

export const organizationKindLabels: Readonly<Record<string, string>> = {
  county: '县',
  'health-bureau': '卫生健康局',
  cdc: '疾病预防控制中心',
  'county-hospital': '县级医院',
  'township-centre': '乡镇卫生院',
  'village-clinic': '村卫生室',
};

/** Roles that belong to a kind of organization. */
export const rolesOf: Readonly<Record<string, readonly string[]>> = {
  county: administratorRoles,
  'health-bureau': ['health-bureau', ...administratorRoles],
  cdc: ['cdc'],
  'county-hospital': ['county-specialist'],
  'township-centre': ['township-doctor', 'township-public-health-doctor'],
  'village-clinic': ['village-doctor'],
};

/** The kinds that can be added below an organization. */
export function kindsBelow(kind: string): readonly PlaceKind[] {
  return childrenOf[kind] ?? [];
}

export interface Placed {
  readonly path: string;
  readonly scopePath: string;
}

/**
 * Where a new organization stands: its place in the tree follows from its region code, and what it sees from its place.
 * Refuses a kind that does not belong there and a code that does not continue the parent's by three digits.
 */
export function placeOrganization(
  parent: {
    readonly kind: string;
    readonly path: string;
    readonly regionCode: string;
    readonly countyId: string;
  },
  wanted: { readonly kind: PlaceKind; readonly regionCode: string; readonly id: string },
): Placed | { readonly issues: FieldIssue[] } {
  if (!kindsBelow(parent.kind).includes(wanted.kind))
    return {
      issues: [
        {
          path: 'kind',
          code: 'misplaced',
          message: `${organizationKindLabels[parent.kind] ?? ''}下面不能设${organizationKindLabels[wanted.kind]}。`,
        },
      ],
    };
  if (wanted.kind === 'township-centre' || wanted.kind === 'village-clinic') {
    const own = wanted.regionCode.slice(parent.regionCode.length);
    if (!wanted.regionCode.startsWith(parent.regionCode) || !/^[0-9]{3}$/.test(own))
      return {
        issues: [
          {
            path: 'regionCode',
            code: 'not-continued',
            message: `编码应为 ${parent.regionCode} 加3位数字。`,
          },
        ],
      };
    const path = `${parent.path}${own}/`;
    return { path, scopePath: path };
  }
  // County institutions look over the whole county; letters keep their place apart from the townships' digits.
  const label = `${wanted.kind}-${wanted.id.replace(/-/g, '').slice(-8)}`;
  return { path: `${parent.path}${label}/`, scopePath: parent.path };
}
