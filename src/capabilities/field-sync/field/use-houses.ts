import { directions, rankReceivers } from '#capabilities/referrals/domain/choose-receiver.ts';
import { usePhone, useStoreVersion } from './phone-context.tsx';

/** A house somebody may be sent on to. */
export interface ReceivingHouse {
  readonly id: string;
  /** With which way the person goes: up, down or across. */
  readonly label: string;
  readonly name: string;
  readonly phone: string | undefined;
}

/** One's own house, and those that may take people, the likeliest first; undefined until the phone was told of them. */
export function useHouses(): {
  readonly own: string;
  readonly receivers: readonly ReceivingHouse[] | undefined;
} {
  const { store } = usePhone();
  useStoreVersion();
  const { organizationId, organizationPath = '', organizations, receivers } = store.directory();
  const kind = organizations.find((one) => one.id === organizationId)?.kind ?? 'village-clinic';
  const from = { id: organizationId, kind, path: organizationPath };
  const ranked = receivers && rankReceivers(receivers, from, organizationPath);
  return {
    own: organizationId,
    receivers: ranked?.map(({ house, direction }) => ({
      id: house.id,
      label: `${house.name}（${directions[direction]}）`,
      name: house.name,
      phone: house.orgPhone ?? undefined,
    })),
  };
}
