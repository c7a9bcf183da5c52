import { Link } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { mayDo } from '#standards/access-policy.ts';
import { listPrivacyRequests, type PrivacyRequest } from '../requests-contract.ts';
import { AnswerForm } from './answer-form.tsx';
import { requestKindLabels } from './request-words.ts';

/** What residents of this area asked about their data: what waits first by its deadline. */
export function RequestsScreen() {
  const [show, setShow] = useState<'open' | 'all'>('open');
  const list = usePages({
    queryKey: ['privacy-requests', show],
    read: (cursor) => callApi(listPrivacyRequests, { query: { show, limit: 30, cursor } }),
  });
  const first = list.data?.first;
  const items = list.data?.items ?? [];
  return (
    <main className="page">
      <div className="row spread" style={{ flexWrap: 'wrap', gap: 8 }}>
        <h1>居民请求</h1>
        <Segmented
          value={show}
          onChange={setShow}
          options={[
            { value: 'open', label: `待答复 ${first?.open ?? ''}` },
            { value: 'all', label: '全部' },
          ]}
        />
      </div>
      <p className="small soft" style={{ marginTop: 0 }}>
        <Link to="/access-matrix">各角色能做什么、能看到谁</Link>
      </p>
      {first && first.overdue > 0 && (
        <p>
          <StateTag state="late">{first.overdue}项已超过答复期限</StateTag>
        </p>
      )}
      {list.isPending && <Loading rows={4} />}
      {list.isLoadingError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && items.length === 0 && (
        <Empty title={show === 'open' ? '没有待答复的请求' : '没有过请求'}>
          居民的查阅复制、更正、删除、说明请求，在其档案页“隐私与同意”中登记。
        </Empty>
      )}
      {items.map((one) => (
        <RequestCard key={one.requestId} one={one} />
      ))}
      <MoreButton list={list} />
    </main>
  );
}

function RequestCard({ one }: { one: PrivacyRequest }) {
  const mayAnswer = mayDo(useActor().role, 'privacy-requests.answer');
  return (
    <section className="card" style={{ marginBottom: 12 }}>
      <div className="row spread" style={{ flexWrap: 'wrap', gap: 8 }}>
        <span>
          <Link to="/residents/$residentId" params={{ residentId: one.residentId }}>
            <b>{one.residentName}</b>
          </Link>{' '}
          <span className="soft">{one.organizationName}</span> · {requestKindLabels[one.kind]}
        </span>
        {one.decision ? (
          <StateTag state={one.decision === 'done' ? 'good' : 'plain'}>
            {one.decision === 'done' ? '已办理' : '不予办理'}
          </StateTag>
        ) : (
          <StateTag state={one.isOverdue ? 'late' : 'plain'}>
            {one.isOverdue ? '已超期，' : ''}
            {one.dueOn} 前答复
          </StateTag>
        )}
      </div>
      <p style={{ margin: '8px 0' }}>{one.about}</p>
      <div className="small soft">
        {one.asker}提出，{one.receivedOn} 收到
        {one.assignedTo ? `，${one.assignedTo}承办` : one.decision ? '' : '，还没有人承办'}
      </div>
      {one.answer && (
        <p style={{ marginBottom: 0 }}>
          答复：{one.answer}
          <span className="soft">
            （{one.answeredBy}
            {one.heldUntil ? `；诊疗和公共卫生记录依法保存到 ${one.heldUntil}` : ''}）
          </span>
        </p>
      )}
      {mayAnswer && <AnswerForm one={one} />}
    </section>
  );
}
