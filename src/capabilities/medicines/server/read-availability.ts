import { sql, type Transaction } from 'kysely';
import { isWithin, orgPath, parseOrgPath } from '#kernel/org-path.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { MedicineAvailability } from '../contract.ts';
import { lackingAt, type PublishedAvailability, placesDownTo } from '../domain/availability.ts';

/** A place, and what it says itself. */
interface PlaceRow {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly has: readonly string[] | null;
  readonly lacks: readonly string[] | null;
  readonly version: number | null;
  readonly changed_at: Date | null;
  readonly changed_by_name: string | null;
}

/** What the county's places say, as phones are told it, and when it last changed; undefined while nobody has said anything. */
export async function readPublishedAvailability(
  tx: Transaction<Tables>,
  countyId: string,
): Promise<{ readonly content: PublishedAvailability; readonly changedAt: Date } | undefined> {
  const { rows } = await sql<{ org_path: string; has: string[]; lacks: string[]; changed_at: Date }>`
    select org_path, has, lacks, changed_at from medicine_availability
    where county_id = ${countyId} order by org_path`.execute(tx);
  if (rows.length === 0) return undefined;
  const places = Object.fromEntries(
    rows
      .filter(({ has, lacks }) => has.length + lacks.length > 0)
      .map(({ org_path, has, lacks }) => [org_path, { has, lacks }]),
  );
  const changedAt = rows.reduce(
    (latest, one) => (one.changed_at > latest ? one.changed_at : latest),
    new Date(0),
  );
  return { content: { places }, changedAt };
}

/** A place of one's own part of the county: what it has, what it follows, and the places directly below. */
export async function readAvailability(
  tx: Transaction<Tables>,
  actor: Actor,
  organizationId: string | undefined,
): Promise<(MedicineAvailability & { readonly path: string }) | Refused> {
  const asked = organizationId ? sql`o.id = ${organizationId}::uuid` : sql`o.path = ${actor.scopePath}`;
  const [place] = await readPlaces(tx, actor.countyId, asked);
  const path = place && parseOrgPath(place.path);
  if (!place || !path || !isWithin(path, actor.scopePath)) return refused('not-found');
  const trail = await readPlaces(
    tx,
    actor.countyId,
    sql`o.path = any(${[...placesDownTo(place.path)]}::text[])`,
  );
  const below = await readPlaces(tx, actor.countyId, sql`o.parent_id = ${place.id}::uuid`);
  const said = saidBy([...trail, ...below]);
  const above = placesDownTo(place.path).at(-2);
  return {
    path: place.path,
    place: { id: place.id, name: place.name },
    trail: trail.map(({ id, name, path: at }) => ({
      id,
      name,
      mayOpen: isWithin(orgPath(at), actor.scopePath),
    })),
    lacking: [...lackingAt(said, place.path)].toSorted(),
    lackingAbove: [...lackingAt(said, above)].toSorted(),
    version: place.version ?? 0,
    changedAt: place.changed_at?.toISOString() ?? null,
    changedByName: place.changed_by_name,
    below: below.map((one) => ({
      id: one.id,
      name: one.name,
      lacking: lackingAt(said, one.path).size,
      differs: (one.has?.length ?? 0) + (one.lacks?.length ?? 0),
    })),
  };
}

const saidBy = (rows: readonly PlaceRow[]): PublishedAvailability => ({
  places: Object.fromEntries(
    rows.map(({ path, has, lacks }) => [path, { has: has ?? [], lacks: lacks ?? [] }]),
  ),
});

async function readPlaces(
  tx: Transaction<Tables>,
  countyId: string,
  which: ReturnType<typeof sql>,
): Promise<readonly PlaceRow[]> {
  // Offices see no patients and give out no medicine.
  const { rows } = await sql<PlaceRow>`
    select o.id, o.name, o.path, m.has, m.lacks, m.version, m.changed_at, s.name as changed_by_name
    from organization o
    left join medicine_availability m on m.county_id = o.county_id and m.organization_id = o.id
    left join staff s on s.county_id = m.county_id and s.id = m.changed_by
    where o.county_id = ${countyId} and o.kind not in ('health-bureau', 'cdc') and ${which}
    order by length(o.path), o.position, o.path limit 1000`.execute(tx);
  return rows;
}
