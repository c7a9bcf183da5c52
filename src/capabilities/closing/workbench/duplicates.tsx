import { Link } from '@tanstack/react-router';
import { App, Button, Input } from 'antd';
import { useState } from 'react';
import type { ResidentSummary } from '#capabilities/residents/contract.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { useWrite, useWriteIds, WriteProblem } from '#platform/browser/use-write.tsx';
import { mayDo } from '#standards/access-policy.ts';
import { printSex } from '#standards/identity/print-sex.ts';
import { type DuplicatePair, dismissDuplicate, findDuplicates, listDuplicates } from '../merge-contract.ts';

const reasonLabels: Readonly<Record<string, string>> = {
  'same-identity': '证件号码相同',
  'same-name-birth': '姓名与出生日期相同',
  'same-name-phone': '姓名与电话相同',
};

/** Pairs of records that may be of one person. */
export function Duplicates() {
  const actor = useActor();
  const { message } = App.useApp();
  const { ids, renew } = useWriteIds();
  const { run, problem, busy } = useWrite([['duplicates']]);
  const list = usePages({
    queryKey: ['duplicates'],
    read: (cursor) => callApi(listDuplicates, { query: { limit: 30, cursor } }),
  });
  const scan = async () => {
    const done = await run(() => callApi(findDuplicates, { body: { operationId: ids.operationId } }));
    if (!done) return;
    renew();
    void message.success(`找到 ${done.found} 对疑似重复`);
  };
  const items = list.data?.items ?? [];
  const mayWrite = mayDo(actor.role, 'duplicates.settle');
  return (
    <>
      {mayWrite && (
        <section className="card row spread">
          <span className="soft">
            在{actor.scopeName}的档案里按证件号码、姓名与出生日期、姓名与电话查找。
          </span>
          <Button type="primary" loading={busy} onClick={() => void scan()}>
            查找疑似重复
          </Button>
          <WriteProblem problem={problem} />
        </section>
      )}
      {list.isPending && <Loading />}
      {list.isLoadingError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && items.length === 0 && <Empty title="没有疑似重复的档案">可以先查找一次。</Empty>}
      {items.length > 0 && (
        <section className="card">
          {items.map((pair) => (
            <PairLine key={`${pair.first.id} ${pair.second.id}`} pair={pair} mayWrite={mayWrite} />
          ))}
        </section>
      )}
      <MoreButton list={list} />
    </>
  );
}

function PairLine({ pair, mayWrite }: { pair: DuplicatePair; mayWrite: boolean }) {
  const [reason, setReason] = useState<string>();
  const { ids } = useWriteIds();
  const { run, problem, busy } = useWrite([['duplicates']]);
  const dismiss = () =>
    run(
      () =>
        callApi(dismissDuplicate, {
          body: {
            operationId: ids.operationId,
            firstId: pair.first.id,
            secondId: pair.second.id,
            reason: reason ?? '',
          },
        }),
      '已判为不同的人',
    );
  return (
    <div style={{ padding: '10px 0', borderTop: '1px solid var(--line)' }}>
      <div className="row spread">
        <div>
          <div className="row">
            {pair.reasons.map((one) => (
              <StateTag key={one} state="recheck">
                {reasonLabels[one] ?? one}
              </StateTag>
            ))}
          </div>
          <div style={{ marginTop: 4 }}>{describePerson(pair.first)}</div>
          <div>{describePerson(pair.second)}</div>
        </div>
        {mayWrite && (
          <span className="row">
            <Link to="/duplicates/compare" search={{ first: pair.first.id, second: pair.second.id }}>
              <Button type="primary">比较与合并</Button>
            </Link>
            <Button onClick={() => setReason('')}>不是同一人</Button>
          </span>
        )}
      </div>
      {reason !== undefined && (
        <div className="row" style={{ marginTop: 6 }}>
          <Input
            autoFocus
            aria-label="为何不是同一人"
            placeholder="为何不是同一人，如：双胞胎"
            maxLength={200}
            style={{ width: 280, maxWidth: '100%' }}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            onPressEnter={() => void dismiss()}
          />
          <Button loading={busy} onClick={() => void dismiss()}>
            确认
          </Button>
        </div>
      )}
      <WriteProblem problem={problem} />
    </div>
  );
}

const describePerson = (one: ResidentSummary) =>
  `${one.name} ${printSex(one.sex)} ${one.birthDate} · 证件 ${one.idNo ?? '未登记'} · ${one.organizationName}`;
