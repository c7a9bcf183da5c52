import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { openResident } from '#capabilities/residents/contract.ts';
import { type Program, programLabels } from '#capabilities/residents/domain/program.ts';
import { ResidentHeader } from '#capabilities/residents/workbench/resident-header.tsx';
import type { PlainDate } from '#kernel/plain-date.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { printInstant } from '#platform/browser/print-instant.ts';
import { useActor } from '#platform/browser/session.tsx';
import { useWrite, useWriteIds, WriteProblem } from '#platform/browser/use-write.tsx';
import { mayDo } from '#standards/access-policy.ts';
import type { EndpointResponse } from '#standards/endpoint.ts';
import { reopenRecord, type StatusEvent, showClosing } from '../contract.ts';
import { deathSources, eventLabels } from '../domain/closing-words.ts';
import { Attempts } from './attempts.tsx';
import { EndForm } from './end-form.tsx';
import { MoveForm } from './move-form.tsx';

const statusLabels: Readonly<Record<string, string>> = {
  active: '在管',
  dead: '已故',
  moved: '已迁出',
  lost: '失访',
  closed: '已注销',
};

/** How a record came to its state, and the ways it moves, ends and comes back. */
export function ClosingScreen() {
  const { residentId } = useParams({ from: '/residents/$residentId/closing' });
  const actor = useActor();
  const resident = useQuery({
    queryKey: ['resident', residentId],
    queryFn: () => callApi(openResident, { params: { residentId } }),
  });
  const closing = useQuery({
    queryKey: ['closing', residentId],
    queryFn: () => callApi(showClosing, { params: { residentId } }),
  });
  const failed = [resident, closing].find((query) => query.isLoadingError);
  if (failed)
    return (
      <main className="page">
        <Failure error={failed.error} onRetry={() => void failed.refetch()} />
      </main>
    );
  if (!resident.data || !closing.data)
    return (
      <main className="page">
        <Loading rows={8} />
      </main>
    );
  const mayWrite = mayDo(actor.role, 'closing.write');
  const { status, version } = closing.data;
  const known = {
    attemptDays: closing.data.attempts.map((one) => one.onDay as PlainDate),
    reachedOn: (closing.data.reachedOn ?? undefined) as PlainDate | undefined,
  };
  return (
    <>
      <ResidentHeader person={resident.data}>
        <Link to="/residents/$residentId" params={{ residentId }}>
          <Button>返回档案</Button>
        </Link>
      </ResidentHeader>
      <main className="page">
        <div className="row spread">
          <h1>
            档案状态{' '}
            <StateTag state={status === 'active' ? 'good' : 'late'}>
              {statusLabels[status] ?? status}
            </StateTag>
          </h1>
          <Link to="/print/residents/$residentId/transfer" params={{ residentId }} target="_blank">
            <Button>打印转出摘要</Button>
          </Link>
        </div>
        <Events {...{ residentId, version, mayWrite }} events={closing.data.events} />
        {mayWrite && status === 'active' && (
          <MoveForm residentId={residentId} handover={closing.data.handover} />
        )}
        <Attempts {...{ residentId, mayWrite, known, status }} attempts={closing.data.attempts} />
        {mayWrite && ['active', 'lost', 'moved'].includes(status) && (
          <EndForm {...{ residentId, version, status, known }} birthDate={resident.data.birthDate} />
        )}
      </main>
    </>
  );
}

type Closing = EndpointResponse<typeof showClosing>;

function Events(props: {
  residentId: string;
  version: number;
  mayWrite: boolean;
  events: Closing['events'];
}) {
  const last = props.events.find(
    (one) =>
      one.undoneBy === null &&
      !['reopened', 'returned'].includes(one.kind) &&
      // The refusal of one disease ended its programme, not the record.
      one.detail.enrollmentId === undefined,
  );
  return (
    <section className="card" aria-label="状态经过">
      <h2>经过</h2>
      {props.events.length === 0 && <p className="soft">一直在管，没有死亡、迁出、失访或拒绝的记录。</p>}
      {props.events.map((event) => (
        <div key={event.id} style={{ padding: '8px 0', borderTop: '1px solid var(--line)' }}>
          <div className="row spread">
            <span className="row">
              <b>{eventLabels[event.kind] ?? event.kind}</b>
              <span>{event.onDay}</span>
              {event.undoneBy && <StateTag state="plain">已撤回</StateTag>}
            </span>
            <span className="small soft">
              {event.recordedByName} · {printInstant(event.recordedAt)}
            </span>
          </div>
          <div className="small soft">{describeEvent(event)}</div>
          {props.mayWrite && event.id === last?.id && (
            <Reopen residentId={props.residentId} version={props.version} event={event} />
          )}
        </div>
      ))}
    </section>
  );
}

function describeEvent(event: StatusEvent): string {
  const source: string = deathSources[event.source as keyof typeof deathSources] ?? event.source;
  const text = (id: string) => (typeof event.detail[id] === 'string' ? (event.detail[id] as string) : '');
  const program = programLabels[text('program') as Program];
  return [
    program && `只是${program}管理`,
    source === '—' ? '' : `来源：${source}`,
    text('cause') && `死因：${text('cause')}`,
    text('reviewOn') && `再次征询：${text('reviewOn')}`,
    event.note,
  ]
    .filter(Boolean)
    .join(' · ');
}

function Reopen({ residentId, version, event }: { residentId: string; version: number; event: StatusEvent }) {
  const [reason, setReason] = useState<string>();
  const { ids, renew } = useWriteIds();
  const { run, problem, busy } = useWrite([
    ['closing', residentId],
    ['resident', residentId],
    ['worklist'],
    ['county'],
  ]);
  const label = event.kind === 'lost' ? '已联系上，恢复在管' : '误操作，撤回';
  const save = async () => {
    const done = await run(
      () =>
        callApi(reopenRecord, {
          params: { residentId },
          body: {
            operationId: ids.operationId,
            eventId: ids.id,
            version,
            undoesId: event.id,
            reason: reason ?? '',
          },
        }),
      '已恢复',
    );
    if (done) renew();
  };
  if (reason === undefined)
    return (
      <Button size="small" style={{ marginTop: 6 }} onClick={() => setReason('')}>
        {label}
      </Button>
    );
  return (
    <>
      <div className="row" style={{ marginTop: 6 }}>
        <Input
          autoFocus
          aria-label="恢复的原因"
          placeholder="原因"
          maxLength={200}
          style={{ width: 320, maxWidth: '100%' }}
          value={reason}
          onChange={(change) => setReason(change.target.value)}
          onPressEnter={() => void save()}
        />
        <Button type="primary" loading={busy} onClick={() => void save()}>
          {label}
        </Button>
      </div>
      <p className="small soft" style={{ margin: '4px 0 0' }}>
        结案时一并结束的专案、待办、签约按原样恢复；已取消的预约不恢复。
      </p>
      <WriteProblem problem={problem} />
    </>
  );
}
