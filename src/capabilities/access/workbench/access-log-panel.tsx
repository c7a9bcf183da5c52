import { Button } from 'antd';
import { useState } from 'react';
import { minuteInChina } from '#kernel/china-time.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { listAccessLog } from '../contract.ts';

/** Who has seen or changed this record, to show to the person whose record it is. Fetched when asked: asking is noted too. */
export function AccessLogPanel({ residentId }: { residentId: string }) {
  const [isOpen, setOpen] = useState(false);
  const log = usePages({
    queryKey: ['access-log', residentId],
    enabled: isOpen,
    read: (cursor) => callApi(listAccessLog, { params: { residentId }, query: { limit: 30, cursor } }),
    refetchOnWindowFocus: false,
  });
  const items = log.data?.items ?? [];
  return (
    <section className="card">
      <div className="row spread">
        <h2 style={{ margin: 0 }}>谁看过这份档案</h2>
        {!isOpen && <Button onClick={() => setOpen(true)}>查看</Button>}
      </div>
      {!isOpen && <p className="soft small">每次打开、修改、导出都有记录，可给居民本人看。</p>}
      {isOpen && log.isPending && <Loading rows={3} />}
      {log.isLoadingError && <Failure error={log.error} onRetry={() => void log.refetch()} />}
      {items.map((one) => (
        <div
          key={one.entryId}
          className="row spread"
          style={{ padding: '6px 0', borderTop: '1px solid var(--line)', flexWrap: 'wrap', gap: 8 }}
        >
          <span>
            {one.staffName}{' '}
            <span className="soft">{[one.roleLabel, one.organizationName].filter(Boolean).join('，')}</span>
          </span>
          <span>
            {one.isEmergency && <StateTag state="crisis">紧急查阅</StateTag>} {one.deed}
            {one.isRefused && '（已拒绝）'}{' '}
            <span className="small soft">{minuteInChina(new Date(one.at))}</span>
          </span>
        </div>
      ))}
      <MoreButton list={log}>更早的</MoreButton>
    </section>
  );
}
