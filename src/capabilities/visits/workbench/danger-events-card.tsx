import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Failure } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { printInstantDay, printInstantTime } from '#platform/browser/print-instant.ts';
import { usePages } from '#platform/browser/use-pages.ts';
import { useWriteIds } from '#platform/browser/use-write.tsx';
import { printSex } from '#standards/identity/print-sex.ts';
import { closeDangerEvent, type DangerEvent, listDangerEvents, ownDangerEvent } from '../danger-contract.ts';
import { type DangerOutcome, dangerOutcomes, printDangerOutcome } from '../domain/danger-outcomes.ts';
import { ProblemText, useAct } from './use-act.tsx';

const refreshMs = 30_000;
const printMoment = (instant: string) => `${printInstantDay(instant)} ${printInstantTime(instant)}`;

const cardId = 'danger-events';

function useDangers(state: 'open' | 'closed') {
  return usePages({
    queryKey: ['centre', 'danger-events', state],
    read: (cursor) => callApi(listDangerEvents, { query: { state, limit: 10, cursor } }),
    refetchInterval: refreshMs,
  });
}

/** How many dangers nobody has ended, in the head of the screen: seen while the card itself is out of sight. */
export function DangerCount() {
  const count = useDangers('open').data?.first?.openCount ?? 0;
  if (count === 0) return null;
  return (
    <button
      type="button"
      className="link-button"
      style={{ color: 'var(--crisis)', fontWeight: 600 }}
      onClick={() => document.getElementById(cardId)?.scrollIntoView({ block: 'nearest' })}
    >
      未办结异常 {count}
    </button>
  );
}

/**
 * 异常情况: dangers that were found, the most urgent first, until somebody wrote how each ended. It grows by itself, so
 * it stands above nothing that is pressed: a queue that moves under the pointer opens another person.
 */
export function DangerEventsCard({ onOpen }: { onOpen: (residentId: string) => void }) {
  const [state, setState] = useState<'open' | 'closed'>('open');
  const list = useDangers(state);
  const items = list.data?.items ?? [];
  const openCount = list.data?.first?.openCount ?? 0;
  return (
    <section id={cardId} className="card" aria-label="异常情况">
      <div className="row spread">
        <h2 style={openCount > 0 ? { color: 'var(--crisis)' } : {}}>异常情况 {openCount > 0 && openCount}</h2>
        <button
          type="button"
          className="link-button small"
          onClick={() => setState(state === 'open' ? 'closed' : 'open')}
        >
          {state === 'open' ? '看已办结' : '看未办结'}
        </button>
      </div>
      {list.isLoadingError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && items.length === 0 && (
        <p className="small soft">{state === 'open' ? '没有未办结的异常情况。' : '还没有办结的。'}</p>
      )}
      {items.map((one) => (
        <Line key={one.id} event={one} onOpen={onOpen} />
      ))}
      <MoreButton list={list} size="small" />
    </section>
  );
}

function Line({ event, onOpen }: { event: DangerEvent; onOpen: (residentId: string) => void }) {
  const act = useAct();
  const { ids, renew } = useWriteIds();
  const [isClosing, setClosing] = useState(false);
  const own = async () => {
    await act.run(
      () =>
        callApi(ownDangerEvent, {
          params: { eventId: event.id },
          body: { operationId: ids.operationId, version: event.version },
        }),
      '已接手',
    );
    renew();
  };
  return (
    <div className="danger-line" style={{ borderTop: '1px solid var(--line)', padding: '8px 0' }}>
      <div className="row spread">
        <span>
          <b>{event.name}</b>{' '}
          <span className="small soft">
            {printSex(event.sex)} {event.ageYears} 岁{event.phone && ` · ${event.phone}`}
          </span>
        </span>
        <span className="row" style={{ gap: 4 }}>
          {event.refusal !== null && <StateTag state="late">随访未收下</StateTag>}
          {event.closedAt === null && (
            <StateTag state={event.isLate ? 'crisis' : 'late'}>{event.isLate ? '已超时' : '处理中'}</StateTag>
          )}
        </span>
      </div>
      <div className="small">{event.what}</div>
      {event.refusal !== null && <div className="small">手机送来的记录没有收下：{event.refusal}</div>}
      <div className="small soft">
        {event.closedAt === null
          ? `${printMoment(event.foundAt)} 发现，应于 ${printMoment(event.dueAt)} 前处理 · ${event.ownerName ? `${event.ownerName}在处理` : '无人接手'}`
          : `${printDangerOutcome(event.outcome ?? '')} · ${event.note ?? ''} · ${event.closedByName ?? ''} ${printMoment(event.closedAt)}`}
      </div>
      <div className="row" style={{ gap: 6, marginTop: 4 }}>
        <Button size="small" onClick={() => onOpen(event.residentId)}>
          打开
        </Button>
        {event.closedAt === null && !event.isMine && (
          <Button size="small" loading={act.busy} onClick={() => void own()}>
            我来处理
          </Button>
        )}
        {event.closedAt === null && (
          <Button size="small" type="primary" ghost onClick={() => setClosing(!isClosing)}>
            {isClosing ? '收起' : '办结'}
          </Button>
        )}
      </div>
      <ProblemText problem={act.problem} />
      {isClosing && <CloseForm event={event} onDone={() => setClosing(false)} />}
    </div>
  );
}

function CloseForm({ event, onDone }: { event: DangerEvent; onDone: () => void }) {
  const act = useAct();
  const { ids } = useWriteIds();
  const [outcome, setOutcome] = useState<DangerOutcome>();
  const [note, setNote] = useState('');
  const save = async () => {
    if (!outcome) return;
    const done = await act.run(
      () =>
        callApi(closeDangerEvent, {
          params: { eventId: event.id },
          body: { operationId: ids.operationId, version: event.version, outcome, note },
        }),
      '已办结',
    );
    if (done) onDone();
  };
  return (
    <div style={{ marginTop: 6 }}>
      <Select<DangerOutcome>
        aria-label="处理结果"
        style={{ width: '100%' }}
        placeholder="处理结果"
        value={outcome ?? null}
        onChange={setOutcome}
        options={Object.entries(dangerOutcomes).map(([value, label]) => ({
          value: value as DangerOutcome,
          label,
        }))}
      />
      <Input.TextArea
        aria-label="处理经过"
        placeholder="做了什么，复测多少，通知了谁"
        style={{ margin: '6px 0' }}
        rows={2}
        maxLength={300}
        value={note}
        onChange={(change) => setNote(change.target.value)}
      />
      <Button
        size="small"
        type="primary"
        disabled={!outcome || note.trim().length < 2}
        loading={act.busy}
        onClick={() => void save()}
      >
        保存结果
      </Button>
      <ProblemText problem={act.problem} />
    </div>
  );
}
