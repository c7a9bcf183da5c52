/** A house of the county as far as sending somebody there goes. */
export interface House {
  readonly id: string;
  readonly kind: string;
  readonly path: string;
}

export const directions = { up: '上转', down: '下转', across: '同级' } as const;
export type Direction = keyof typeof directions;

/** How high a house stands that can take patients; undefined for one that cannot. */
export const tiers: Readonly<Record<string, number>> = { 'township-centre': 1, 'county-hospital': 2 };
const tierOf = (kind: string) => (Object.hasOwn(tiers, kind) ? tiers[kind] : undefined);

/** Which way a referral goes; undefined where one of the two does not take referred patients. A village stands lowest. */
export function directionOf(fromKind: string, toKind: string): Direction | undefined {
  const to = tierOf(toKind);
  if (to === undefined) return undefined;
  const from = tierOf(fromKind) ?? 0;
  return to > from ? 'up' : to < from ? 'down' : 'across';
}

/** Whether a house may be sent patients by another: it takes them, and is not the same. */
export const mayReceive = (house: House, from: House): boolean =>
  house.id !== from.id && directionOf(from.kind, house.kind) !== undefined;

const order: Readonly<Record<Direction, number>> = { up: 0, down: 1, across: 2 };

/**
 * The houses that may take a patient of the sender, the likeliest first: those above, those below, one's equals; among them
 * the house the person belongs to, then the highest, then in the order of the tree.
 */
export function rankReceivers<H extends House>(
  houses: readonly H[],
  from: House,
  homePath: string | undefined,
): { house: H; direction: Direction }[] {
  const isHome = (house: House) => homePath?.startsWith(house.path) === true;
  return houses
    .filter((house) => mayReceive(house, from))
    .map((house) => ({ house, direction: directionOf(from.kind, house.kind) as Direction }))
    .sort(
      (a, b) =>
        order[a.direction] - order[b.direction] ||
        Number(isHome(b.house)) - Number(isHome(a.house)) ||
        (tierOf(b.house.kind) ?? 0) - (tierOf(a.house.kind) ?? 0) ||
        (a.house.path < b.house.path ? -1 : 1),
    );
}
