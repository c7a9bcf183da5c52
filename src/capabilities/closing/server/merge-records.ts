import { sql, type Transaction } from 'kysely';
import { isWithin, orgPath } from '#kernel/org-path.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { ResidentTable, RowChange } from '#platform/server/database/resident-table.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { sealsOf } from '#platform/server/database/with-scope.ts';
import { mergeAnswers } from '../domain/merge-answers.ts';
import { reckonAgain, residentTable } from './end-record.ts';
import { identityOf, type LockedRecord, lockPair } from './merge-people.ts';
import { RowChanges } from './row-changes.ts';

interface MergeInput {
  readonly mergeId: string;
  readonly today: PlainDate;
  readonly now: Date;
}

/**
 * Confirms a proposed merge, by somebody else than who proposed it: in one transaction every fact of the removed record
 * moves to the kept one, table by table as each owner says; what it was before is kept for the way back. `tx` sees the
 * county, since some facts stand where they were measured; the actor's own scope must hold both records.
 */
export async function mergeRecords(
  tx: Transaction<Tables>,
  actor: Actor,
  tables: readonly ResidentTable[],
  input: MergeInput,
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
  if (merge.status !== 'proposed') return refused('already-exists', { detail: '这项合并已经处理过。' });
  if (merge.proposed_by === actor.staffId)
    return refused('not-allowed', { detail: '合并须由提出人以外的另一人确认。' });
  const pair = await lockPair(tx, countyId, merge.kept_id, merge.removed_id);
  if ('kind' in pair) return pair;
  if (![pair.kept, pair.removed].every((one) => isWithin(orgPath(one.org_path), actor.scopePath)))
    return refused('not-found');
  // A row and what hangs on it move one after the other.
  await sql`set constraints all deferred`.execute(tx);
  const changes = new RowChanges(tx, { countyId, causeId: merge.id, orgPath: merge.org_path });
  const fromRemoved = (merge.choices as { fromRemoved: string[] }).fromRemoved;
  await joinPeople(tx, actor, changes, pair, { ...input, fromRemoved });
  const years = await moveFacts(tx, countyId, changes, tables, pair, input);
  await reckonAgain(tx, tables, { countyId, residentIds: [pair.kept.id], years, today: input.today });
  await sql`
    update record_merge set status = 'merged', decided_at = ${input.now}, decided_by = ${actor.staffId}::uuid,
      kept_version = (select version from resident where county_id = ${countyId} and id = ${pair.kept.id}::uuid)
    where county_id = ${countyId} and id = ${merge.id}::uuid`.execute(tx);
  for (const residentId of [merge.kept_id, merge.removed_id])
    await recordAudit(tx, actor, { action: 'record.merge', residentId, subject: merge.id, now: input.now });
  return { mergeId: merge.id };
}

/** The removed record closes and gives its identity number away; the kept one takes the chosen fields. */
async function joinPeople(
  tx: Transaction<Tables>,
  actor: Actor,
  changes: RowChanges,
  { kept, removed }: { kept: LockedRecord; removed: LockedRecord },
  input: MergeInput & { fromRemoved: readonly string[] },
): Promise<void> {
  const answers = mergeAnswers(kept.personal_information, removed.personal_information, input.fromRemoved);
  const person = identityOf(sealsOf(tx), answers, kept);
  const columns = Object.keys(person);
  const idNo = typeof answers.idNo === 'string' && answers.idNo !== '' ? answers.idNo : kept.id_no;
  const numbers = ['id_no', 'id_no_index', 'identity_index', 'id_tail_index'];
  const givesNumber = removed.id_no !== null && removed.id_no === idNo;
  const given = sql.join(numbers.map((column) => sql`${sql.ref(column)} = null`));
  await changes.change(residentTable, {
    columns: ['status', 'status_on', 'status_note', ...numbers],
    set: sql`status = 'closed', status_on = ${input.today}::date, status_note = ${`并入档案 ${kept.archive_no}`},
      ${givesNumber ? sql`${given}, ` : sql``} version = t.version + 1, updated_at = ${input.now}`,
    when: sql`t.id = ${removed.id}::uuid`,
  });
  await sql`
    insert into resident_revision (county_id, resident_id, version, org_path, form_edition, personal_information, changed_at,
      changed_by, reason)
    select county_id, id, version, org_path, form_edition, personal_information, updated_at, created_by, null
    from resident where county_id = ${actor.countyId} and id = ${kept.id}::uuid on conflict do nothing`.execute(
    tx,
  );
  await changes.change(residentTable, {
    columns,
    set: sql`(${sql.join(columns.map((column) => sql.ref(column)))}) = (
        select ${sql.join(columns.map((column) => sql`r.${sql.ref(column)}`))}
        from jsonb_populate_record(null::resident, ${rowJson(person)}::jsonb) r),
      version = t.version + 1, updated_at = ${input.now}`,
    when: sql`t.id = ${kept.id}::uuid`,
  });
  await sql`
    insert into resident_revision (county_id, resident_id, version, org_path, form_edition, personal_information, changed_at,
      changed_by, reason)
    select county_id, id, version, org_path, form_edition, personal_information, ${input.now}, ${actor.staffId}::uuid,
      ${`并入档案 ${removed.archive_no}`}
    from resident where county_id = ${actor.countyId} and id = ${kept.id}::uuid`.execute(tx);
}

