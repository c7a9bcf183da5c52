import { sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import { isWithin, orgPath } from '#kernel/org-path.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { ResidentTable } from '#platform/server/database/resident-table.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { Handover } from '../contract.ts';
import { moveEverything } from './move-resident.ts';

interface Mover {
  readonly tables: readonly ResidentTable[];
  readonly tx: Transaction<Tables>;
  /** The real scope of the actor; the transaction sees the county. */
  readonly actor: Actor;
}

/**
 * Asks another village of the county to take a person over. Within the actor's own scope the move is done at once;
 * elsewhere it waits for the receiving side. `tx` sees the county.
 */
export async function insertHandover(
  { tx, actor, tables }: Mover,
  input: { handoverId: string; residentId: string; toOrganizationId: string; reason: string; now: Date },
): Promise<{ handoverId: string; status: 'pending' | 'accepted' } | Refused> {
  const { countyId } = actor;
  const person = await tx
    .selectFrom('resident')
    .select(['org_path', 'organization_id', 'status'])
    .where('county_id', '=', countyId)
    .where('id', '=', input.residentId)
    .forUpdate()
    .executeTakeFirst();
  if (!person || !isWithin(orgPath(person.org_path), actor.scopePath)) return refused('not-found');
  if (person.status !== 'active') return refused('record-closed');
  const to = await tx
    .selectFrom('organization')
    .select(['id', 'path', 'kind'])
    .where('county_id', '=', countyId)
    .where('id', '=', input.toOrganizationId)
    .executeTakeFirst();
  const issue = (path: string, message: string) =>
    refused('invalid-input', { issues: [{ path, code: 'not-possible', message }] });
  if (to?.kind !== 'village-clinic') return issue('toOrganizationId', '请选择本县的村卫生室。');
  if (to.path === person.org_path) return issue('toOrganizationId', '此人已在该村。');
  if (input.reason.trim() === '') return issue('reason', '请写明原因。');
  const atOnce = isWithin(orgPath(to.path), actor.scopePath);
  const inserted = await sql`
    insert into handover (county_id, id, resident_id, from_organization_id, from_path, to_organization_id, to_path, summary,
      reason, status, requested_at, requested_by, answered_at, answered_by)
    select ${countyId}, ${input.handoverId}::uuid, r.id, r.organization_id, r.org_path, ${to.id}::uuid, ${to.path},
      jsonb_build_object('name', r.name, 'sex', r.sex, 'birthDate', r.birth_date, 'archiveNo', r.archive_no,
        'programs', (select coalesce(jsonb_agg(e.program order by e.program), '[]') from enrollment e
          where e.county_id = r.county_id and e.resident_id = r.id and e.closed_on is null),
        'lastVisitOn', (select max(f.occurred_on) from form_record f where f.county_id = r.county_id
          and f.resident_id = r.id and f.form like '%-follow-up' and f.superseded_by is null)),
      ${input.reason.trim()}, ${atOnce ? 'accepted' : 'pending'}, ${input.now}, ${actor.staffId}::uuid,
      ${atOnce ? input.now : null}::timestamptz, ${atOnce ? actor.staffId : null}::uuid
    from resident r where r.county_id = ${countyId} and r.id = ${input.residentId}::uuid
    on conflict do nothing returning id`.execute(tx);
  if (inserted.rows.length === 0)
    return refused('already-exists', { detail: '此人已有一项待接收的迁移；请先撤回。' });
  if (atOnce)
    await moveEverything(tx, tables, { countyId, residentId: input.residentId, to, now: input.now });
  await recordAudit(tx, actor, {
    action: atOnce ? 'resident.move' : 'handover.request',
    residentId: input.residentId,
    subject: input.handoverId,
    detail: { to: to.path },
    now: input.now,
  });
  return { handoverId: input.handoverId, status: atOnce ? 'accepted' : 'pending' };
}

/** The receiving side takes or returns; the sending side withdraws. Everything moves in this one transaction. */
export async function settleHandover(
  { tx, actor, tables }: Mover,
  input: { handoverId: string; answer: 'accepted' | 'declined' | 'withdrawn'; note: string; now: Date },
): Promise<{ handoverId: string; residentId: string } | Refused> {
  const { countyId } = actor;
  const row = await tx
    .selectFrom('handover')
    .selectAll()
    .where('county_id', '=', countyId)
    .where('id', '=', input.handoverId)
    .forUpdate()
    .executeTakeFirst();
  const mine = input.answer === 'withdrawn' ? row?.from_path : row?.to_path;
  if (!row || mine === undefined || !isWithin(orgPath(mine), actor.scopePath)) return refused('not-found');
  if (row.status !== 'pending') return refused('already-exists', { detail: '这项迁移已经处理过。' });
  if (input.answer === 'declined' && input.note.trim() === '')
    return refused('invalid-input', {
      issues: [{ path: 'note', code: 'missing', message: '请写明退回的原因。' }],
    });
  if (input.answer === 'accepted') {
    const person = await tx
      .selectFrom('resident')
      .select(['status', 'org_path'])
      .where('county_id', '=', countyId)
      .where('id', '=', row.resident_id)
      .forUpdate()
      .executeTakeFirst();
    if (person?.status !== 'active') return refused('record-closed');
    if (person.org_path !== row.from_path)
      return refused('illegal-move', {
        detail: '提出迁移之后，此人已不在原村。请退回，由现在的村重新办理。',
      });
    const to = { id: row.to_organization_id, path: row.to_path };
    await moveEverything(tx, tables, { countyId, residentId: row.resident_id, to, now: input.now });
  }
  await tx
    .updateTable('handover')
    .set({
      status: input.answer,
      answer: input.note.trim() || null,
      answered_at: input.now,
      answered_by: actor.staffId,
    })
    .where('county_id', '=', countyId)
    .where('id', '=', input.handoverId)
    .execute();
  await recordAudit(tx, actor, {
    action: `handover.${input.answer}`,
    residentId: row.resident_id,
    subject: input.handoverId,
    now: input.now,
  });
  return { handoverId: input.handoverId, residentId: row.resident_id };
}

interface HandoverRow {
  readonly id: string;
  readonly resident_id: string;
  readonly from_name: string;
  readonly to_name: string;
  readonly summary: Record<string, unknown>;
  readonly reason: string;
  readonly status: Handover['status'];
  readonly answer: string | null;
  readonly requested_at: Date;
  readonly by_name: string;
}

/** One page of moves coming in, or going out, the newest first. */
export async function readHandovers(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { side: 'in' | 'out'; cursor?: string | undefined; limit: number },
): Promise<{ items: Handover[]; nextCursor: string | null }> {
  const after = decodeCursor(input.cursor, 2);
  const path = sql.ref(input.side === 'in' ? 'h.to_path' : 'h.from_path');
  const { rows } = await sql<HandoverRow>`
    select h.id, h.resident_id, a.name as from_name, b.name as to_name, h.summary, h.reason, h.status, h.answer,
      h.requested_at, s.name as by_name
    from handover h
    join organization a on a.county_id = h.county_id and a.id = h.from_organization_id
    join organization b on b.county_id = h.county_id and b.id = h.to_organization_id
    join staff s on s.county_id = h.county_id and s.id = h.requested_by
    where h.county_id = ${actor.countyId} and ${path} >= app_scope_from() and ${path} < app_scope_to()
      ${after ? sql`and (h.requested_at, h.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by h.requested_at desc, h.id desc limit ${input.limit + 1}`.execute(tx);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      id: row.id,
      residentId: row.resident_id,
      fromName: row.from_name,
      toName: row.to_name,
      summary: row.summary,
      reason: row.reason,
      status: row.status,
      answer: row.answer,
      requestedAt: row.requested_at.toISOString(),
      requestedByName: row.by_name,
      mayAnswer: row.status === 'pending',
    })),
    nextCursor:
      rows.length > input.limit && last ? encodeCursor([last.requested_at.toISOString(), last.id]) : null,
  };
}
