import { sql, type Transaction } from 'kysely';
import { datedEditions } from '#kernel/choose-edition.ts';
import { dayInChina, type PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { DefinitionLine } from '../definition-contract.ts';
import { takenThroughOf } from '../domain/taken-edition.ts';
import { readDefinitionSet } from './read-definitions.ts';

/** Every definition in force, and older ones still on some phone, with how many phones of the scope hold it. */
export async function readDefinitionLines(
  tx: Transaction<Tables>,
  countyId: string,
  now: Date,
): Promise<{ items: DefinitionLine[]; phones: number; silent: number }> {
  const { heads } = await readDefinitionSet(tx, countyId, now);
  const { rows } = await sql<{
    kind: DefinitionLine['kind'];
    key: string;
    edition: string;
    digest: string;
    title: string;
    from: PlainDate | null;
    engine: number;
    published_at: Date;
    retired_at: Date | null;
    phones: number;
  }>`
    with held as (
      select unnest(s.members) as digest from field_device d
      join definition_set s on s.county_id = d.county_id and s.digest = d.definition_set
      where d.county_id = ${countyId} and d.state = 'active'),
    counted as (select digest, count(*)::int as phones from held group by digest)
    select x.kind, x.key, x.edition, x.digest, x.title, x.in_force_from as "from", x.engine, x.published_at, x.retired_at,
      coalesce(c.phones, 0) as phones
    from definition x left join counted c on c.digest = x.digest
    where x.county_id = ${countyId} and (c.phones is not null or x.digest = any(${heads.map((one) => one.digest)}::text[]))
    order by x.kind, x.key, x.in_force_from nulls first, x.edition, x.published_at`.execute(tx);
  const phones = await sql<{ phones: number; silent: number }>`
    select count(*)::int as phones, count(*) filter (where definition_set is null)::int as silent
    from field_device where county_id = ${countyId} and state = 'active'`.execute(tx);
  const current = new Set(heads.map((one) => one.digest));
  return {
    items: rows.map(({ published_at, retired_at, ...row }) => {
      const isReplaced = heads.some(
        (one) =>
          one.kind === row.kind &&
          one.key === row.key &&
          (row.kind !== 'form' || one.edition === row.edition),
      );
      const editions = heads.filter((one) => one.kind === 'form' && one.key === row.key);
      const dated = datedEditions(editions).find((one) => row.kind === 'form' && one.edition === row.edition);
      return {
        ...row,
        until: dated?.until ?? null,
        takenThrough: dated ? takenThroughOf(dated) : null,
        publishedAt: published_at.toISOString(),
        endedOn: retired_at && !isReplaced ? dayInChina(retired_at) : null,
        isRetired: !current.has(row.digest),
      };
    }),
    phones: phones.rows[0]?.phones ?? 0,
    silent: phones.rows[0]?.silent ?? 0,
  };
}
