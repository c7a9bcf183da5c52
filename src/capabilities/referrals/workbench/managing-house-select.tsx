import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure } from '#platform/browser/design-system/page-states.tsx';
import { listManagingHouses } from '../down-contract.ts';

/** The houses that manage people, each township with its villages; never the one named. */
export function ManagingHouseSelect(props: {
  value: string | undefined;
  onChange: (id: string) => void;
  except?: string | null;
}) {
  const houses = useQuery({
    queryKey: ['managing-houses'],
    queryFn: () => callApi(listManagingHouses),
  });
  if (houses.isLoadingError) return <Failure error={houses.error} onRetry={() => void houses.refetch()} />;
  return (
    <Select<string>
      aria-label="本人希望由哪家管理"
      style={{ width: '100%', maxWidth: 360 }}
      placeholder="选择乡镇卫生院或村卫生室，可输入名称查找"
      loading={houses.isPending}
      showSearch={{ optionFilterProp: 'label' }}
      value={props.value ?? null}
      onChange={props.onChange}
      options={(houses.data?.items ?? [])
        .filter((one) => one.id !== props.except)
        .map((one) => ({
          value: one.id,
          label: one.isVillage ? `${one.townshipName} · ${one.name}` : one.name,
        }))}
    />
  );
}