/** A row as JSON that PostgreSQL reads back: bytes in its own way, and answers as JSON rather than text of it. */
function rowJson(row: { personal_information: string } & Readonly<Record<string, unknown>>): string {
  const bytes = (value: unknown) => (Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value);
  const plain = Object.entries(row).map(([column, value]) => [column, bytes(value)] as const);
  return JSON.stringify({
    ...Object.fromEntries(plain),
    personal_information: JSON.parse(row.personal_information),
  });
}

/** Moves what moves; returns the years whose reckoning has to be done again. */
async function moveFacts(
  tx: Transaction<Tables>,
  countyId: string,
  changes: RowChanges,
  tables: readonly ResidentTable[],
  { kept, removed }: { kept: LockedRecord; removed: LockedRecord },
  input: MergeInput,
): Promise<number[]> {
  const years = new Set<number>();
  for (const one of tables) {
    const rule = one.onMerge;
    if (rule.kind === 'stays') continue;
    const mine = sql`t.resident_id = ${removed.id}::uuid`;
    const hasOne = (
      id: string,
      condition: RowChange['when'],
    ) => sql`exists (select 1 from ${sql.table(one.table)} k
      where k.county_id = t.county_id and k.resident_id = ${id}::uuid and ${condition})`;
    const equal = (condition: RowChange['when']) => hasOne(kept.id, condition);
    if (rule.kind === 'derived') {
      const both = sql`t.resident_id in (${kept.id}::uuid, ${removed.id}::uuid)`;
      for (const row of await changes.take(one, both)) if (typeof row.year === 'number') years.add(row.year);
      continue;
    }
    const giving = rule.givesWay?.(input);
    if (giving)
      await changes.change(one, {
        ...giving,
        when: sql`t.resident_id = ${kept.id}::uuid and ${giving.when} and ${hasOne(removed.id, giving.equal)}`,
      });
    const yields = rule.yields?.(input);
    if (yields)
      await changes.change(one, {
        ...yields,
        when: sql`${mine} and ${yields.when} and ${yields.equal ? equal(yields.equal) : sql`true`}`,
      });
    const renumber = rule.renumbers;
    const last = renumber ? await lastNumber(tx, countyId, one.table, renumber, kept.id) : 0;
    const follows = one.onMove === 'follows';
    await changes.change(one, {
      columns: ['resident_id', ...(follows ? ['org_path'] : []), ...(renumber ? [renumber] : [])],
      set: sql`resident_id = ${kept.id}::uuid ${follows ? sql`, org_path = ${kept.org_path}` : sql``}
        ${renumber ? sql`, ${sql.ref(renumber)} = t.${sql.ref(renumber)} + ${last}` : sql``}`,
      when: sql`${mine} and not ${rule.leaves ? equal(rule.leaves) : sql`false`}
        and not ${rule.staysWith ?? sql`false`}`,
    });
  }
  return [...years].toSorted();
}

async function lastNumber(
  tx: Transaction<Tables>,
  countyId: string,
  table: string,
  column: string,
  residentId: string,
): Promise<number> {
  const { rows } = await sql<{ last: number | null }>`
    select max(${sql.ref(column)}) as last from ${sql.table(table)}
    where county_id = ${countyId} and resident_id = ${residentId}::uuid`.execute(tx);
  return rows[0]?.last ?? 0;
}
