import { Link } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { printSex } from '#standards/identity/print-sex.ts';
import { listUnsigned, type promptGroups } from '../contract.ts';
import { offerLabels } from './contract-words.ts';

type Group = (typeof promptGroups)[number];
const groups: readonly { value: Group; label: string }[] = [
  { value: 'all', label: '全部重点人群' },
  { value: 'high-risk', label: '高危与疑似' },
  { value: 'hypertension', label: '高血压' },
  { value: 'type-2-diabetes', label: '2型糖尿病' },
  { value: 'copd', label: '慢阻肺病' },
  { value: 'elder', label: '65岁及以上' },
];

/** Whom to ask to sign: people of key groups and at high risk without a contract, village by village. */
export function UnsignedList() {
  const [group, setGroup] = useState<Group>('all');
  const people = usePages({
    queryKey: ['contracts', 'unsigned', group],
    read: (cursor) => callApi(listUnsigned, { query: { group, limit: 30, cursor } }),
  });
  const items = people.data?.items ?? [];
  return (
    <>
      <div className="scroll-x">
        <Segmented<Group> value={group} onChange={setGroup} options={[...groups]} />
      </div>
      {people.isPending && <Loading rows={8} />}
      {people.isLoadingError && <Failure error={people.error} onRetry={() => void people.refetch()} />}
      {people.isSuccess && items.length === 0 && <Empty title="没有待签约的人">这一类人群都已签约。</Empty>}
      {items.length > 0 && (
        <div className="card" style={{ padding: 0 }}>
          {items.map((one) => (
            <Link
              key={one.residentId}
              to="/residents/$residentId/contract"
              params={{ residentId: one.residentId }}
              className="work-line"
            >
              {one.lastOffer ? (
                <StateTag state={one.lastOffer.outcome === 'declined' ? 'late' : 'recheck'}>
                  {offerLabels[one.lastOffer.outcome] ?? one.lastOffer.outcome}
                </StateTag>
              ) : (
                <StateTag state="plain">未引导</StateTag>
              )}
              <div>
                <b>{one.name}</b> {printSex(one.sex)} {one.ageYears} 岁
                <div className="small soft">{one.organizationName}</div>
              </div>
              <div className="small">
                {one.reasons.join('、')}
                {one.lastOffer && (
                  <div className="soft">
                    {one.lastOffer.on} {one.lastOffer.reason}
                  </div>
                )}
              </div>
              <div className="small soft">电话 {one.phone ?? '未登记'}</div>
            </Link>
          ))}
        </div>
      )}
      <MoreButton list={people} />
    </>
  );
}
