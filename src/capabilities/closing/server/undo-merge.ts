import { sql, type Transaction } from 'kysely';
import { isWithin, orgPath } from '#kernel/org-path.ts';
import { datePartsOf, type PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { ResidentTable } from '#platform/server/database/resident-table.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { LaterFact } from '../merge-contract.ts';
import { reckonAgain, residentTable } from './end-record.ts';
import { restoreRows } from './row-changes.ts';

interface Merged {
  readonly id: string;
  readonly kept_id: string;
  readonly removed_id: string;
  readonly decided_at: Date | null;
}

/**
 * What came to the kept record after a merge: for each row whose owner says when it was born. Undoing asks of every one
 * of them whose it is.
 */
export async function readLaterFacts(
  tx: Transaction<Tables>,
  countyId: string,
  tables: readonly ResidentTable[],
  merge: Merged,
): Promise<LaterFact[]> {
  const facts = tables.filter((one) => one.bornAt && one.onMerge.kind === 'moves');
  const { rows } = await sql<{ table: string; key: string; at: Date; text: string | null }>`${sql.join(
    facts.map((one) => {
      const key = sql.join(
        one.key.map((column) => sql`t.${sql.ref(column)}::text`),
        sql` || ',' || `,
      );
      const born = sql`t.${sql.ref(one.bornAt ?? '')}`;
      return sql`select ${one.table}::text as "table", ${key} as key, ${born} as at,
          coalesce(to_jsonb(t) ->> 'form', to_jsonb(t) ->> 'program', to_jsonb(t) ->> 'condition', '') || ' ' ||
          coalesce(to_jsonb(t) ->> 'occurred_on', to_jsonb(t) ->> 'enrolled_on', to_jsonb(t) ->> 'on_day', '') as text
        from ${sql.table(one.table)} t
        where t.county_id = ${countyId} and t.resident_id = ${merge.kept_id}::uuid and ${born} > ${merge.decided_at}
          and not exists (select 1 from changed_row c where c.county_id = t.county_id and c.cause_id = ${merge.id}::uuid
            and c.table_name = ${one.table} and to_jsonb(t) @> c.row_key)`;
    }),
    sql` union all `,
  )} order by at, key`.execute(tx);
  return rows.map((row) => ({
    table: row.table,
    title: facts.find((one) => one.table === row.table)?.title ?? row.table,
    key: row.key,
    text: (row.text ?? '').trim(),
    at: row.at.toISOString(),
  }));
}

interface UndoInput {
  readonly mergeId: string;
  readonly reason: string;
  readonly assign: readonly { table: string; key: string; to: 'kept' | 'removed' }[];
  readonly personalInformation?: 'as-before' | 'as-now' | undefined;
  readonly today: PlainDate;
  readonly now: Date;
}

/**
 * Takes a merge back: both records stand as they were, what came since goes where it was assigned, and the years of both
 * are judged again. `tx` sees the county; the actor's own scope must hold both records. Refuses while a later fact has no owner, or while it is open which personal information stands.
 */
export async function unmergeRecords(
  tx: Transaction<Tables>,
  actor: Actor,
  tables: readonly ResidentTable[],
  input: UndoInput,
): Promise<{ mergeId: string } | Refused> {
  const { countyId } = actor;
  const merge = await tx
    .selectFrom('record_merge')
    .selectAll()
    .where('county_id', '=', countyId)
    .where('id', '=', input.mergeId)
    .forUpdate()
    .executeTakeFirst();
  if (!merge || !isWithin(orgPath(merge.org_path), actor.scopePath)) return refused('not-found');
  if (merge.status !== 'merged') return refused('already-exists', { detail: '这项合并不在可撤回的状态。' });
  if (input.reason.trim() === '')
    return refused('invalid-input', {
      issues: [{ path: 'reason', code: 'missing', message: '请写明撤回的原因。' }],
    });
  const people = await tx
    .selectFrom('resident')
    .select(['id', 'version', 'org_path', 'id_no', 'status'])
    .where('county_id', '=', countyId)
    .where('id', 'in', [merge.kept_id, merge.removed_id])
    .orderBy('id')
    .forUpdate()
    .execute();
  const kept = people.find((one) => one.id === merge.kept_id);
  const removed = people.find((one) => one.id === merge.removed_id);
  if (!kept || !removed) return refused('not-found');
  if (![kept, removed].every((one) => isWithin(orgPath(one.org_path), actor.scopePath)))
    return refused('not-found');
  if (kept.status === 'closed')
    return refused('record-closed', { detail: '保留的档案后来又并入了别的档案，请先撤回那一次。' });
  // What the ending closed came from both records: it is taken back first, and given again to whom it belongs.
  if (kept.status !== 'active')
    return refused('record-closed', {
      detail: '保留的档案合并之后已登记死亡、迁出或失访，请先撤回那次登记，再撤销合并。',
    });
  const edited = kept.version !== merge.kept_version;
  if (edited && input.personalInformation === undefined)
    return refused('needs-confirmation', {
      issues: [
        {
          path: 'personalInformation',
          code: 'edited-since',
          message: '合并后个人信息又修改过：请选择恢复合并前的，还是保留现在的。',
        },
      ],
    });
  const later = await readLaterFacts(tx, countyId, tables, merge);
  const open = later.filter((one) => !input.assign.some((a) => a.table === one.table && a.key === one.key));
  if (open.length > 0)
    return refused('needs-confirmation', {
      issues: open.slice(0, 50).map((one) => ({
        path: `assign.${one.table}.${one.key}`,
        code: 'unassigned',
        message: `合并后新增的“${one.title} ${one.text}”归哪一份档案？`,
      })),
    });
  const goBack = later.filter((one) =>
    input.assign.some((a) => a.table === one.table && a.key === one.key && a.to === 'removed'),
  );
  await sql`set constraints all deferred`.execute(tx);
  const years = await forgetReckoned(tx, countyId, tables, merge, input.today);
  // The kept record is put back first: only then is the identity number free for the other.
  const keepsEdits = edited && input.personalInformation === 'as-now';
  if (keepsEdits) {
    const taken = await identityTaken(tx, countyId, merge);
    if (taken)
      return refused('invalid-input', {
        issues: [
          {
            path: 'personalInformation',
            code: 'identity',
            message: '证件号码属于另一份档案，不能保留现在的个人信息。',
          },
        ],
      });
    await sql`update changed_row set restored_at = ${input.now} where county_id = ${countyId} and cause_id = ${merge.id}::uuid
      and table_name = 'resident' and row_key ->> 'id' = ${merge.kept_id}`.execute(tx);
  }
  await restoreRows(tx, { countyId, causeId: merge.id, now: input.now, tables: [residentTable, ...tables] });
  for (const fact of goBack) await giveBack(tx, countyId, tables, fact, merge, removed.org_path);
  await followParents(tx, countyId, tables, merge, removed.org_path);
  await keepVersions(tx, actor, merge, keepsEdits, input);
  const residentIds = [merge.kept_id, merge.removed_id];
  await reckonAgain(tx, tables, { countyId, residentIds, years, today: input.today });
  await tx
    .updateTable('record_merge')
    .set({
      status: 'undone',
      undone_at: input.now,
      undone_by: actor.staffId,
      undo_reason: input.reason.trim(),
    })
    .where('county_id', '=', countyId)
    .where('id', '=', merge.id)
    .execute();
  for (const residentId of residentIds)
    await recordAudit(tx, actor, { action: 'record.unmerge', residentId, subject: merge.id, now: input.now });
  return { mergeId: merge.id };
}

/** Drops what was reckoned for the kept record while it was both; returns the years to reckon again. */
async function forgetReckoned(
  tx: Transaction<Tables>,
  countyId: string,
  tables: readonly ResidentTable[],
  merge: Merged,
  today: PlainDate,
): Promise<number[]> {
  const years = new Set([datePartsOf(today).year]);
  for (const one of tables) {
    if (one.onMerge.kind !== 'derived') continue;
    const gone = await sql<{ year: number }>`delete from ${sql.table(one.table)} where county_id = ${countyId}
      and resident_id in (${merge.kept_id}::uuid, ${merge.removed_id}::uuid) returning year`.execute(tx);
    for (const { year } of gone.rows) years.add(year);
  }
  return [...years].toSorted();
}

async function identityTaken(tx: Transaction<Tables>, countyId: string, merge: Merged): Promise<boolean> {
  const { rows } = await sql<{ before: { id_no?: string | null }; id_no: string | null }>`
    select c.row_key ->> 'id' as removed_id, c.before, k.id, k.id_no from changed_row c join resident k on k.county_id = c.county_id and k.id = ${merge.kept_id}::uuid
    where c.county_id = ${countyId} and c.cause_id = ${merge.id}::uuid and c.table_name = 'resident'
      and c.row_key ->> 'id' = ${merge.removed_id}`.execute(tx);
  return rows.some((row) => row.id_no !== null && row.before.id_no === row.id_no);
}

/** A fact that came after the merge goes to the record that was removed, with the rows that hang on it. */
async function giveBack(
  tx: Transaction<Tables>,
  countyId: string,
  tables: readonly ResidentTable[],
  fact: LaterFact,
  merge: Merged,
  path: string,
): Promise<void> {
  const one = tables.find((known) => known.table === fact.table);
  if (!one) return;
  const values = fact.key.split(',');
  const same = sql.join(
    one.key.map((column, index) => sql`${sql.ref(column)}::text = ${values[index] ?? ''}`),
    sql` and `,
  );
  const place = sql`, org_path = ${path}`;
  const set = sql`resident_id = ${merge.removed_id}::uuid ${one.onMove === 'follows' ? place : sql``}`;
  const mine = sql`county_id = ${countyId} and resident_id = ${merge.kept_id}::uuid`;
  await sql`update ${sql.table(one.table)} set ${set} where ${mine} and ${same}`.execute(tx);
  for (const child of tables.filter((known) => known.childOf?.table === one.table))
    await sql`update ${sql.table(child.table)} set ${set}
      where ${mine} and ${sql.ref(child.childOf?.by ?? '')}::text = ${values[0] ?? ''}`.execute(tx);
}

/** What hangs on a row goes where that row went: the task a visit opened since the merge, with its programme. */
async function followParents(
  tx: Transaction<Tables>,
  countyId: string,
  tables: readonly ResidentTable[],
  merge: Merged,
  path: string,
): Promise<void> {
  for (const { table, childOf, onMove } of tables) {
    const parent = childOf && tables.find((known) => known.table === childOf.table);
    const [key] = parent?.key ?? [];
    if (!parent || key === undefined) continue;
    const place = onMove === 'follows' ? sql`, org_path = ${path}` : sql``;
    await sql`update ${sql.table(table)} t set resident_id = p.resident_id ${place} from ${sql.table(parent.table)} p
      where t.county_id = ${countyId} and t.resident_id = ${merge.kept_id}::uuid and p.county_id = t.county_id
        and p.${sql.ref(key)} = t.${sql.ref(childOf.by)} and p.resident_id = ${merge.removed_id}::uuid`.execute(
      tx,
    );
  }
}

/** Versions only go up; the history says why. */
async function keepVersions(
  tx: Transaction<Tables>,
  actor: Actor,
  merge: Merged,
  keepsEdits: boolean,
  input: UndoInput,
): Promise<void> {
  await sql`update resident set version = version + 1, updated_at = ${input.now} where county_id = ${actor.countyId}
    and id in (${merge.kept_id}::uuid, ${merge.removed_id}::uuid)`.execute(tx);
  await sql`
    insert into resident_revision (county_id, resident_id, version, org_path, form_edition, personal_information, changed_at,
      changed_by, reason)
    select county_id, id, version, org_path, form_edition, personal_information, ${input.now}, ${actor.staffId}::uuid,
      ${keepsEdits ? '撤回合并，保留合并后的修改' : '撤回合并'}
    from resident where county_id = ${actor.countyId} and id in (${merge.kept_id}::uuid, ${merge.removed_id}::uuid)`.execute(
    tx,
  );
}
