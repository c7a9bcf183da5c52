import type { FormEdition } from '#kernel/form-shape.ts';
import { formEdition } from '#standards/forms/all-forms.ts';
import { identityFieldsOf } from '#standards/privacy/identity-fields.ts';
import type { MaskedField } from '#standards/reveal-purposes.ts';
import type { Actor } from '../auth/actor.ts';
import type { Database } from '../database/open-database.ts';
import { withScope } from '../database/with-scope.ts';

interface Known {
  readonly at: number;
  readonly fields: Promise<ReadonlyMap<string, MaskedField>>;
}
const known = new WeakMap<Database, Map<string, Known>>();
/** Another process may have published an edition; its first sheet takes longer than this to come back. */
const keptMilliseconds = 30_000;

const changedAt = new Map<string, number>();
/** What a transaction writes is seen once it ends, which takes no longer than this. */
const writtenMilliseconds = 3_000;

/** Says that a county publishes editions now: what was read before, or while it is being written, is read again. */
export function identityFieldsChanged(countyId: string): void {
  changedAt.set(countyId, performance.now() + writtenMilliseconds);
}

/** What of a form's edition says whether the program was built with it; under one name the county's word stands. */
export interface KeptHead {
  readonly key: string;
  readonly edition: string;
  readonly origin: 'program' | 'county';
}

/** An edition a county keeps besides the program's own. */
export const isBesidesProgram = ({ key, edition, origin }: KeptHead): boolean =>
  origin === 'county' || !formEdition(key, edition);

/**
 * Questions of the editions a county keeps besides the program's own that ask for a number, telephone or address. From then
 * on answers to them are sealed as well.
 */
export function readIdentityFields(
  database: Database,
  actor: Pick<Actor, 'countyId' | 'scopePath'>,
): Promise<ReadonlyMap<string, MaskedField>> {
  const counties = known.get(database) ?? new Map<string, Known>();
  known.set(database, counties);
  const kept = counties.get(actor.countyId);
  const at = performance.now();
  const isFresh = kept && at - kept.at < keptMilliseconds && kept.at > (changedAt.get(actor.countyId) ?? 0);
  if (isFresh) return kept.fields;
  const fields = read(database, actor);
  counties.set(actor.countyId, { at, fields });
  fields.catch(() => counties.delete(actor.countyId));
  return fields;
}

async function read(database: Database, actor: Pick<Actor, 'countyId' | 'scopePath'>) {
  const scope = { countyId: actor.countyId, path: actor.scopePath };
  const editions = await withScope(database, scope, async (tx) => {
    const forms = tx
      .selectFrom('definition')
      .where('county_id', '=', actor.countyId)
      .where('kind', '=', 'form');
    const heads = await forms.select(['key', 'edition', 'digest', 'origin']).execute();
    const others = heads.filter(isBesidesProgram).map((one) => one.digest);
    if (others.length === 0) return [];
    return forms.select('content').where('digest', 'in', others).execute();
  });
  const fields = new Map(
    editions.flatMap((one) => [...identityFieldsOf(one.content as unknown as FormEdition)]),
  );
  database.seals.alsoSeal(fields.keys());
  return fields;
}
