import { sql, type Transaction } from 'kysely';
import { nameInitialsOf, sealResident } from '#capabilities/residents/server/public.ts';
import { isWithin, orgPath } from '#kernel/org-path.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { FieldSeals } from '#platform/server/crypto/field-seals.ts';
import type { ResidentTable } from '#platform/server/database/resident-table.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { differingFields } from '../domain/merge-answers.ts';
import type { MergeSide } from '../merge-contract.ts';
import { readSummaries } from './find-duplicates.ts';

/** A record locked for merging. */
export interface LockedRecord {
  readonly id: string;
  readonly org_path: string;
  readonly archive_no: string;
  readonly status: string;
  readonly version: number;
  readonly name: string;
  readonly sex: string;
  readonly birth_date: PlainDate;
  readonly id_type: string;
  readonly id_no: string | null;
  readonly phone: string | null;
  readonly personal_information: Record<string, unknown>;
}

/** One record says the person died, the other that they live: one of the two is wrong, and a merge must not bury the death. */
const deadWayOut =
  '并入的档案已登记死亡，保留的档案在管。请先核实：死亡登记有误的，在那份档案撤回后再合并；本人确已去世的，先撤回、合并，再在保留的档案登记死亡。';

/** Locks both records, always in the same order; refuses one that is missing, closed, dead, or about to move. */
export async function lockPair(
  tx: Transaction<Tables>,
  countyId: string,
  keptId: string,
  removedId: string,
): Promise<{ kept: LockedRecord; removed: LockedRecord } | Refused> {
  const rows = await tx
    .selectFrom('resident')
    .selectAll()
    .where('county_id', '=', countyId)
    .where('id', 'in', [keptId, removedId])
    .orderBy('id')
    .forUpdate()
    .execute();
  const kept = rows.find((row) => row.id === keptId);
  const removed = rows.find((row) => row.id === removedId);
  if (!kept || !removed) return refused('not-found');
  if (kept.status !== 'active')
    return refused('record-closed', { detail: '保留的档案须在管；如有误，请先更正其状态。' });
  if (removed.status === 'closed')
    return refused('record-closed', { detail: '并入的档案已经注销或合并过。' });
  if (removed.status === 'dead') return refused('record-closed', { detail: deadWayOut });
  const moving = await sql`select 1 from handover where county_id = ${countyId} and status = 'pending'
    and resident_id in (${keptId}::uuid, ${removedId}::uuid)`.execute(tx);
  if (moving.rows.length > 0)
    return refused('already-exists', { detail: '有一份档案正在办理迁移，请先处理。' });
  return { kept, removed };
}

/** The columns of a resident that repeat the form's answers. */
export function identityOf(
  seals: FieldSeals,
  answers: Readonly<Record<string, unknown>>,
  kept: LockedRecord,
) {
  const text = (id: string, otherwise: string | null) =>
    typeof answers[id] === 'string' && answers[id] !== '' ? (answers[id] as string) : otherwise;
  const name = text('name', kept.name) ?? kept.name;
  const initials = nameInitialsOf(name);
  const idType = text('idType', kept.id_type) ?? kept.id_type;
  return {
    name,
    name_initials: initials.initials,
    name_initials_alt: initials.alternative,
    sex: text('gender', kept.sex) ?? kept.sex,
    birth_date: text('birthDate', kept.birth_date) ?? kept.birth_date,
    id_type: idType,
    ...sealResident(seals, {
      id: kept.id,
      idType,
      idNo: text('idNo', kept.id_no),
      phone: text('phone', kept.phone),
      answers,
    }),
  };
}

