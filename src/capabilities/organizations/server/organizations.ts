import { sql, type Transaction } from 'kysely';
import { type FieldIssue, type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { OrganizationKind, OrganizationLine } from '../contract.ts';
import { placeOrganization } from '../domain/place-organization.ts';

interface OrganizationRow extends OrganizationLine {
  readonly path: string;
}

const invalid = (issues: FieldIssue[]) => refused('invalid-input', { issues });
const issue = (path: string, code: string, message: string): FieldIssue => ({ path, code, message });

function select(tx: Transaction<Tables>, countyId: string, condition: ReturnType<typeof sql>) {
  return sql<OrganizationRow>`
    select o.id, o.parent_id as "parentId", o.kind, o.name, o.region_code as "regionCode", o.phone as "orgPhone", o.path,
      (select count(*)::int from staff s where s.county_id = o.county_id and s.organization_id = o.id) as staff
    from organization o where o.county_id = ${countyId} and ${condition} order by o.position, o.path limit 1000`.execute(
    tx,
  );
}

const lineOf = ({ path: _, ...line }: OrganizationRow): OrganizationLine => line;

/** An organization with those directly below it and the way down to it; the county when none is named. */
export async function readOrganizations(tx: Transaction<Tables>, actor: Actor, parentId: string | undefined) {
  const [parent] = (
    await select(tx, actor.countyId, parentId ? sql`o.id = ${parentId}::uuid` : sql`o.parent_id is null`)
  ).rows;
  if (!parent) return refused('not-found') satisfies Refused;
  const below = await select(tx, actor.countyId, sql`o.parent_id = ${parent.id}::uuid`);
  const trail = await sql<{ id: string; name: string }>`
    select o.id, o.name from organization o where o.county_id = ${actor.countyId}
      and starts_with(${parent.path}, o.path) order by length(o.path)`.execute(tx);
  return { parent: lineOf(parent), trail: trail.rows, items: below.rows.map(lineOf) };
}

/** Adds an organization below another. Refuses a misplaced kind, a code that does not fit or is taken. */
export async function insertOrganization(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    organizationId: string;
    parentId: string;
    kind: OrganizationKind;
    name: string;
    regionCode: string;
    now: Date;
  },
): Promise<OrganizationLine | Refused> {
  const [parent] = (await select(tx, actor.countyId, sql`o.id = ${input.parentId}::uuid`)).rows;
  if (!parent) return refused('not-found');
  const name = input.name.trim();
  if (name === '') return invalid([issue('name', 'missing', '请填写机构名称。')]);
  const regionCode = ['township-centre', 'village-clinic'].includes(input.kind)
    ? input.regionCode.trim()
    : actor.countyId;
  const placed = placeOrganization(
    { kind: parent.kind, path: parent.path, regionCode: parent.regionCode, countyId: actor.countyId },
    { kind: input.kind, regionCode, id: input.organizationId },
  );
  if ('issues' in placed) return invalid(placed.issues);
  const inserted = await sql<{ id: string }>`
    insert into organization (county_id, id, parent_id, kind, name, region_code, path, scope_path, position)
    select ${actor.countyId}, ${input.organizationId}::uuid, ${parent.id}::uuid, ${input.kind}, ${name}, ${regionCode},
      ${placed.path}, ${placed.scopePath}, coalesce(max(o.position), 0) + 1
    from organization o where o.county_id = ${actor.countyId} and o.parent_id = ${parent.id}::uuid
    on conflict do nothing returning id`.execute(tx);
  if (inserted.rows.length === 0) return invalid([issue('regionCode', 'taken', '这个编码已有机构使用。')]);
  await recordAudit(tx, actor, { action: 'organization.add', subject: input.organizationId, now: input.now });
  return {
    id: input.organizationId,
    parentId: parent.id,
    kind: input.kind,
    name,
    regionCode,
    orgPhone: null,
    staff: 0,
  };
}

/** Gives an organization another name, and another telephone where one is said; its place stays. */
export async function updateOrganizationName(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { organizationId: string; name: string; phone?: string | undefined; now: Date },
): Promise<{ id: string; name: string } | Refused> {
  const name = input.name.trim();
  if (name === '') return invalid([issue('name', 'missing', '请填写机构名称。')]);
  const phone = input.phone?.trim();
  const told = phone === undefined ? sql`` : sql`, phone = ${phone || null}`;
  const changed = await sql<{ id: string }>`update organization set name = ${name}${told}
    where county_id = ${actor.countyId} and id = ${input.organizationId}::uuid returning id`.execute(tx);
  if (changed.rows.length === 0) return refused('not-found');
  await recordAudit(tx, actor, {
    action: 'organization.rename',
    subject: input.organizationId,
    now: input.now,
  });
  return { id: input.organizationId, name };
}
