import type { Transaction } from 'kysely';
import { replacePersonalInformation } from '#capabilities/residents/server/public.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { withoutEmpty } from './merge-person-edit.ts';
import type { OperationBody, OperationContext } from './operation-body.ts';

/** Decides between two values of a field. The other stays readable in the conflict's row. Refuses a decided one. */
export async function resolveConflict(
  tx: Transaction<Tables>,
  actor: Actor,
  body: OperationBody<'conflict.resolve'>,
  context: OperationContext,
): Promise<{ version: number } | Refused> {
  const person = await tx
    .selectFrom('resident')
    .select(['id', 'version', 'personal_information'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', context.residentId)
    .forUpdate()
    .executeTakeFirst();
  const conflict = await tx
    .selectFrom('person_conflict')
    .select(['id', 'field', 'offered', 'resolved_at', 'choice'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', body.conflictId)
    .where('resident_id', '=', context.residentId)
    .forUpdate()
    .executeTakeFirst();
  if (!person || !conflict) return refused('not-found');
  if (conflict.resolved_at !== null) {
    if (conflict.choice === body.choose) return { version: person.version };
    return refused('already-superseded', { detail: '这处不一致已由别人裁决，请查看最新内容。' });
  }
  let { version } = person;
  if (body.choose === 'offered') {
    const replaced = await replacePersonalInformation(tx, actor, {
      residentId: context.residentId,
      version,
      answers: withoutEmpty({ ...person.personal_information, [conflict.field]: conflict.offered }),
      confirmed: [],
      reason: '裁决不一致',
      today: context.today,
      now: context.now,
    });
    if ('kind' in replaced) return replaced;
    version = replaced.version;
  }
  await tx
    .updateTable('person_conflict')
    .set({ resolved_at: context.now, resolved_by: actor.staffId, choice: body.choose })
    .where('county_id', '=', actor.countyId)
    .where('id', '=', body.conflictId)
    .execute();
  await recordAudit(tx, actor, {
    action: 'person-conflict.resolve',
    residentId: context.residentId,
    subject: body.conflictId,
    detail: { choose: body.choose },
    now: context.now,
  });
  return { version };
}
