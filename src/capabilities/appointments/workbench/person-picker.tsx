import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useDeferredValue, useState } from 'react';
import { searchResidents } from '#capabilities/residents/contract.ts';
import { readSearchText } from '#capabilities/residents/domain/read-search-text.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure } from '#platform/browser/design-system/page-states.tsx';
import { printSex } from '#standards/identity/print-sex.ts';

interface Picked {
  readonly id: string;
  readonly name: string;
}

/** Finds the person to book for, by name, number or telephone. */
export function PersonPicker(props: {
  picked: Picked | undefined;
  onPick: (person: Picked | undefined) => void;
}) {
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed.trim());
  const isLong = readSearchText(text).kind !== 'too-short';
  const found = useQuery({
    queryKey: ['search', 'pick', text],
    enabled: isLong && !props.picked,
    queryFn: ({ signal }) => callApi(searchResidents, { body: { text, limit: 8 }, signal }),
  });
  if (props.picked)
    return (
      <p>
        居民 <b>{props.picked.name}</b>{' '}
        <Button size="small" onClick={() => props.onPick(undefined)}>
          换人
        </Button>
      </p>
    );
  return (
    <div style={{ marginBottom: 10 }}>
      <Input
        autoFocus
        allowClear
        aria-label="找居民"
        placeholder="姓名、拼音首字母、身份证号或后4位、电话后4位"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {found.isLoadingError && <Failure error={found.error} onRetry={() => void found.refetch()} />}
      {found.data?.items.length === 0 && <p className="soft">没有找到，请核对后再试。</p>}
      {found.data?.items.map((one) => (
        <button
          key={one.id}
          type="button"
          className="link-button"
          style={{ display: 'block', padding: '8px 0', width: '100%', textAlign: 'left' }}
          onClick={() => props.onPick({ id: one.id, name: one.name })}
        >
          {one.name} {printSex(one.sex)} {one.ageYears} 岁{' '}
          <span className="small soft">
            {one.organizationName} · {one.idNo ?? '无证件号'}
          </span>
        </button>
      ))}
    </div>
  );
}
