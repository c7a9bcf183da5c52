import { sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type FieldIssue, type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { checkReading, findReadingKind, selfTestKinds } from '#standards/measurements/reading-kinds.ts';
import { findDanger } from '../domain/find-danger.ts';
import { queuePriorities } from '../domain/queue-order.ts';
import type { SelfTest } from '../reception-contract.ts';
import { openDanger } from './danger-events.ts';
import { insertReadings } from './insert-readings.ts';
import { readDayDangers } from './read-day-dangers.ts';

interface UploadInput {
  readonly selfTestId: string;
  readonly point: string;
  readonly slipNo: string;
  readonly takenOn: PlainDate;
  readonly takenAt: string;
  readonly readings: readonly { readonly kind: string; readonly value: number }[];
  readonly today: PlainDate;
  readonly now: Date;
}

/**
 * Keeps what a self-test point measured, under its slip, until somebody says whose it is. A value in danger is said at
 * once, before anybody knows whose: the person still stands at the machine.
 */
export async function keepSelfTest(
  tx: Transaction<Tables>,
  actor: Actor,
  input: UploadInput,
): Promise<{ selfTestId: string; dangers: string[] } | Refused> {
  const issues = input.readings.flatMap((one, index): FieldIssue[] => {
    const message = (selfTestKinds as readonly string[]).includes(one.kind)
      ? checkReading({ ...one, context: 'self-test' })
      : '自助检测点没有这个项目。';
    return message ? [{ path: `readings.${index}.value`, code: 'implausible', message }] : [];
  });
  if (input.takenOn > input.today)
    issues.push({ path: 'takenOn', code: 'future', message: '测量日期不能晚于今天。' });
  const value = (kind: string) => input.readings.find((one) => one.kind === kind)?.value;
  const [sbp, dbp] = [value('sbp'), value('dbp')];
  if (sbp !== undefined && dbp !== undefined && dbp >= sbp)
    issues.push({
      path: 'readings',
      code: 'dbp-not-below-sbp',
      message: '舒张压应低于收缩压，请核对小票。',
    });
  if (issues.length > 0) return refused('invalid-input', { issues });
  const dangers = findDanger(input.readings, [], input.takenOn);
  const { rows } = await sql`
    insert into self_test (county_id, id, organization_id, org_path, point, slip_no, taken_on, taken_at, readings, is_danger,
      created_at, created_by)
    values (${actor.countyId}, ${input.selfTestId}::uuid, ${actor.organizationId}::uuid, ${actor.path}, ${input.point.trim()},
      ${input.slipNo.trim()}, ${input.takenOn}::date, ${input.takenAt}, ${JSON.stringify(input.readings)}::jsonb,
      ${dangers.length > 0}, ${input.now}, ${actor.staffId}::uuid)
    on conflict do nothing returning id`.execute(tx);
  if (rows.length === 0) return refused('already-exists', { detail: '这张小票今天已经上传过。' });
  return { selfTestId: input.selfTestId, dangers };
}

/** Self-tests nobody has claimed: those in danger first, then the newest; by slip when one is asked for. */
export async function readSelfTests(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    readonly slipNo?: string | undefined;
    readonly cursor?: string | undefined;
    readonly limit: number;
  },
): Promise<{ items: SelfTest[]; nextCursor: string | null }> {
  const after = decodeCursor(input.cursor, 3);
  const { rows } = await sql<{
    id: string;
    point: string;
    slip_no: string;
    taken_on: PlainDate;
    taken_at: string;
    readings: SelfTest['readings'];
    is_danger: boolean;
  }>`
    select id, point, slip_no, taken_on, taken_at, readings, is_danger from self_test
    where county_id = ${actor.countyId} and organization_id = ${actor.organizationId}::uuid and resident_id is null
      ${input.slipNo ? sql`and slip_no = ${input.slipNo.trim()}` : sql``}
      ${after ? beyond(after) : sql``}
    order by is_danger desc, taken_on desc, slip_no limit ${input.limit + 1}`.execute(tx);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      id: row.id,
      point: row.point,
      slipNo: row.slip_no,
      takenOn: row.taken_on,
      takenAt: row.taken_at,
      readings: row.readings,
      dangers: findDanger(row.readings, [], row.taken_on),
    })),
    nextCursor:
      rows.length > input.limit && last
        ? encodeCursor([String(last.is_danger), last.taken_on, last.slip_no])
        : null,
  };
}

