import type { Transaction } from 'kysely';
import { insertAttempt } from '#capabilities/closing/server/public.ts';
import { openEnrollment } from '#capabilities/enrollment/server/public.ts';
import { closeTaskWithoutVisit } from '#capabilities/follow-up/server/public.ts';
import { takeStep } from '#capabilities/referrals/server/public.ts';
import { insertResident } from '#capabilities/residents/server/public.ts';
import { referResident } from '#capabilities/visits/server/public.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { issuesOf } from '#platform/server/http/problems.ts';
import { operationBodySchemas } from '../contract.ts';
import type { FieldOperationKind } from '../domain/field-operation.ts';
import { endOnPhone } from './end-on-phone.ts';
import { mergePersonEdit } from './merge-person-edit.ts';
import type { OperationBody, OperationContext } from './operation-body.ts';
import { takeVisitPhoto } from './photo-pieces.ts';
import { resolveConflict } from './resolve-conflict.ts';
import { takeRecord, takeVisit } from './take-sheets.ts';

type Apply<K extends FieldOperationKind> = (
  tx: Transaction<Tables>,
  actor: Actor,
  body: OperationBody<K>,
  context: OperationContext,
) => Promise<object | Refused>;

/** Each kind goes through the server function the workbench calls; there is no second way to write a fact. */
const appliers: { readonly [K in FieldOperationKind]: Apply<K> } = {
  'visit.record': takeVisit,
  'visit.photo': takeVisitPhoto,
  'resident.register': (tx, actor, body, context) => insertResident(tx, actor, { ...body, ...context }),
  'record.file': takeRecord,
  'task.close': (tx, actor, body, context) => closeTaskWithoutVisit(tx, actor, { ...body, ...context }),
  async 'resident.enroll'(tx, actor, body, context) {
    return openEnrollment(tx, actor, { ...body, ...context, diagnosedOn: body.diagnosedOn });
  },
  'enrollment.close': endOnPhone,
  'contact.attempt': (tx, actor, body, context) => insertAttempt(tx, actor, { ...body, ...context }),
  'referral.send': (tx, actor, { followUpId: _, ...asked }, { residentId, today, now }) =>
    referResident(tx, actor, { ...asked, residentId, today, now }),
  'referral.step': (tx, actor, body, { operationId, today, now }) =>
    takeStep(tx, actor, { ...body, operationId, today, now }),
  'person.edit': mergePersonEdit,
  'conflict.resolve': resolveConflict,
};

/** Reads the body by the schema of its kind; a body that does not fit is refused with its fields named. */
export function readOperation(
  kind: string,
  body: unknown,
): { kind: FieldOperationKind; body: OperationBody<FieldOperationKind> } | Refused {
  if (!Object.hasOwn(operationBodySchemas, kind)) {
    const message = '服务器不认识这种操作，请更新应用。';
    return refused('invalid-input', { issues: [{ path: 'kind', code: 'unknown', message }] });
  }
  const known = kind as FieldOperationKind;
  const parsed = operationBodySchemas[known].safeParse(body);
  if (!parsed.success) return refused('invalid-input', { issues: issuesOf(parsed.error) });
  return { kind: known, body: parsed.data as OperationBody<FieldOperationKind> };
}

/** Does what an operation asks, in the given transaction. */
export function applyOperation(
  tx: Transaction<Tables>,
  actor: Actor,
  operation: { kind: FieldOperationKind; body: OperationBody<FieldOperationKind> },
  context: OperationContext,
): Promise<object | Refused> {
  const apply = appliers[operation.kind] as Apply<FieldOperationKind>;
  return apply(tx, actor, operation.body as never, context);
}
