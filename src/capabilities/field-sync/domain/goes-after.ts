import type { FieldOperation } from './field-operation.ts';

/**
 * Whether an operation is sent after another, whichever was typed first: a photo after its visit, a referral after the
 * follow-up it came from, so that the summary for the other house holds its readings, a step after its referral.
 */
export function goesAfter(operation: FieldOperation, other: FieldOperation): boolean {
  switch (operation.kind) {
    case 'visit.photo':
      return other.kind === 'visit.record' && other.body.visitId === operation.body.visitId;
    case 'referral.send':
      return other.kind === 'visit.record' && other.body.visitId === operation.body.followUpId;
    case 'referral.step':
      return other.kind === 'referral.send' && other.body.referralId === operation.body.referralId;
    default:
      return false;
  }
}
