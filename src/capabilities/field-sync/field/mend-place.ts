import type { FieldOperation } from '../domain/field-operation.ts';

/** Where a refused operation is opened again as it was typed. */
export function mendPlaceOf(operation: FieldOperation, how: 'operation' | 'moved'): string | undefined {
  const person = `/people/${operation.residentId}`;
  switch (operation.kind) {
    case 'visit.record':
      return `${person}/visit?${how}=${operation.operationId}`;
    case 'record.file':
      return `${person}/forms/${operation.body.form}?${how}=${operation.operationId}`;
    case 'resident.register':
      return `/register?operation=${operation.operationId}`;
    case 'enrollment.close':
      return `${person}/close?operation=${operation.operationId}`;
    case 'referral.send':
      return `${person}/refer?operation=${operation.operationId}`;
    case 'referral.step':
      return operation.body.deed === 'withdraw'
        ? `${person}/withdraw?referral=${operation.body.referralId}&operation=${operation.operationId}`
        : undefined;
    default:
      return undefined;
  }
}
