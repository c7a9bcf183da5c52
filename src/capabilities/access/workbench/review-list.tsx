import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Radio, Segmented } from 'antd';
import { useRef, useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { minuteInChina } from '#kernel/china-time.ts';
import { ApiProblem, callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { accessProfile } from '#standards/access-profile.ts';
import { listEmergencyAccesses, type ReviewedAccess, reviewEmergencyAccess } from '../contract.ts';

/** Looks at people of this area from outside it: who, why, how often, and whether that was right. */
export function ReviewList() {
  const [show, setShow] = useState<'waiting' | 'all'>('waiting');
  const list = usePages({
    queryKey: ['emergency-accesses', show],
    read: (cursor) => callApi(listEmergencyAccesses, { query: { show, limit: 30, cursor } }),
  });
  const first = list.data?.first;
  const items = list.data?.items ?? [];
  return (
    <section className="card">
      <div className="row spread" style={{ flexWrap: 'wrap', gap: 8 }}>
        <h2 style={{ margin: 0 }}>复核本范围居民被紧急查阅的情况</h2>
        <Segmented
          value={show}
          onChange={setShow}
          options={[
            { value: 'waiting', label: `待复核 ${first?.waiting ?? ''}` },
            { value: 'all', label: '全部' },
          ]}
        />
      </div>
      {first && first.overdue > 0 && (
        <p>
          <StateTag state="late">
            {first.overdue}次超过{accessProfile.reviewDays}天未复核
          </StateTag>
        </p>
      )}
      {list.isPending && <Loading rows={3} />}
      {list.isLoadingError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && items.length === 0 && (
        <p className="soft">{show === 'waiting' ? '没有待复核的紧急查阅。' : '没有过紧急查阅。'}</p>
      )}
      {items.map((one) => (
        <AccessLine key={one.accessId} one={one} />
      ))}
      <MoreButton list={list} />
    </section>
  );
}

function AccessLine({ one }: { one: ReviewedAccess }) {
  return (
    <div style={{ padding: '12px 0', borderTop: '1px solid var(--line)' }}>
      <div className="row spread" style={{ flexWrap: 'wrap', gap: 8 }}>
        <span>
          <b>{one.staffName}</b>（{one.staffRole}，{one.staffOrganization}）查看 <b>{one.residentName}</b>
          <span className="soft">（{one.organizationName}）</span>
        </span>
        {one.isOverdue && <StateTag state="late">逾期未复核</StateTag>}
        {one.verdict && (
          <StateTag state={one.verdict === 'justified' ? 'good' : 'crisis'}>
            {one.verdict === 'justified' ? '合理' : '不合理'} · {one.reviewedBy}
          </StateTag>
        )}
      </div>
      <div className="small soft">
        {minuteInChina(new Date(one.openedAt))} 起，打开摘要 {one.timesRead} 次
      </div>
      <p style={{ margin: '6px 0' }}>理由：{one.reason}</p>
      {one.reviewNote && <p className="soft">复核意见：{one.reviewNote}</p>}
      {one.mayReview && <ReviewForm accessId={one.accessId} />}
    </div>
  );
}

function ReviewForm({ accessId }: { accessId: string }) {
  const { message } = App.useApp();
  const client = useQueryClient();
  const operationId = useRef(uuidv7());
  const [verdict, setVerdict] = useState<'justified' | 'unjustified'>();
  const [note, setNote] = useState('');
  const review = useMutation({
    mutationFn: (given: 'justified' | 'unjustified') =>
      callApi(reviewEmergencyAccess, {
        params: { accessId },
        body: {
          operationId: operationId.current,
          verdict: given,
          ...(note.trim() ? { note: note.trim() } : {}),
        },
      }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['emergency-accesses'] }),
    onError: (error) => {
      const problem = error instanceof ApiProblem ? error : undefined;
      void message.error(problem?.issues[0]?.message ?? problem?.detail ?? '没有成功，请重试。');
    },
  });
  return (
    <div className="row" style={{ flexWrap: 'wrap', gap: 8 }}>
      <Radio.Group
        value={verdict}
        onChange={(event) => setVerdict(event.target.value)}
        options={[
          { value: 'justified', label: '合理' },
          { value: 'unjustified', label: '不合理' },
        ]}
      />
      <Input
        aria-label="复核意见"
        placeholder={verdict === 'unjustified' ? '依据和处理意见（必填）' : '意见（选填）'}
        value={note}
        maxLength={500}
        onChange={(event) => setNote(event.target.value)}
        style={{ flex: 1, minWidth: 180 }}
      />
      <Button
        type="primary"
        disabled={verdict === undefined}
        loading={review.isPending}
        onClick={() => verdict && review.mutate(verdict)}
      >
        完成复核
      </Button>
    </div>
  );
}
