import type { Transaction } from 'kysely';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { FollowUpOutcome } from '../contract.ts';
import { programOfForm } from '../domain/follow-up-programs.ts';
import { recordFollowUpSheet } from './record-follow-up.ts';

interface CorrectionInput {
  readonly operationId: string;
  readonly recordId: string;
  readonly supersedesId: string;
  readonly formEdition: string;
  readonly answers: unknown;
  readonly confirmed: readonly string[];
  readonly laterThanRuleReason?: string | undefined;
  readonly reason: string;
  readonly today: PlainDate;
  readonly now: Date;
}

/** Writes a new version of a saved sheet; the old one stays with who, when and why. Refuses one already corrected. */
export async function correctFollowUpSheet(
  tx: Transaction<Tables>,
  actor: Actor,
  input: CorrectionInput,
): Promise<FollowUpOutcome | Refused> {
  if (input.reason.trim() === '') {
    return refused('invalid-input', {
      issues: [{ path: 'reason', code: 'missing', message: '请写明更正原因。' }],
    });
  }
  const old = await tx
    .selectFrom('form_record')
    .select(['resident_id', 'visit_id', 'form', 'superseded_by', 'status'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.supersedesId)
    .forUpdate()
    .executeTakeFirst();
  const program = old && programOfForm(old.form);
  if (!old || !program) return refused('not-found');
  if (old.superseded_by !== null || old.status !== 'complete') return refused('already-superseded');
  const { supersedesId, reason, confirmed, ...sheet } = input;
  return recordFollowUpSheet(
    tx,
    actor,
    {
      ...sheet,
      program,
      visitId: old.visit_id,
      residentId: old.resident_id,
      correction: { supersedesId, reason },
    },
    confirmed,
  );
}