/** Proposes a merge; another person has to confirm it. */
export async function insertProposal(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    mergeId: string;
    keptId: string;
    removedId: string;
    fromRemoved: readonly string[];
    reason: string;
    now: Date;
  },
): Promise<{ mergeId: string } | Refused> {
  const issue = (path: string, message: string) =>
    refused('invalid-input', { issues: [{ path, code: 'not-possible', message }] });
  if (input.keptId === input.removedId) return issue('removedId', '两份档案是同一份。');
  if (input.reason.trim() === '') return issue('reason', '请写明为何认为是同一人。');
  const pair = await lockPair(tx, actor.countyId, input.keptId, input.removedId);
  if ('kind' in pair) return pair;
  const differing = differingFields(pair.kept.personal_information, pair.removed.personal_information);
  const strange = input.fromRemoved.filter((id) => !differing.includes(id));
  if (strange.length > 0) return issue('fromRemoved', '选择的项目两份档案并无不同，请刷新后重选。');
  const inserted = await sql`
    insert into record_merge (county_id, id, kept_id, removed_id, org_path, choices, reason, proposed_at, proposed_by)
    values (${actor.countyId}, ${input.mergeId}::uuid, ${input.keptId}::uuid, ${input.removedId}::uuid,
      ${commonPathOf(pair.kept.org_path, pair.removed.org_path)}, ${JSON.stringify({ fromRemoved: input.fromRemoved })}::jsonb,
      ${input.reason.trim()}, ${input.now}, ${actor.staffId}::uuid)
    on conflict do nothing returning id`.execute(tx);
  if (inserted.rows.length === 0)
    return refused('already-exists', { detail: '这份档案已有一项待确认的合并。' });
  for (const residentId of [input.keptId, input.removedId])
    await recordAudit(tx, actor, {
      action: 'record.merge-propose',
      residentId,
      subject: input.mergeId,
      now: input.now,
    });
  return { mergeId: input.mergeId };
}

/** The longest place of the tree that holds both. */
export function commonPathOf(a: string, b: string): string {
  const parts = a.split('/').filter(Boolean);
  let common = '/';
  for (const part of parts) {
    const next = `${common}${part}/`;
    if (!isWithin(orgPath(b), orgPath(next))) break;
    common = next;
  }
  return common;
}

/** Both records in full, with how many facts stand in each. */
export async function readPair(
  tx: Transaction<Tables>,
  countyId: string,
  tables: readonly ResidentTable[],
  input: { first: string; second: string; today: PlainDate },
): Promise<{ first: MergeSide; second: MergeSide; differing: string[] } | Refused> {
  const ids = [input.first, input.second];
  const people = await readSummaries(tx, countyId, ids, input.today);
  const rows = await tx
    .selectFrom('resident')
    .select(['id', 'version', 'created_at', 'personal_information'])
    .where('county_id', '=', countyId)
    .where('id', 'in', ids)
    .execute();
  const counted = await countFacts(tx, countyId, tables, ids);
  const side = (id: string): MergeSide | undefined => {
    const [person, row] = [people.get(id), rows.find((one) => one.id === id)];
    return person && row
      ? {
          ...person,
          version: row.version,
          createdAt: row.created_at.toISOString(),
          personalInformation: { ...row.personal_information },
          facts: counted.filter((one) => one.id === id).map(({ title, count }) => ({ title, count })),
        }
      : undefined;
  };
  const [first, second] = [side(input.first), side(input.second)];
  if (!first || !second) return refused('not-found');
  const differing = differingFields(first.personalInformation, second.personalInformation);
  return { first, second, differing };
}

async function countFacts(
  tx: Transaction<Tables>,
  countyId: string,
  tables: readonly ResidentTable[],
  ids: readonly string[],
) {
  const shown = tables.filter((one) => one.onMerge.kind === 'moves' && one.childOf === undefined);
  const { rows } = await sql<{ title: string; id: string; count: number }>`${sql.join(
    shown.map(
      (one) => sql`select ${one.title}::text as title, resident_id::text as id, count(*)::int as count
        from ${sql.table(one.table)} where county_id = ${countyId} and resident_id = any(${ids}::uuid[]) group by 2`,
    ),
    sql` union all `,
  )}`.execute(tx);
  return rows;
}
