import type { Transaction } from 'kysely';
import { type RawBuilder, sql } from 'kysely';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import { subtreeRange } from '#kernel/org-path.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { FieldSeals } from '#platform/server/crypto/field-seals.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { sealsOf } from '#platform/server/database/with-scope.ts';
import type { ResidentSummary } from '../contract.ts';
import { readSearchText, type SearchTerm } from '../domain/read-search-text.ts';
import { identityIndex, idTailIndex, indexedTail, phoneTailIndex } from './seal-resident.ts';
import { openPrograms, summariseResident, summaryColumns } from './summarise-residents.ts';

/** More people than this with one tail is not an answer; the worker types more digits. */
const mostTailMatches = 500;
/** Of a longer tail only the last digits are indexed; among so many who share them the rest is compared. */
const mostTailCandidates = 2000;

interface Found {
  readonly items: ResidentSummary[];
  readonly nextCursor: string | null;
}

/** Finds residents in the actor's subtree by name, initials, number or tail; in order of name. */
export async function searchResidentsInScope(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { text: string; cursor?: string | undefined; limit: number },
  today: PlainDate,
): Promise<Found> {
  const term = readSearchText(input.text);
  if (term.kind === 'too-short') return { items: [], nextCursor: null };
  const after = decodeCursor(input.cursor, 2);
  const ids = await findIds(tx, actor, term, after, input.limit + 1);
  if (ids.length === 0) return { items: [], nextCursor: null };
  const rows = await tx
    .selectFrom('resident as r')
    .innerJoin('organization as o', (join) =>
      join.onRef('o.county_id', '=', 'r.county_id').onRef('o.id', '=', 'r.organization_id'),
    )
    .select([...summaryColumns])
    .select((eb) => openPrograms(eb))
    .where('r.county_id', '=', actor.countyId)
    .where('r.id', 'in', ids)
    .orderBy('r.name')
    .orderBy('r.id')
    .execute();
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => summariseResident(row, today)),
    nextCursor: rows.length > input.limit && last ? encodeCursor([last.name, last.id]) : null,
  };
}

async function findIds(
  tx: Transaction<Tables>,
  actor: Actor,
  term: Exclude<SearchTerm, { kind: 'too-short' }>,
  after: string[] | undefined,
  limit: number,
): Promise<string[]> {
  const { from, to } = subtreeRange(actor.scopePath);
  const scope = sql`county_id = ${actor.countyId} and org_path >= ${from} and org_path < ${to}`;
  const beyond = after ? sql`and (name, id) > (${after[0]}, ${after[1]}::uuid)` : sql``;
  const longTail = term.kind === 'tail' && term.tail.length > indexedTail;
  const found = longTail
    ? await withTail(tx, term.tail, scope)
    : matches(sealsOf(tx), term, scope, beyond, limit);
  const query: RawBuilder<{ id: string }> = sql<{ id: string }>`
    select id from (${found}) as found
    where true ${beyond} order by name, id limit ${limit}`;
  return (await query.execute(tx)).rows.map((row) => row.id);
}

function matches(
  seals: FieldSeals,
  term: Exclude<SearchTerm, { kind: 'too-short' }>,
  scope: RawBuilder<unknown>,
  beyond: RawBuilder<unknown>,
  limit: number,
): RawBuilder<unknown> {
  const where = (condition: RawBuilder<unknown>) =>
    sql`select id, name from resident where ${scope} and ${condition}`;
  const range = (column: string, prefix: string) =>
    sql`${sql.ref(column)} >= ${prefix} and ${sql.ref(column)} < ${prefix + '\u{10ffff}'}`;
  const tail = (condition: RawBuilder<unknown>) => sql`(${where(condition)} limit ${mostTailMatches})`;
  switch (term.kind) {
    case 'name':
      return sql`${where(sql`${range('name', term.prefix)} ${beyond}`)} order by name, id limit ${limit}`;
    case 'initials':
      return sql`${where(range('name_initials', term.prefix))} union ${where(
        sql`name_initials_alt is not null and ${range('name_initials_alt', term.prefix)}`,
      )}`;
    case 'id-no':
      return where(sql`identity_index = ${identityIndex(seals, term.idNo)}`);
    case 'archive-no':
      return where(sql`archive_no = ${term.archiveNo}`);
    case 'tail':
      return sql`${tail(sql`id_tail_index = ${idTailIndex(seals, term.tail)}`)}
        union ${tail(sql`phone_tail_index = ${phoneTailIndex(seals, term.tail)}`)}
        union ${tail(range('archive_no_reversed', reversed(term.tail)))}`;
  }
}

const reversed = (text: string) => [...text].reverse().join('');

/** Those whose number ends so: found by the last digits, then opened and compared. */
async function withTail(
  tx: Transaction<Tables>,
  tail: string,
  scope: RawBuilder<unknown>,
): Promise<RawBuilder<unknown>> {
  const seals = sealsOf(tx);
  const columns = sql`select id, name, id_no, phone from resident where ${scope}`;
  const digits = reversed(tail);
  const { rows } = await sql<{ id: string; id_no: string | null; phone: string | null }>`
    (${columns} and id_tail_index = ${idTailIndex(seals, tail)} limit ${mostTailCandidates}) union
    (${columns} and phone_tail_index = ${phoneTailIndex(seals, tail)} limit ${mostTailCandidates})`.execute(
    tx,
  );
  const ids = rows
    .filter((row) => row.id_no?.toUpperCase().endsWith(tail) || row.phone?.endsWith(tail))
    .map((row) => row.id);
  return sql`select id, name from resident where ${scope} and id = any(${ids}::uuid[]) union
    (select id, name from resident where ${scope} and archive_no_reversed >= ${digits}
      and archive_no_reversed < ${`${digits}\u{10ffff}`} limit ${mostTailMatches})`;
}
