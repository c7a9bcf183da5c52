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

/**
 * Finds the organization asked for within the actor's scope; without an id, the top of that scope. A county office, which
 * keeps no records itself, stands for the county whose people it looks after.
 */
export async function findCountedOrganization(
  tx: Transaction<Tables>,
  actor: Actor,
  organizationId: string | undefined,
): Promise<CountedOrganization | undefined> {
  const select = () =>
    tx
      .selectFrom('organization')
      .select(['id', 'name', 'kind', 'path', 'scope_path'])
      .where('county_id', '=', actor.countyId);
  let row =
    organizationId === undefined
      ? await select().where('path', '=', actor.scopePath).executeTakeFirst()
      : await select().where('id', '=', organizationId).executeTakeFirst();
  if (row && row.path !== row.scope_path) {
    row = await select().where('path', '=', row.scope_path).executeTakeFirst();
  }
  if (!row?.path.startsWith(actor.scopePath)) return undefined;
  return { id: row.id, name: row.name, kind: row.kind, path: orgPath(row.path) };
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
  const { figures, children } = await readFigures(tx, {
    countyId,
    organizationId: organization.id,
    path: organization.path,
    program: hypertensionCount.program,
    year,
    today: input.today,
  });
  return {
    asOf: year < yearOf(input.today) ? `${year}-12-31` : input.today,
    countedAt: input.now.toISOString(),
    year,
    organization: { id: organization.id, name: organization.name, kind: organization.kind },
    trail: await readTrail(tx, { countyId, path: organization.path, scope: actor.scopePath }),
    figures,
    children,
    definitions: [...hypertensionDefinitions],
  };
}
