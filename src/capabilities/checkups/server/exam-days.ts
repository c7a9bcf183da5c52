import { sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { ExamDay } from '../contract.ts';
import { type Station, stations } from '../domain/stations.ts';

/** An exam day is planned at most this far ahead, and entered at most this long after. */
const furthestAhead = 366;
const furthestBack = 60;

/** Opens an exam day of the actor's organization. */
export async function insertExamDay(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { examDayId: string; name: string; place: string; heldOn: PlainDate; today: PlainDate; now: Date },
): Promise<{ examDayId: string } | Refused> {
  const issue = (path: string, message: string) =>
    refused('invalid-input', { issues: [{ path, code: 'out-of-range', message }] });
  if (input.name.trim() === '') return issue('name', '请填写名称。');
  if (
    input.heldOn > addDays(input.today, furthestAhead) ||
    input.heldOn < addDays(input.today, -furthestBack)
  )
    return issue('heldOn', '体检日期应在过去60天到今后一年之内。');
  const inserted = await sql`
    insert into exam_day (county_id, id, organization_id, org_path, name, place, held_on, created_at, created_by)
    values (${actor.countyId}, ${input.examDayId}::uuid, ${actor.organizationId}::uuid, ${actor.scopePath},
      ${input.name.trim()}, ${input.place.trim()}, ${input.heldOn}::date, ${input.now}, ${actor.staffId}::uuid)
    on conflict do nothing returning id`.execute(tx);
  if (inserted.rows.length === 0) return refused('already-exists');
  await recordAudit(tx, actor, { action: 'exam-day.open', subject: input.examDayId, now: input.now });
  return { examDayId: input.examDayId };
}

interface DayRow {
  readonly id: string;
  readonly name: string;
  readonly place: string;
  readonly held_on: PlainDate;
  readonly organization_name: string;
  readonly status: 'open' | 'closed';
  readonly version: number;
  readonly people: number;
  readonly finished: number;
  readonly absent: number;
  readonly visited: Partial<Record<Station, number>> | null;
}

const select = (condition: ReturnType<typeof sql>, limit: number) => sql<DayRow>`
  select d.id, d.name, d.place, d.held_on, o.name as organization_name, d.status, d.version, p.people, p.finished, p.absent, s.visited
  from exam_day d join organization o on o.county_id = d.county_id and o.id = d.organization_id
  cross join lateral (select count(*)::int as people, (count(*) filter (where p.status = 'finished'))::int as finished,
      (count(*) filter (where p.status = 'absent'))::int as absent
    from exam_person p where p.county_id = d.county_id and p.exam_day_id = d.id) p
  cross join lateral (select jsonb_object_agg(x.station, x.n) as visited from (
      select s.station, count(distinct s.resident_id)::int as n from exam_section s
      where s.county_id = d.county_id and s.exam_day_id = d.id group by s.station) x) s
  where ${condition} order by d.held_on desc, d.id limit ${limit}`;

const toDay = (row: DayRow): ExamDay => ({
  id: row.id,
  name: row.name,
  place: row.place,
  heldOn: row.held_on,
  organizationName: row.organization_name,
  status: row.status,
  version: row.version,
  people: row.people,
  finished: row.finished,
  absent: row.absent,
  visited: Object.fromEntries(stations.map((one) => [one, row.visited?.[one] ?? 0])) as Record<
    Station,
    number
  >,
});

/** One page of exam days the actor may work at, the latest first. */
export async function readExamDays(
  tx: Transaction<Tables>,
  input: { countyId: string; cursor?: string | undefined; limit: number },
): Promise<{ items: ExamDay[]; nextCursor: string | null }> {
  const after = decodeCursor(input.cursor, 2);
  const beyond = after
    ? sql`and (d.held_on < ${after[0]}::date or (d.held_on = ${after[0]}::date and d.id > ${after[1]}::uuid))`
    : sql``;
  const { rows } = await select(sql`d.county_id = ${input.countyId} ${beyond}`, input.limit + 1).execute(tx);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map(toDay),
    nextCursor: rows.length > input.limit && last ? encodeCursor([last.held_on, last.id]) : null,
  };
}

/** One exam day; undefined when it is not offered to the actor. */
export async function readExamDay(
  tx: Transaction<Tables>,
  countyId: string,
  examDayId: string,
): Promise<ExamDay | undefined> {
  const { rows } = await select(sql`d.county_id = ${countyId} and d.id = ${examDayId}::uuid`, 1).execute(tx);
  return rows[0] && toDay(rows[0]);
}

/**
 * Ends an exam day. Who was never at a station is written down as absent; who was begun and not finished keeps the day
 * from being ended, named by number, so that nobody's values are forgotten.
 */
export async function endExamDay(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { examDayId: string; version: number; now: Date },
): Promise<{ absent: number } | Refused> {
  const day = await tx
    .selectFrom('exam_day')
    .select(['status', 'version'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.examDayId)
    .forUpdate()
    .executeTakeFirst();
  if (!day) return refused('not-found');
  if (day.version !== input.version) return refused('stale-version');
  if (day.status === 'closed') return refused('already-exists', { detail: '体检日已经结束。' });
  const begun = await tx
    .selectFrom('exam_person')
    .select('number')
    .where('county_id', '=', actor.countyId)
    .where('exam_day_id', '=', input.examDayId)
    .where('status', '=', 'waiting')
    .where('last_seq', '>', 0)
    .orderBy('number')
    .execute();
  if (begun.length > 0) {
    const shown = begun
      .slice(0, 20)
      .map((one) => one.number)
      .join('、');
    const message = `还有 ${begun.length} 人已开始、未完成：${shown} 号。请先完成。`;
    return refused('invalid-input', { issues: [{ path: 'people', code: 'unfinished', message }] });
  }
  const absent = await sql`
    update exam_person set status = 'absent' where county_id = ${actor.countyId}
      and exam_day_id = ${input.examDayId}::uuid and status = 'waiting' returning 1`.execute(tx);
  await tx
    .updateTable('exam_day')
    .set({ status: 'closed', version: day.version + 1 })
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.examDayId)
    .execute();
  await recordAudit(tx, actor, { action: 'exam-day.close', subject: input.examDayId, now: input.now });
  return { absent: absent.rows.length };
}
