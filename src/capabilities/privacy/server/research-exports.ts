import { sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import { valueOn } from '#kernel/dated.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { KeyRing } from '#platform/server/crypto/key-ring.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { sealsOf } from '#platform/server/database/with-scope.ts';
import { type ResearchLevel, researchFileHours } from '#standards/privacy/research-levels.ts';
import type { Cell } from '../domain/csv-text.ts';
import type { ResearchExport } from '../research-contract.ts';
import { makeResearchExtract } from './make-research-extract.ts';

/** Asks for an extract of the caller's area; somebody else has to agree before it is made. */
export async function askForExtract(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    exportId: string;
    project: string;
    approvalNo: string;
    recipient: string;
    level: ResearchLevel;
    now: Date;
  },
): Promise<{ exportId: string } | Refused> {
  const inserted = await tx
    .insertInto('research_export')
    .values({
      county_id: actor.countyId,
      id: input.exportId,
      org_path: actor.scopePath,
      project: input.project.trim(),
      approval_no: input.approvalNo.trim(),
      recipient: input.recipient.trim(),
      level: input.level,
      requested_at: input.now,
      requested_by: actor.staffId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!inserted) return refused('already-exists');
  await audit(tx, actor, 'request', input.exportId, input.now, { level: input.level });
  return { exportId: input.exportId };
}

interface Decision {
  readonly exportId: string;
  readonly approve: boolean;
  readonly note: string;
  readonly keys: KeyRing;
  readonly today: PlainDate;
  readonly now: Date;
}

/** Agrees to an extract, which is made at once, or does not. Nobody decides over what they asked for themselves. */
export async function decideExtract(
  tx: Transaction<Tables>,
  actor: Actor,
  input: Decision,
): Promise<{ exportId: string; people: number | null; rows: number | null } | Refused> {
  const asked = await tx
    .selectFrom('research_export')
    .select(['id', 'org_path', 'level', 'status', 'requested_by'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.exportId)
    .forUpdate()
    .executeTakeFirst();
  if (!asked) return refused('not-found');
  if (asked.status !== 'asked') return refused('already-exists', { detail: '这项申请已经处理过。' });
  if (asked.requested_by === actor.staffId)
    return refused('not-allowed', { detail: '须由申请人以外的另一人批准。' });
  if (asked.org_path !== actor.scopePath)
    return refused('not-allowed', { detail: '须由同一范围的另一人批准。' });
  await forgetOld(tx, actor, input.now);
  const decided = {
    decided_at: input.now,
    decided_by: actor.staffId,
    decision_note: input.note.trim(),
  };
  const own = tx
    .updateTable('research_export')
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.exportId);
  if (!input.approve) {
    await own.set({ ...decided, status: 'refused' }).execute();
    await audit(tx, actor, 'refuse', input.exportId, input.now);
    return { exportId: input.exportId, people: null, rows: null };
  }
  const key = input.keys.current('export');
  const made = await makeResearchExtract(tx, actor, { ...input, level: asked.level, key });
  if (!made)
    return refused('too-few-people', {
      detail: '同意科研使用的人中，任何一组都达不到最小人数，为免认出个人，不生成文件。',
    });
  const { table, consenting, people, blurred, leftOut, smallestGroup } = made;
  const hours = valueOn(researchFileHours, input.today);
  await own
    .set({
      ...decided,
      status: 'made',
      consenting,
      people,
      blurred,
      left_out: leftOut,
      smallest_group: smallestGroup,
      rows: table.length - 1,
      content: sealsOf(tx).bytes(
        'research_export',
        input.exportId,
        'content',
        Buffer.from(JSON.stringify(table)),
      ),
      fetch_until: new Date(input.now.getTime() + hours * 3_600_000),
    })
    .execute();
  await audit(tx, actor, 'approve', input.exportId, input.now, { people, rows: table.length - 1 });
  return { exportId: input.exportId, people, rows: table.length - 1 };
}

/** The rows of a made extract while its time lasts. */
export async function fetchExtract(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { exportId: string; now: Date },
): Promise<{ kind: 'extract'; table: Cell[][]; people: number } | Refused> {
  const row = await tx
    .selectFrom('research_export')
    .select(['content', 'fetch_until', 'people'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.exportId)
    .executeTakeFirst();
  if (!row) return refused('not-found');
  const isOver = row.fetch_until === null || row.fetch_until <= input.now;
  const bytes =
    isOver || !row.content ? undefined : sealsOf(tx).openBytes(input.exportId, 'content', row.content);
  if (!bytes) return refused('illegal-move', { detail: '这份文件还没有生成，或已过下载时间，请重新申请。' });
  return { kind: 'extract', table: JSON.parse(bytes.toString()), people: row.people ?? 0 };
}

/** What was asked for in the caller's area, newest first; extracts past their time are forgotten on the way. */
export async function readExtracts(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { cursor?: string | undefined; limit: number; now: Date },
): Promise<{ items: ResearchExport[]; nextCursor: string | null }> {
  await forgetOld(tx, actor, input.now);
  const after = decodeCursor(input.cursor, 2);
  const { rows } = await sql<Row>`
    select x.id, x.project, x.approval_no, x.recipient, x.level, x.requested_at, x.requested_at::text as key, x.requested_by,
      a.name as asker, o.name as organization_name, x.status, x.decided_at, d.name as decider, x.decision_note,
      x.smallest_group, x.consenting, x.people, x.blurred, x.left_out, x.rows, x.fetch_until
    from research_export x
    join staff a on a.county_id = x.county_id and a.id = x.requested_by
    join organization o on o.county_id = a.county_id and o.id = a.organization_id
    left join staff d on d.county_id = x.county_id and d.id = x.decided_by
    where x.county_id = ${actor.countyId}
      ${after ? sql`and (x.requested_at, x.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by x.requested_at desc, x.id desc limit ${input.limit + 1}`.execute(tx);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      exportId: row.id,
      project: row.project,
      approvalNo: row.approval_no,
      recipient: row.recipient,
      level: row.level,
      organizationName: row.organization_name,
      requestedAt: row.requested_at.toISOString(),
      requestedBy: row.asker,
      isMine: row.requested_by === actor.staffId,
      status: row.status,
      decidedAt: row.decided_at?.toISOString() ?? null,
      decidedBy: row.decider,
      decisionNote: row.decision_note,
      smallestGroup: row.smallest_group,
      consenting: row.consenting,
      people: row.people,
      blurred: row.blurred,
      leftOut: row.left_out,
      rows: row.rows,
      fetchUntil: row.fetch_until && row.fetch_until > input.now ? row.fetch_until.toISOString() : null,
    })),
    nextCursor: rows.length > input.limit && last ? encodeCursor([last.key, last.id]) : null,
  };
}

interface Row {
  readonly id: string;
  readonly project: string;
  readonly approval_no: string;
  readonly recipient: string;
  readonly level: ResearchLevel;
  readonly requested_at: Date;
  readonly key: string;
  readonly requested_by: string;
  readonly asker: string;
  readonly organization_name: string;
  readonly status: ResearchExport['status'];
  readonly decided_at: Date | null;
  readonly decider: string | null;
  readonly decision_note: string | null;
  readonly smallest_group: number | null;
  readonly consenting: number | null;
  readonly people: number | null;
  readonly blurred: number | null;
  readonly left_out: number | null;
  readonly rows: number | null;
  readonly fetch_until: Date | null;
}

async function forgetOld(tx: Transaction<Tables>, actor: Actor, now: Date): Promise<void> {
  await tx
    .updateTable('research_export')
    .set({ content: null })
    .where('county_id', '=', actor.countyId)
    .where('content', 'is not', null)
    .where('fetch_until', '<=', now)
    .execute();
}

const audit = (
  tx: Transaction<Tables>,
  actor: Actor,
  deed: string,
  exportId: string,
  now: Date,
  detail?: object,
) => recordAudit(tx, actor, { action: `research-export.${deed}`, subject: exportId, detail, now });
