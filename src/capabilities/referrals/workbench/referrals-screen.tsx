import { Link, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { PartTabs } from '#platform/browser/design-system/part-tabs.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { mayDo } from '#standards/access-policy.ts';
import { listReferrals } from '../contract.ts';
import type { ReferralSide } from '../domain/referral-states.ts';
import { ReferralCard } from './referral-card.tsx';

const sides = [
  { key: 'received', label: '收到的' },
  { key: 'sent', label: '发出的' },
] as const;
const parts = { open: '进行中', done: '已结束' } as const;
type Part = keyof typeof parts;

const nothing: Readonly<Record<ReferralSide, Readonly<Record<Part, string>>>> = {
  received: { open: '没有要处理的转诊', done: '还没有结束的转诊' },
  sent: { open: '没有进行中的转诊', done: '还没有结束的转诊' },
};

const refreshMs = 30_000;

/** 双向转诊: what other houses send here, and what this house sent: who, why, how urgent, and how far it has come. */
export function ReferralsScreen() {
  const { role } = useActor();
  const search = useSearch({ from: '/referrals' });
  // A village mostly follows those of its own residents; it receives whom a hospital found.
  const [side, setSide] = useState<ReferralSide>(
    search.side ?? (role === 'village-doctor' ? 'sent' : 'received'),
  );
  const [part, setPart] = useState<Part>('open');
  return (
    <main className="page">
      <div className="row spread">
        <h1>双向转诊</h1>
        <span className="row">
          <button
            type="button"
            className="link-button"
            onClick={() => setPart(part === 'open' ? 'done' : 'open')}
          >
            看{parts[part === 'open' ? 'done' : 'open']}的
          </button>
          <Link to="/referrals/figures">转诊统计</Link>
          {mayDo(role, 'referrals.send-down') && (
            <Link to="/referrals/down">
              <Button type="primary">下转新发现的病人</Button>
            </Link>
          )}
        </span>
      </div>
      <PartTabs parts={sides} here={side} onChoose={setSide} />
      <ReferralList key={`${side} ${part}`} side={side} part={part} />
    </main>
  );
}

function ReferralList({ side, part }: { side: ReferralSide; part: Part }) {
  const list = usePages({
    queryKey: ['referrals', side, part],
    read: (cursor) => callApi(listReferrals, { query: { side, part, limit: 20, cursor } }),
    refetchInterval: refreshMs,
  });
  if (list.isPending) return <Loading />;
  if (list.isLoadingError) return <Failure error={list.error} onRetry={() => void list.refetch()} />;
  const { items } = list.data;
  if (items.length === 0)
    return (
      <Empty title={nothing[side][part]}>
        {side === 'sent'
          ? '转诊在居民的页面发起；在诊疗区是“超出诊疗能力”一步。'
          : '别的机构转来的病人会出现在这里，急诊在前。'}
      </Empty>
    );
  return (
    <>
      {items.map((one) => (
        <ReferralCard key={one.id} line={one} side={side} />
      ))}
      <MoreButton list={list} />
    </>
  );
}
