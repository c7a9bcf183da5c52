import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { programLabels } from '#capabilities/residents/domain/program.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { printInstant } from '#platform/browser/print-instant.ts';
import { useActor } from '#platform/browser/session.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { useWrite, useWriteIds, WriteProblem } from '#platform/browser/use-write.tsx';
import { mayDo } from '#standards/access-policy.ts';
import { printSex } from '#standards/identity/print-sex.ts';
import { answerHandover, type Handover, listHandovers } from '../contract.ts';

const answers = { pending: '待接收', accepted: '已接收', declined: '已退回', withdrawn: '已撤回' } as const;

/** People somebody asks us to take over, or whom we asked others to. */
export function Handovers({ side }: { side: 'in' | 'out' }) {
  const list = usePages({
    queryKey: ['handovers', side],
    read: (cursor) => callApi(listHandovers, { query: { side, limit: 30, cursor } }),
  });
  if (list.isPending) return <Loading />;
  if (list.isLoadingError) return <Failure error={list.error} onRetry={() => void list.refetch()} />;
  const items = list.data.items;
  if (items.length === 0)
    return (
      <Empty title={side === 'in' ? '没有请您接收的居民' : '没有转出的居民'}>
        迁移在居民的“档案状态”里办理。
      </Empty>
    );
  return (
    <section className="card">
      {items.map((item) => (
        <HandoverLine key={item.id} item={item} side={side} />
      ))}
      <MoreButton list={list} />
    </section>
  );
}

function HandoverLine({ item, side }: { item: Handover; side: 'in' | 'out' }) {
  const actor = useActor();
  const [note, setNote] = useState<string>();
  const { ids } = useWriteIds();
  const { run, problem, busy } = useWrite([['handovers'], ['closing', item.residentId], ['worklist']]);
  const answer = (what: 'accepted' | 'declined' | 'withdrawn', done: string) =>
    run(
      () =>
        callApi(answerHandover, {
          params: { handoverId: item.id },
          body: { operationId: ids.operationId, answer: what, note: note ?? '' },
        }),
      done,
    );
  const mayAct =
    item.status === 'pending' && mayDo(actor.role, 'handovers.answer') && (side === 'out' || item.mayAnswer);
  const isOurs = side === 'out' ? item.status !== 'accepted' : item.status === 'accepted';
  const summary = describe(item.summary);
  return (
    <div style={{ padding: '10px 0', borderTop: '1px solid var(--line)' }}>
      <div className="row spread">
        <span className="row">
          <StateTag
            state={item.status === 'pending' ? 'recheck' : item.status === 'accepted' ? 'good' : 'plain'}
          >
            {answers[item.status]}
          </StateTag>
          {isOurs ? (
            <Link to="/residents/$residentId" params={{ residentId: item.residentId }}>
              <b>{summary.name}</b>
            </Link>
          ) : (
            <b>{summary.name}</b>
          )}
          <span>{summary.rest}</span>
        </span>
        {mayAct && (
          <span className="row">
            {side === 'in' ? (
              <>
                <Button type="primary" loading={busy} onClick={() => void answer('accepted', '已接收')}>
                  接收
                </Button>
                <Button onClick={() => setNote('')}>退回</Button>
              </>
            ) : (
              <Button loading={busy} onClick={() => void answer('withdrawn', '已撤回')}>
                撤回
              </Button>
            )}
          </span>
        )}
      </div>
      <div className="small soft">
        {item.fromName} → {item.toName} · {item.reason} · {item.requestedByName}{' '}
        {printInstant(item.requestedAt)}
        {item.answer && ` · ${item.answer}`}
      </div>
      {note !== undefined && item.status === 'pending' && (
        <div className="row" style={{ marginTop: 6 }}>
          <Input
            autoFocus
            aria-label="退回的原因"
            placeholder="退回的原因"
            maxLength={200}
            style={{ width: 280, maxWidth: '100%' }}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
          <Button loading={busy} onClick={() => void answer('declined', '已退回')}>
            确认退回
          </Button>
        </div>
      )}
      <WriteProblem problem={problem} />
    </div>
  );
}

function describe(summary: Record<string, unknown>): { name: string; rest: string } {
  const text = (id: string) => (typeof summary[id] === 'string' ? (summary[id] as string) : '');
  const programs = Array.isArray(summary.programs)
    ? (summary.programs as (keyof typeof programLabels)[])
    : [];
  return {
    name: text('name'),
    rest: [
      printSex(text('sex')),
      text('birthDate'),
      programs.map((one) => programLabels[one] ?? one).join('、'),
      text('lastVisitOn') && `末次随访 ${text('lastVisitOn')}`,
    ]
      .filter(Boolean)
      .join(' · '),
  };
}
