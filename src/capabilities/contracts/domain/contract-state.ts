import { daysBetween, type PlainDate } from '#kernel/plain-date.ts';

export type ContractState = 'to-begin' | 'in-force' | 'to-renew' | 'expired' | 'ended';

export const contractStateLabels: Readonly<Record<ContractState, string>> = {
  'to-begin': '已签约，待生效',
  'in-force': '履约中',
  'to-renew': '即将到期',
  expired: '已到期',
  ended: '已终止',
};

/** Days before the end from which renewal is asked. */
const renewalDays = 30;

/** Where a contract stands on a day. */
export function contractStateOn(
  contract: {
    readonly validFrom: PlainDate;
    readonly validTo: PlainDate;
    readonly endedOn: PlainDate | null;
  },
  today: PlainDate,
): ContractState {
  if (contract.endedOn !== null && contract.endedOn <= today) return 'ended';
  if (today < contract.validFrom) return 'to-begin';
  const left = daysBetween(today, contract.validTo);
  return left < 0 ? 'expired' : left <= renewalDays ? 'to-renew' : 'in-force';
}

/** Whether the person counts as contracted on a day. */
export function isContracted(state: ContractState): boolean {
  return state === 'in-force' || state === 'to-renew';
}
