import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { PartTabs } from '#platform/browser/design-system/part-tabs.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { listNotices, type Notice, type noticeStates } from '../contract.ts';
import { channelLabels, type NoticeKind, noticeKindLabels } from '../domain/notice-plan.ts';

type State = (typeof noticeStates)[number];
const states: readonly { key: State; label: string }[] = [
  { key: 'waiting', label: '待发' },
  { key: 'sent', label: '已发' },
  { key: 'failed', label: '未送达' },
  { key: 'cancelled', label: '已撤销' },
];

const timeOf = (instant: string) =>
  new Date(instant).toLocaleString('zh-CN', {
    timeZone: 'Asia/Shanghai',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });

/** Reminders that wait, went out, did not arrive or were taken back, and which channels there are. */
export function NoticesScreen() {
  const [state, setState] = useState<State>('waiting');
  const notices = usePages({
    queryKey: ['appointments', 'notices', state],
    read: (cursor) => callApi(listNotices, { query: { state, limit: 30, cursor } }),
  });
  const items = notices.data?.items ?? [];
  const channels = notices.data?.first?.channels ?? [];
  return (
    <main className="page">
      <div>
        <div className="small">
          <Link to="/appointments">预约</Link> › 提醒
        </div>
        <h1>提醒</h1>
      </div>
      <div className="row">
        {channels.map((one) => (
          <StateTag key={one.channel} state={one.isConfigured ? 'good' : 'plain'}>
            {one.label}
            {one.isConfigured ? '已启用' : '未配置'}
          </StateTag>
        ))}
      </div>
      <PartTabs label="提醒" parts={states} here={state} onChoose={setState} />
      {notices.isPending && <Loading rows={8} />}
      {notices.isLoadingError && <Failure error={notices.error} onRetry={() => void notices.refetch()} />}
      {notices.isSuccess && items.length === 0 && (
        <Empty title="没有提醒">预约就诊后，前一天傍晚提醒居民。</Empty>
      )}
      {items.length > 0 && (
        <div className="card" style={{ padding: 0 }}>
          {items.map((one) => (
            <NoticeLine key={one.id} one={one} />
          ))}
        </div>
      )}
      <MoreButton list={notices} />
    </main>
  );
}

function NoticeLine({ one }: { one: Notice }) {
  return (
    <div className="work-line">
      <StateTag state={one.failed ? 'late' : one.sentAt ? 'good' : 'plain'}>
        {channelLabels[one.channel]}
      </StateTag>
      <div>
        <Link to="/residents/$residentId" params={{ residentId: one.residentId }}>
          {one.name}
        </Link>
        <div className="small soft">{one.phone ?? '无电话'}</div>
      </div>
      <div className="small">
        <b>{noticeKindLabels[one.kind as NoticeKind] ?? one.kind}</b> {one.body}
      </div>
      <div className="small soft">
        {one.cancelledAt
          ? `撤销于 ${timeOf(one.cancelledAt)}`
          : one.sentAt
            ? `发于 ${timeOf(one.sentAt)}`
            : one.failed
              ? one.failed
              : one.nextTryAt
                ? `第 ${one.attempts} 次未成，${timeOf(one.nextTryAt)} 再发`
                : `应于 ${timeOf(one.dueAt)} 发`}
      </div>
    </div>
  );
}
