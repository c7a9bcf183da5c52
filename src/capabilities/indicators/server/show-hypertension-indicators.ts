import type { Transaction } from 'kysely';
import { type OrgPath, orgPath } from '#kernel/org-path.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { hypertensionDefinitions } from '../domain/hypertension-definitions.ts';
import { hypertensionCount } from './hypertension-count.ts';
import { readFigures, readTrail } from './read-figures.ts';
import { yearOf } from './rejudge-management-years.ts';

/** An organization whose figures may be seen: the caller's own scope or below it. */
export interface CountedOrganization {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly path: OrgPath;
}

/** Finds the organization asked for within the actor's scope; without an id, the top of that scope. */
export async function findCountedOrganization(
  tx: Transaction<Tables>,
  actor: Actor,
  organizationId: string | undefined,
): Promise<CountedOrganization | undefined> {
  const row = await tx
    .selectFrom('organization')
    .select(['id', 'name', 'kind', 'scope_path'])
    .where('county_id', '=', actor.countyId)
    .where((eb) =>
      organizationId === undefined ? eb('path', '=', actor.scopePath) : eb('id', '=', organizationId),
    )
    .executeTakeFirst();
  if (!row?.scope_path.startsWith(actor.scopePath)) return undefined;
  return { id: row.id, name: row.name, kind: row.kind, path: orgPath(row.scope_path) };
}

/** The hypertension page of an organization: its figures, those directly below it, and what each figure means. */
export async function readHypertensionPage(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { organizationId?: string | undefined; year?: number | undefined; today: PlainDate; now: Date },
) {
  const organization = await findCountedOrganization(tx, actor, input.organizationId);
  if (!organization) return refused('not-found') satisfies Refused;
  const year = input.year ?? yearOf(input.today);
  const { countyId } = actor;
  const which = {
    countyId,
    organizationId: organization.id,
    program: hypertensionCount.program,
    year,
    today: input.today,
  };
  const [self] = await readFigures(tx, { ...which, level: 'self' });
  if (!self) return refused('not-found');
  return {
    asOf: year < yearOf(input.today) ? `${year}-12-31` : input.today,
    countedAt: input.now.toISOString(),
    year,
    organization: { id: organization.id, name: organization.name, kind: organization.kind },
    trail: await readTrail(tx, { countyId, path: organization.path, scope: actor.scopePath }),
    figures: self.figures,
    children: await readFigures(tx, { ...which, level: 'children' }),
    definitions: [...hypertensionDefinitions],
  };
}
