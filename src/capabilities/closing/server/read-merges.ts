import { sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { ResidentTable } from '#platform/server/database/resident-table.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { LaterFact, Merge } from '../merge-contract.ts';
import { readLaterFacts } from './undo-merge.ts';

interface MergeRow {
  readonly id: string;
  readonly kept_id: string;
  readonly removed_id: string;
  readonly kept_name: string;
  readonly removed_name: string;
  readonly removed_archive_no: string;
  readonly organization_name: string;
  readonly reason: string;
  readonly choices: { fromRemoved: string[] };
  readonly status: Merge['status'];
  readonly proposed_by: string;
  readonly proposed_by_name: string;
  readonly proposed_at: Date;
  readonly decided_by_name: string | null;
  readonly decided_at: Date | null;
  readonly undone_at: Date | null;
  readonly undo_reason: string | null;
  readonly kept_version: number | null;
  readonly version: number;
}

const select = (condition: ReturnType<typeof sql>, limit: number) => sql<MergeRow>`
  select m.id, m.kept_id, m.removed_id, k.name as kept_name, r.name as removed_name, r.archive_no as removed_archive_no,
    o.name as organization_name, m.reason, m.choices, m.status, m.proposed_by, p.name as proposed_by_name, m.proposed_at,
    d.name as decided_by_name, m.decided_at, m.undone_at, m.undo_reason, m.kept_version, k.version
  from record_merge m
  join resident k on k.county_id = m.county_id and k.id = m.kept_id
  join resident r on r.county_id = m.county_id and r.id = m.removed_id
  join organization o on o.county_id = k.county_id and o.id = k.organization_id
  join staff p on p.county_id = m.county_id and p.id = m.proposed_by
  left join staff d on d.county_id = m.county_id and d.id = m.decided_by
  where ${condition} order by m.proposed_at desc, m.id desc limit ${limit}`;

const toMerge = (row: MergeRow, actor: Actor): Merge => ({
  id: row.id,
  keptId: row.kept_id,
  removedId: row.removed_id,
  keptName: row.kept_name,
  removedName: row.removed_name,
  removedArchiveNo: row.removed_archive_no,
  organizationName: row.organization_name,
  reason: row.reason,
  fromRemoved: row.choices.fromRemoved,
  status: row.status,
  proposedByName: row.proposed_by_name,
  proposedAt: row.proposed_at.toISOString(),
  decidedByName: row.decided_by_name,
  decidedAt: row.decided_at?.toISOString() ?? null,
  undoneAt: row.undone_at?.toISOString() ?? null,
  undoReason: row.undo_reason,
  isMine: row.proposed_by === actor.staffId,
});

/** One page of merges, proposed, done and undone, the newest first. */
export async function readMerges(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { cursor?: string | undefined; limit: number },
): Promise<{ items: Merge[]; nextCursor: string | null }> {
  const after = decodeCursor(input.cursor, 2);
  const beyond = after
    ? sql`and (m.proposed_at, m.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
    : sql``;
  const { rows } = await select(sql`m.county_id = ${actor.countyId} ${beyond}`, input.limit + 1).execute(tx);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => toMerge(row, actor)),
    nextCursor:
      rows.length > input.limit && last ? encodeCursor([last.proposed_at.toISOString(), last.id]) : null,
  };
}

/** A merge with what came since, each of which an undoing has to assign. */
export async function readMerge(
  tx: Transaction<Tables>,
  actor: Actor,
  tables: readonly ResidentTable[],
  mergeId: string,
): Promise<{ merge: Merge; later: LaterFact[]; editedSince: boolean } | undefined> {
  const condition = sql`m.county_id = ${actor.countyId} and m.id = ${mergeId}::uuid`;
  const [row] = (await select(condition, 1).execute(tx)).rows;
  if (!row) return undefined;
  const later = row.status === 'merged' ? await readLaterFacts(tx, actor.countyId, tables, row) : [];
  return {
    merge: toMerge(row, actor),
    later,
    editedSince: row.status === 'merged' && row.kept_version !== row.version,
  };
}

/** Says no to a proposed merge. */
export async function declineMerge(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { mergeId: string; now: Date },
): Promise<{ mergeId: string } | Refused> {
  const done = await tx
    .updateTable('record_merge')
    .set({ status: 'declined', decided_at: input.now, decided_by: actor.staffId })
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.mergeId)
    .where('status', '=', 'proposed')
    .where('org_path', 'like', `${actor.scopePath}%`)
    .returning(['id', 'kept_id'])
    .executeTakeFirst();
  if (!done) return refused('not-found');
  await recordAudit(tx, actor, {
    action: 'record.merge-decline',
    residentId: done.kept_id,
    subject: done.id,
    now: input.now,
  });
  return { mergeId: done.id };
}
