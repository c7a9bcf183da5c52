import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Checkbox, Segmented } from 'antd';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { printSex } from '#standards/identity/print-sex.ts';
import { countDueContracts, type DueContract, type dueBuckets, listDueContracts } from '../contract.ts';
import { contractWords } from './contract-words.ts';

type Bucket = (typeof dueBuckets)[number];
const buckets: readonly { value: Bucket; label: string }[] = [
  { value: 'overdue', label: '逾期未履约' },
  { value: 'soon', label: '30日内应履约' },
  { value: 'to-renew', label: '待续签' },
];

/** What contracts still owe, earliest first, and whose term runs out. */
export function DueList() {
  const actor = useActor();
  const isDoctor = actor.role === 'village-doctor' || actor.role === 'township-doctor';
  const [bucket, setBucket] = useState<Bucket>('overdue');
  const [isMine, setMine] = useState(actor.role === 'village-doctor');
  const mine = isMine ? ('true' as const) : ('false' as const);
  const counts = useQuery({
    queryKey: ['contracts', 'due-counts', mine],
    queryFn: () => callApi(countDueContracts, { query: { mine } }),
  });
  const due = usePages({
    queryKey: ['contracts', 'due', bucket, mine],
    read: (cursor) => callApi(listDueContracts, { query: { bucket, mine, limit: 30, cursor } }),
  });
  const items = due.data?.items ?? [];
  const countOf = (one: Bucket) => {
    const count = counts.data?.counts[one];
    return count === undefined ? '' : count >= (counts.data?.most ?? 0) ? ` ${count}+` : ` ${count}`;
  };
  return (
    <>
      <div className="row spread">
        <Segmented<Bucket>
          value={bucket}
          onChange={setBucket}
          options={buckets.map((one) => ({ value: one.value, label: one.label + countOf(one.value) }))}
        />
        {isDoctor && (
          <Checkbox checked={isMine} onChange={(event) => setMine(event.target.checked)}>
            只看我签约的
          </Checkbox>
        )}
      </div>
      {due.isPending && <Loading rows={8} />}
      {due.isLoadingError && <Failure error={due.error} onRetry={() => void due.refetch()} />}
      {due.isSuccess && items.length === 0 && (
        <Empty title={bucket === 'to-renew' ? '30日内没有到期的签约' : '没有欠下的服务'}>
          {isMine ? '这里只看您签约的居民。' : '请看其他分类。'}
        </Empty>
      )}
      {items.length > 0 && (
        <div className="card" style={{ padding: 0 }}>
          {items.map((one) => (
            <DueLine key={one.contractId} one={one} bucket={bucket} />
          ))}
        </div>
      )}
      <MoreButton list={due} />
    </>
  );
}

function DueLine({ one, bucket }: { one: DueContract; bucket: Bucket }) {
  const words = contractWords(one.state);
  return (
    <Link to="/residents/$residentId/contract" params={{ residentId: one.residentId }} className="work-line">
      {bucket === 'to-renew' ? (
        <StateTag state={words.tone}>{words.text}</StateTag>
      ) : (
        <StateTag state={bucket === 'overdue' ? 'late' : 'recheck'}>
          {bucket === 'overdue' ? '逾期' : '将到期'}
        </StateTag>
      )}
      <div>
        <b>{one.name}</b> {printSex(one.sex)} {one.ageYears} 岁
        <div className="small soft">{one.organizationName}</div>
      </div>
      <div className="small">
        {bucket === 'to-renew'
          ? `服务期到 ${one.validTo}，请居民续签`
          : one.due.map((item) => (
              <div key={item.label + item.nextDueOn}>
                {item.label}{' '}
                <span style={{ color: item.isOverdue ? 'var(--late)' : 'var(--ink-soft)' }}>
                  应于 {item.nextDueOn}
                </span>
              </div>
            ))}
      </div>
      <div className="small soft">
        已履约 {one.done} / {one.planned} 次<div>{one.doctorName}</div>
      </div>
    </Link>
  );
}
