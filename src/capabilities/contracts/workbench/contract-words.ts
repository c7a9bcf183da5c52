import type { ClinicalState } from '#platform/browser/design-system/state-tag.tsx';
import type { EndpointResponse } from '#standards/endpoint.ts';
import type { showContracts } from '../contract.ts';
import { type ContractState, contractStateLabels } from '../domain/contract-state.ts';

const tones: Readonly<Record<ContractState, ClinicalState>> = {
  'to-begin': 'plain',
  'in-force': 'good',
  'to-renew': 'recheck',
  expired: 'late',
  ended: 'plain',
};

/** A state of a contract in words and tone. */
export function contractWords(state: string): { text: string; tone: ClinicalState } {
  const known = state as ContractState;
  return { text: contractStateLabels[known] ?? state, tone: tones[known] ?? 'plain' };
}

/** Why contracts end, as the agreement names it. */
export const endReasonLabels: Readonly<Record<string, string>> = {
  'resident-asked': '居民要求解约',
  moved: '迁出',
  dead: '死亡',
  transferred: '转给其他家庭医生',
  renewed: '续签',
  other: '其他',
};

export const offerLabels: Readonly<Record<string, string>> = { declined: '拒签', later: '以后再签' };

/** What a write about contracts makes old. */
export const contractQueries = ['contracts', 'resident', 'centre', 'reception'] as const;

/** A share as it is printed. */
export function printRate(count: { in: number; of: number } | undefined): string {
  return !count || count.of === 0 ? '无数据' : `${((count.in / count.of) * 100).toFixed(1)}%`;
}

export const contractTabs = ['due', 'unsigned', 'rates', 'packages'] as const;
export type ContractTab = (typeof contractTabs)[number];

/** What the signing screen of a person shows. */
export type SigningPage = EndpointResponse<typeof showContracts>;
