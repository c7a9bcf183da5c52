import { type RawBuilder, sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import { subtreeRange } from '#kernel/org-path.ts';
import { addDays, ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { type DueContract, dueBuckets } from '../contract.ts';
import { contractStateOn } from '../domain/contract-state.ts';
import { creditServices } from '../domain/credit-services.ts';
import { readServices } from './read-services.ts';
import { readPackages } from './service-packages.ts';

/** How far ahead the list looks. */
const aheadDays = 30;

interface Row {
  readonly id: string;
  readonly resident_id: string;
  readonly package_ids: string[];
  readonly valid_from: PlainDate;
  readonly valid_to: PlainDate;
  readonly planned: number;
  readonly done: number;
  readonly sort_on: PlainDate;
  readonly name: string;
  readonly sex: string;
  readonly birth_date: PlainDate;
  readonly doctor_name: string;
  readonly organization_name: string;
}

type Bucket = (typeof dueBuckets)[number];

/** A contract as the lists see it: standing, or renewed ahead of time with its own term still running. */
const sides = ['standing', 'renewed'] as const;
type Side = (typeof sides)[number];

/** What is to be done of a term renewed ahead of time is still due; only its renewal is not asked again. */
const sidesOf = (bucket: Bucket): readonly Side[] => (bucket === 'to-renew' ? ['standing'] : sides);

/** Which contracts `c` of living people `r` stand in a bucket, and the day they are sorted by. */
function bucketOf(
  actor: Actor,
  input: { bucket: Bucket; side: Side; isMine: boolean; today: PlainDate },
): { day: RawBuilder<unknown>; isIn: RawBuilder<unknown> } {
  const { from, to } = subtreeRange(actor.scopePath);
  const today = sql`${input.today}::date`;
  const ahead = sql`${addDays(input.today, aheadDays)}::date`;
  // A term that ran out is asked to be renewed; nothing more is due of it.
  const running = sql`c.valid_from <= ${today} and c.valid_to >= ${today}`;
  const inBucket = {
    overdue: sql`${running} and c.next_due_on < ${today}`,
    soon: sql`${running} and c.next_due_on >= ${today} and c.next_due_on <= ${ahead}`,
    'to-renew': sql`c.valid_to <= ${ahead}`,
  }[input.bucket];
  const standing =
    input.side === 'standing'
      ? sql`c.ended_on is null`
      : sql`c.end_reason = 'renewed' and c.ended_on >= ${today}`;
  return {
    day: input.bucket === 'to-renew' ? sql`c.valid_to` : sql`c.next_due_on`,
    isIn: sql`c.county_id = ${actor.countyId} and ${standing} and c.org_path >= ${from} and c.org_path < ${to}
      and ${inBucket} ${input.isMine ? sql`and c.doctor_id = ${actor.staffId}::uuid` : sql``}`,
  };
}

/** The most a bucket is counted to; beyond it a worklist is not read to its end anyway. */
export const mostCounted = 1000;

/** How many contracts stand in each bucket, counted up to a limit. */
export async function countDue(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { isMine: boolean; today: PlainDate },
): Promise<Record<Bucket, number>> {
  const linesOf = (bucket: Bucket, side: Side) => sql`(select 1 from contract c
    join resident r on r.county_id = c.county_id and r.id = c.resident_id and r.status = 'active'
    where ${bucketOf(actor, { ...input, bucket, side }).isIn} limit ${mostCounted})`;
  const counted = dueBuckets.map(
    (bucket) =>
      sql`(select least(count(*), ${mostCounted})::int from (${sql.join(
        sidesOf(bucket).map((side) => linesOf(bucket, side)),
        sql` union all `,
      )}) x) as ${sql.ref(bucket)}`,
  );
  const { rows } = await sql<Record<Bucket, number>>`select ${sql.join(counted)}`.execute(tx);
  return rows[0] ?? { overdue: 0, soon: 0, 'to-renew': 0 };
}

/** Contracts with promises overdue, due within thirty days, or terms to renew, earliest first; one page. */
export async function readDueContracts(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    bucket: Bucket;
    isMine: boolean;
    cursor?: string | undefined;
    limit: number;
    today: PlainDate;
  },
): Promise<{ items: DueContract[]; nextCursor: string | null }> {
  const after = decodeCursor(input.cursor, 2);
  const linesOf = (side: Side) => {
    const { day, isIn } = bucketOf(actor, { ...input, side });
    const beyond = after ? sql`and (${day}, c.id) > (${after[0]}::date, ${after[1]}::uuid)` : sql``;
    return sql`(select c.id, c.resident_id, c.package_ids, c.valid_from, c.valid_to, c.planned, c.done, ${day} as sort_on,
        c.doctor_id, c.county_id, r.name, r.sex, r.birth_date, r.organization_id
      from contract c
      join resident r on r.county_id = c.county_id and r.id = c.resident_id and r.status = 'active'
      where ${isIn} ${beyond} order by ${day}, c.id limit ${input.limit + 1})`;
  };
  const found = await sql<Row>`
    select c.*, s.name as doctor_name, o.name as organization_name
    from (${sql.join(sidesOf(input.bucket).map(linesOf), sql` union all `)}) c
    join staff s on s.county_id = c.county_id and s.id = c.doctor_id
    join organization o on o.county_id = c.county_id and o.id = c.organization_id
    order by c.sort_on, c.id limit ${input.limit + 1}`.execute(tx);
  const rows = found.rows.slice(0, input.limit);
  const last = rows.at(-1);
  return {
    items: await describe(tx, actor.countyId, rows, input.today),
    nextCursor: found.rows.length > input.limit && last ? encodeCursor([last.sort_on, last.id]) : null,
  };
}

async function describe(
  tx: Transaction<Tables>,
  countyId: string,
  rows: readonly Row[],
  today: PlainDate,
): Promise<DueContract[]> {
  if (rows.length === 0) return [];
  const packages = new Map((await readPackages(tx, countyId)).map((one) => [one.id, one]));
  const from = rows.map((row) => row.valid_from).reduce((a, b) => (a < b ? a : b));
  const services = await readServices(
    tx,
    countyId,
    rows.map((row) => row.resident_id),
    from,
  );
  return rows.map((row) => {
    const terms = { validFrom: row.valid_from, validTo: row.valid_to };
    const own = row.package_ids.flatMap((id) => packages.get(id) ?? []);
    const items = creditServices(terms, own, services.get(row.resident_id) ?? [], today);
    return {
      contractId: row.id,
      residentId: row.resident_id,
      name: row.name,
      sex: row.sex,
      ageYears: ageInYears(row.birth_date, today),
      organizationName: row.organization_name,
      doctorName: row.doctor_name,
      validTo: row.valid_to,
      state: contractStateOn({ ...terms, endedOn: null }, today),
      planned: row.planned,
      done: row.done,
      due: items
        .flatMap(({ label, nextDueOn, isOverdue }) =>
          nextDueOn === null || nextDueOn > addDays(today, aheadDays)
            ? []
            : [{ label, nextDueOn, isOverdue }],
        )
        .toSorted((a, b) => (a.nextDueOn < b.nextDueOn ? -1 : 1)),
    };
  });
}
