import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Input, type InputRef } from 'antd';
import { type KeyboardEvent, type Ref, useDeferredValue, useEffect, useState } from 'react';
import { type ResidentSummary, searchResidents } from '#capabilities/residents/contract.ts';
import { programLabels } from '#capabilities/residents/domain/program.ts';
import { readSearchText } from '#capabilities/residents/domain/read-search-text.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { printSex } from '#standards/identity/print-sex.ts';
import { readDeskText } from '../domain/read-desk-text.ts';

/** Most people shown to choose from; a longer number narrows it. */
const mostShown = 8;

/** Finds a person at the desk by number, telephone, archive code, card or name; arrows and Enter choose. */
export function DeskSearch(props: {
  inputRef: Ref<InputRef>;
  typed: string;
  onType: (text: string) => void;
  onFound: (residentId: string) => void;
  /** Somebody is open: the list makes room. */
  isChosen: boolean;
}) {
  const read = readDeskText(useDeferredValue(props.typed));
  const text = read.kind === 'search' ? read.text : '';
  const term = readSearchText(text);
  const [at, setAt] = useState(0);
  const [wanted, setWanted] = useState<string>();
  const found = useQuery({
    queryKey: ['search', 'desk', text],
    enabled: text !== '' && term.kind !== 'too-short',
    queryFn: ({ signal }) => callApi(searchResidents, { body: { text, limit: mostShown }, signal }),
  });
  const items = text === '' ? [] : (found.data?.items ?? []);
  const { onFound } = props;
  // Enter pressed before the answer came counts as soon as there is exactly one.
  useEffect(() => {
    if (wanted === undefined || wanted !== text || !found.isSuccess) return;
    setWanted(undefined);
    const [only, second] = found.data.items;
    if (only && !second) onFound(only.id);
  }, [wanted, text, found.isSuccess, found.data, onFound]);
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, items.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
    else if (event.key === 'Enter') {
      // A scanner types faster than the page redraws: what stands in the field counts.
      const now = readDeskText((event.target as HTMLInputElement).value);
      if (now.kind === 'card') props.onFound(now.residentId);
      else if (now.text === text && items[at]) props.onFound(items[at].id);
      else setWanted(now.text);
    } else return;
    event.preventDefault();
  };
  return (
    <section className="card" aria-label="找人">
      <Input
        ref={props.inputRef}
        size="large"
        autoFocus
        allowClear
        aria-label="找人"
        placeholder="扫居民码，或输入身份证号、电话后4位、档案编码、姓名"
        value={props.typed}
        onChange={(event) => {
          props.onType(event.target.value);
          setAt(0);
          setWanted(undefined);
        }}
        onKeyDown={onKey}
      />
      {text !== '' && term.kind === 'too-short' && <p className="small soft">{term.hint}</p>}
      {found.isLoadingError && <Failure error={found.error} onRetry={() => void found.refetch()} />}
      {items.length > 0 && !props.isChosen && (
        <div role="listbox" aria-label="找到的居民" style={{ marginTop: 6 }}>
          {items.map((item, index) => (
            <FoundLine
              key={item.id}
              item={item}
              isSelected={index === at}
              onPress={() => props.onFound(item.id)}
            />
          ))}
        </div>
      )}
      {text !== '' && found.isSuccess && items.length === 0 && (
        <p className="soft" style={{ marginBottom: 0 }}>
          没有找到。请核对号码，或{' '}
          <Link to="/residents/new" search={{ from: 'centre' }}>
            新建档案
          </Link>
          ，建档后直接取号。
        </p>
      )}
    </section>
  );
}

function FoundLine(props: { item: ResidentSummary; isSelected: boolean; onPress: () => void }) {
  const { item } = props;
  return (
    <button
      type="button"
      role="option"
      className="found-line"
      aria-selected={props.isSelected}
      tabIndex={-1}
      onClick={props.onPress}
    >
      <b>{item.name}</b>
      <span>
        {printSex(item.sex)} {item.ageYears} 岁
      </span>
      <span className="small soft">
        证件 {item.idNo ?? '未登记'} · 电话 {item.phone ?? '未登记'} · {item.organizationName}
      </span>
      {item.status !== 'active' && <StateTag state="late">已结案</StateTag>}
      {item.programs.map((program) => (
        <StateTag key={program} state="plain">
          {programLabels[program]}
        </StateTag>
      ))}
    </button>
  );
}
