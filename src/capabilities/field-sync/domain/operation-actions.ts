import type { Action } from '#standards/access-policy.ts';
import type { FieldOperationKind } from './field-operation.ts';

/** What the policy is asked for each thing a phone sends: the same as when the workbench does it. */
export const operationActions: Readonly<Record<FieldOperationKind, Action>> = {
  'visit.record': 'follow-ups.write',
  'visit.photo': 'follow-ups.write',
  'task.close': 'follow-ups.write',
  'resident.register': 'residents.register',
  'person.edit': 'residents.register',
  'conflict.resolve': 'residents.register',
  'record.file': 'records.write',
  'resident.enroll': 'enrollments.write',
  'enrollment.close': 'enrollments.write',
  'contact.attempt': 'follow-ups.write',
  'referral.send': 'referrals.send',
  'referral.step': 'referrals.answer',
};