/** What comes after a line of the list: the same danger and day behind its slip, an earlier day, or a milder kind. */
const beyond = ([isDanger, on, slipNo]: readonly (string | undefined)[]) =>
  sql`and (is_danger < ${isDanger === 'true'} or (is_danger = ${isDanger === 'true'}
    and (taken_on < ${on}::date or (taken_on = ${on}::date and slip_no > ${slipNo}))))`;

/**
 * Ties a self-test to a person: its readings enter the record marked as self-measured. Once; the second is told. What is
 * dangerous for this person is said at once, and who already waits goes to the front of the queue.
 */
export async function tieSelfTest(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    readonly selfTestId: string;
    readonly residentId: string;
    readonly recordId: string;
    readonly operationId: string;
    readonly today: PlainDate;
    readonly now: Date;
  },
): Promise<{ recordId: string; dangers: string[] } | Refused> {
  const person = await tx
    .selectFrom('resident')
    .select(['status', 'org_path', 'birth_date'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.residentId)
    .executeTakeFirst();
  if (!person) return refused('not-found');
  if (person.status !== 'active') return refused('record-closed');
  const { rows } = await sql<{
    readings: SelfTest['readings'];
    taken_on: PlainDate;
    taken_at: string;
    point: string;
  }>`
    update self_test set resident_id = ${input.residentId}::uuid, claimed_at = ${input.now},
      claimed_by = ${actor.staffId}::uuid, record_id = ${input.recordId}::uuid
    where county_id = ${actor.countyId} and organization_id = ${actor.organizationId}::uuid
      and id = ${input.selfTestId}::uuid and resident_id is null
    returning readings, taken_on, taken_at, point`.execute(tx);
  const [test] = rows;
  if (!test) return refused('already-exists', { detail: '这次自助检测已被认领，或不是本机构的。' });
  const readings = test.readings.flatMap(({ kind, value }) => {
    const known = findReadingKind(kind);
    return known ? [{ kind, value, unit: known.unit, context: 'self-test' }] : [];
  });
  await insertReadings(tx, actor, {
    recordId: input.recordId,
    operationId: input.operationId,
    residentId: input.residentId,
    orgPath: person.org_path,
    occurredOn: test.taken_on,
    readings,
    answers: { section: 'self-test', point: test.point, takenAt: test.taken_at, readings },
    now: input.now,
  });
  const dangers = await readDayDangers(tx, actor.countyId, input.residentId, test.taken_on);
  if (dangers.length > 0)
    await openDanger(tx, actor, {
      residentId: input.residentId,
      orgPath: person.org_path,
      source: 'self-test',
      what: dangers.join(''),
      today: input.today,
      now: input.now,
    });
  if (dangers.length > 0 && test.taken_on === input.today)
    await sql`update centre_visit set priority = ${queuePriorities.crisis}, version = version + 1
      where county_id = ${actor.countyId} and organization_id = ${actor.organizationId}::uuid and status = 'open'
        and resident_id = ${input.residentId}::uuid and arrived_on = ${input.today}::date and seen_at is null`.execute(
      tx,
    );
  await recordAudit(tx, actor, {
    action: 'self-test.claim',
    residentId: input.residentId,
    subject: input.selfTestId,
    ...(dangers.length > 0 ? { detail: { danger: true } } : {}),
    now: input.now,
  });
  return { recordId: input.recordId, dangers };
}
