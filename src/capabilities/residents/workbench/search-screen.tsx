import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useDeferredValue, useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { mayDo } from '#standards/access-policy.ts';
import { printSex } from '#standards/identity/print-sex.ts';
import { type ResidentSummary, searchResidents } from '../contract.ts';
import { programLabels } from '../domain/program.ts';
import { readSearchText } from '../domain/read-search-text.ts';

/** Finds a person within the worker's scope, and says which scope that is. */
export function SearchScreen() {
  const actor = useActor();
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed.trim());
  const term = readSearchText(text);
  const found = usePages({
    queryKey: ['search', text],
    enabled: term.kind !== 'too-short',
    read: (cursor, signal) => callApi(searchResidents, { body: { text, limit: 30, cursor }, signal }),
    placeholderData: (previous) => previous,
  });
  const items = found.data?.items ?? [];
  const canRegister = mayDo(actor.role, 'residents.register');
  return (
    <main className="page">
      <div className="row spread">
        <h1>居民</h1>
        <span className="row">
          <Link to="/transfers">
            <Button>档案交接与合并</Button>
          </Link>
          {canRegister && (
            <Link to="/residents/new">
              <Button type="primary">新建档案</Button>
            </Link>
          )}
        </span>
      </div>
      <Input
        size="large"
        autoFocus
        allowClear
        aria-label="检索居民"
        placeholder="姓名、拼音首字母、身份证号或后4位、电话后4位、档案编码"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <div className="small soft">检索范围：{found.data?.first?.scopeName ?? actor.scopeName}</div>
      {text !== '' && term.kind === 'too-short' && <Empty title={term.hint} />}
      {text === '' && <Empty title="输入后立即检索">按 / 键可随时回到这里。</Empty>}
      {term.kind !== 'too-short' && found.isPending && <Loading />}
      {found.isLoadingError && <Failure error={found.error} onRetry={() => void found.refetch()} />}
      {term.kind !== 'too-short' && found.isSuccess && items.length === 0 && (
        <Empty title="没有找到">
          {canRegister ? (
            <>
              请核对后再试，或 <Link to="/residents/new">新建档案</Link>。
            </>
          ) : (
            '请核对后再试。'
          )}
        </Empty>
      )}
      {term.kind !== 'too-short' && items.length > 0 && (
        <div className="card" style={{ padding: 0 }}>
          {items.map((item) => (
            <ResidentLine key={item.id} item={item} />
          ))}
        </div>
      )}
      <MoreButton list={found} />
    </main>
  );
}

function ResidentLine({ item }: { item: ResidentSummary }) {
  return (
    <Link to="/residents/$residentId" params={{ residentId: item.id }} className="work-line">
      <b>{item.name}</b>
      <span>
        {printSex(item.sex)} · {item.ageYears} 岁
      </span>
      <span className="small soft">
        证件 {item.idNo ?? '未登记'} · 电话 {item.phone ?? '未登记'} · {item.organizationName}
      </span>
      <span>
        {item.status !== 'active' && <StateTag state="late">已结案</StateTag>}
        {item.programs.map((program) => (
          <StateTag key={program} state="plain">
            {programLabels[program]}
          </StateTag>
        ))}
      </span>
    </Link>
  );
}
