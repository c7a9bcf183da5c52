import { useQuery } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure } from '#platform/browser/design-system/page-states.tsx';
import { listReferralReceivers } from '../contract.ts';
import { directions } from '../domain/choose-receiver.ts';

/** A house that is not on this platform: it stands in the department, and nobody there is told. */
export const elsewhere = 'elsewhere';

export interface Receiver {
  /** Undefined: the likeliest. */
  readonly to?: string | undefined;
  readonly toDepartment: string;
}

/** The houses that may take this person, the likeliest first; never the one named. */
export function useReceivers(residentId: string | undefined, except?: string | null) {
  const houses = useQuery({
    queryKey: ['referral-receivers', residentId],
    queryFn: () => callApi(listReferralReceivers, { query: residentId === undefined ? {} : { residentId } }),
  });
  return { ...houses, items: (houses.data?.items ?? []).filter((one) => one.id !== except) };
}

/** What of a choice goes to the server: a house of the county, or only the text. */
export const receiverOf = ({ to, toDepartment }: Receiver, first: string | undefined) => {
  const chosen = to ?? first;
  return {
    toDepartment,
    ...(chosen === undefined || chosen === elsewhere ? {} : { toOrganizationId: chosen }),
  };
};

/** To which house and department. */
export function ReceiverSelect(props: {
  houses: ReturnType<typeof useReceivers>;
  value: Receiver;
  onChange: (value: Receiver) => void;
}) {
  const { houses, value, onChange } = props;
  const to = value.to ?? houses.items[0]?.id;
  if (houses.isLoadingError) return <Failure error={houses.error} onRetry={() => void houses.refetch()} />;
  return (
    <>
      <Select<string>
        aria-label="转往机构"
        style={{ width: 260, maxWidth: '100%' }}
        placeholder="转往机构"
        loading={houses.isPending}
        showSearch={{ optionFilterProp: 'label' }}
        value={to ?? null}
        onChange={(chosen) => onChange({ ...value, to: chosen })}
        options={[
          ...houses.items.map((one) => ({
            value: one.id,
            label: `${one.name}（${directions[one.direction]}）`,
          })),
          { value: elsewhere, label: '外县或平台以外的机构' },
        ]}
      />
      <Input
        aria-label="转往科室"
        placeholder={to === elsewhere ? '机构与科室，如：市中心医院心内科' : '科室，如：心内科'}
        style={{ width: 220, maxWidth: '100%' }}
        maxLength={60}
        value={value.toDepartment}
        onChange={(event) => onChange({ ...value, toDepartment: event.target.value })}
      />
    </>
  );
}
