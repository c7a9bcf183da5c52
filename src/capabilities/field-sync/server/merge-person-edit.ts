import type { Transaction } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { replacePersonalInformation } from '#capabilities/residents/server/public.ts';
import { isMasked } from '#kernel/masked-text.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { sealsOf } from '#platform/server/database/with-scope.ts';
import { sealedAnswers } from '#standards/privacy/sealed-answers.ts';
import { isSameAnswer, mergeFields } from '../domain/merge-fields.ts';
import type { OperationBody, OperationContext } from './operation-body.ts';

/** The phone never holds the full number, so it cannot change it. */
const notOnPhones = new Set(['idNo', 'idType']);

/**
 * Merges an edit of a person's information field by field onto what stands now. Where somebody else changed the same field
 * to something different, what stands stays, and both values are kept for a person to decide. Refuses what the form does
 * not allow once merged.
 */
export async function mergePersonEdit(
  tx: Transaction<Tables>,
  actor: Actor,
  body: OperationBody<'person.edit'>,
  context: OperationContext,
): Promise<{ version: number; conflicts: string[] } | Refused> {
  const forbidden = body.changes.find((change) => notOnPhones.has(change.field));
  if (forbidden) {
    const message = '证件信息只能在工作台修改。';
    return refused('invalid-input', { issues: [{ path: forbidden.field, code: 'not-on-phone', message }] });
  }
  const masked = body.changes.find(({ from, to }) => isMasked(JSON.stringify([from, to])));
  if (masked) {
    const message = '含敏感诊断的内容只能在工作台修改。';
    return refused('invalid-input', { issues: [{ path: masked.field, code: 'masked', message }] });
  }
  const current = await tx
    .selectFrom('resident')
    .select(['id', 'version', 'personal_information', 'org_path'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', context.residentId)
    .forUpdate()
    .executeTakeFirst();
  if (!current) return refused('not-found');
  const merge = mergeFields(
    current.personal_information,
    body.changes.map(({ field, from, to }) => ({ field, from, to })),
  );
  let version = current.version;
  if (Object.keys(merge.take).length > 0) {
    const answers = withoutEmpty({ ...current.personal_information, ...merge.take });
    const replaced = await replacePersonalInformation(tx, actor, {
      residentId: context.residentId,
      version,
      answers,
      confirmed: [],
      reason: '手机端修改',
      today: context.today,
      now: context.now,
    });
    if ('kind' in replaced) return replaced;
    version = replaced.version;
  }
  const conflicts = await keepConflicts(tx, actor, context, current.org_path, merge.conflicts);
  return { version, conflicts };
}

async function keepConflicts(
  tx: Transaction<Tables>,
  actor: Actor,
  context: OperationContext,
  orgPath: string,
  conflicts: ReturnType<typeof mergeFields>['conflicts'],
): Promise<string[]> {
  if (conflicts.length === 0) return [];
  const revisions = await tx
    .selectFrom('resident_revision')
    .select(['resident_id', 'changed_by', 'personal_information'])
    .where('county_id', '=', actor.countyId)
    .where('resident_id', '=', context.residentId)
    .orderBy('version', 'desc')
    .limit(50)
    .execute();
  /** Who gave the field its present value: the oldest of the versions in a row that hold it. */
  const keptBy = (field: string, value: unknown) => {
    const other = revisions.findIndex((one) => !isSameAnswer(one.personal_information[field], value));
    const holding = other === -1 ? revisions : revisions.slice(0, other);
    return holding.at(-1)?.changed_by ?? null;
  };
  const seals = sealsOf(tx);
  const kept = (id: string, field: string, name: string, value: unknown) =>
    JSON.stringify(
      sealedAnswers.has(field) ? seals.whole('person_conflict', id, name, value) : (value ?? null),
    );
  const rows = conflicts
    .map((conflict) => ({ ...conflict, id: uuidv7() }))
    .map((conflict) => ({
      county_id: actor.countyId,
      id: conflict.id,
      resident_id: context.residentId,
      org_path: orgPath,
      field: conflict.field,
      base: kept(conflict.id, conflict.field, 'base', conflict.from),
      kept: kept(conflict.id, conflict.field, 'kept', conflict.current),
      kept_by: keptBy(conflict.field, conflict.current),
      offered: kept(conflict.id, conflict.field, 'offered', conflict.to),
      offered_by: actor.staffId,
      operation_id: context.operationId,
      made_at: context.now,
    }));
  await tx.insertInto('person_conflict').values(rows).execute();
  return rows.map((row) => row.id);
}

/** A field set to nothing is a field not answered. */
export function withoutEmpty(answers: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== null && value !== ''));
}
