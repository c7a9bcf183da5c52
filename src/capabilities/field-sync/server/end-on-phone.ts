import type { Transaction } from 'kysely';
import { endResidentRecord } from '#capabilities/closing/server/public.ts';
import { endEnrollment } from '#capabilities/enrollment/server/public.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { OperationBody, OperationContext } from './operation-body.ts';

/**
 * Ends what a phone says has ended. A death, a move or a loss is of the person, not of one disease: the whole record ends
 * as on the workbench, by the same rules, and can be taken back there. The phone sends it once per programme; the first
 * ends the rest with it. A loss with too few attempts is refused, also from an app older than the rule.
 */
export async function endOnPhone(
  tx: Transaction<Tables>,
  actor: Actor,
  body: OperationBody<'enrollment.close'>,
  context: OperationContext,
): Promise<object | Refused> {
  const { reason, enrollmentId, closedOn } = body;
  if (reason === 'refused' || reason === 'wrong-diagnosis')
    return endEnrollment(tx, actor, {
      ...body,
      ...context,
      reason,
      note: body.note,
      reviewOn: body.reviewOn,
      writtenOn: closedOn,
    });
  const row = await tx
    .selectFrom('enrollment as e')
    .innerJoin('resident as r', (join) =>
      join.onRef('r.county_id', '=', 'e.county_id').onRef('r.id', '=', 'e.resident_id'),
    )
    .select(['e.resident_id', 'e.version', 'e.closed_on', 'e.close_reason', 'r.status'])
    .where('e.county_id', '=', actor.countyId)
    .where('e.id', '=', enrollmentId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return refused('not-found');
  if (row.closed_on !== null)
    return row.close_reason === reason && row.status === reason
      ? { enrollmentId, closedOn: row.closed_on }
      : refused('record-closed');
  if (row.version !== body.version) return refused('stale-version');
  const note = body.note?.trim() ?? '';
  const ended = await endResidentRecord(tx, actor, context.tables, {
    residentId: row.resident_id,
    eventId: context.operationId,
    kind: reason,
    onDay: closedOn,
    source: reason === 'moved' ? '' : '村医手机登记',
    note,
    ...(reason === 'moved' ? { destination: note || '手机登记，未写明' } : {}),
    today: context.today,
    now: context.now,
  });
  return 'kind' in ended ? ended : { enrollmentId, closedOn };
}
