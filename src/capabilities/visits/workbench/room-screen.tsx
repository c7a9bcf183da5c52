import './centre.css';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { useWriteIds } from '#platform/browser/use-write.tsx';
import { printSex } from '#standards/identity/print-sex.ts';
import { showVisit } from '../contract.ts';
import {
  callAgain,
  callNext,
  closeRoom,
  listQueue,
  openRoom,
  type QueueLine,
  showCentreDay,
} from '../reception-contract.ts';
import { QueueList } from './centre-side.tsx';
import { DangerCount, DangerEventsCard } from './danger-events-card.tsx';
import { ProblemText, useAct } from './use-act.tsx';

/** A doctor's morning: the room, who waits, who is called. */
export function RoomScreen() {
  const day = useQuery({
    queryKey: ['centre', 'day'],
    queryFn: () => callApi(showCentreDay),
    refetchInterval: 15_000,
  });
  const mine = day.data?.rooms.find((one) => one.isMine);
  const navigate = useNavigate();
  return (
    <main className="page">
      <div className="row spread">
        <h1>诊疗区</h1>
        {day.data && (
          <span className="row">
            <DangerCount />
            <span className="soft">
              {day.data.organizationName} · {day.data.today} · 候诊 {day.data.counts.waiting}
            </span>
          </span>
        )}
      </div>
      {day.isPending && <Loading />}
      {day.isLoadingError && <Failure error={day.error} onRetry={() => void day.refetch()} />}
      {day.data && (
        <div className="centre-layout">
          <div>
            <RoomCard room={mine?.room} />
            {mine && <CalledCard />}
            <DangerEventsCard
              onOpen={(residentId) => void navigate({ to: '/residents/$residentId', params: { residentId } })}
            />
          </div>
          <div>
            <section className="card" aria-label="我的候诊">
              <h2>我的候诊</h2>
              <QueueList stage="waiting" mine />
            </section>
            <section className="card" aria-label="今天看过的">
              <h2>今天看过的</h2>
              <QueueList stage="done" mine />
            </section>
          </div>
        </div>
      )}
    </main>
  );
}

function RoomCard({ room }: { room: string | undefined }) {
  const [name, setName] = useState('');
  const act = useAct();
  const { ids, renew } = useWriteIds();
  const open = async () => {
    const done = await act.run(() =>
      callApi(openRoom, { body: { operationId: ids.operationId, dutyId: ids.id, room: name } }),
    );
    if (done) renew();
  };
  const close = async () => {
    const done = await act.run(
      () => callApi(closeRoom, { body: { operationId: ids.operationId } }),
      '已停诊',
    );
    if (done) renew();
  };
  return (
    <section className="card" aria-label="诊室">
      {room ? (
        <div className="row spread">
          <span>
            <StateTag state="good">开诊中</StateTag> <b style={{ fontSize: 18 }}>{room}</b>
          </span>
          <Button loading={act.busy} onClick={() => void close()}>
            停诊
          </Button>
        </div>
      ) : (
        <div className="row">
          <Input
            aria-label="诊室"
            placeholder="如：1诊室"
            style={{ width: 200 }}
            maxLength={20}
            value={name}
            onChange={(event) => setName(event.target.value)}
            onPressEnter={() => void open()}
          />
          <Button type="primary" loading={act.busy} onClick={() => void open()}>
            开诊
          </Button>
          <span className="small soft">开诊后，签约您的居民会优先分到这里。</span>
        </div>
      )}
      <ProblemText problem={act.problem} />
    </section>
  );
}

function CalledCard() {
  const act = useAct();
  const { ids, renew } = useWriteIds();
  const [isEmpty, setEmpty] = useState(false);
  const called = useQuery({
    queryKey: ['centre', 'queue', 'in-room', 'mine'],
    queryFn: () => callApi(listQueue, { query: { stage: 'in-room', mine: 'true', limit: 20 } }),
    refetchInterval: 15_000,
  });
  const next = async () => {
    const done = await act.run(() => callApi(callNext, { body: { operationId: ids.operationId } }));
    if (!done) return;
    renew();
    setEmpty(done.called === null);
  };
  const items = called.data?.items ?? [];
  return (
    <section className="card" aria-label="叫号与就诊">
      <div className="row spread">
        <h2>叫号与就诊</h2>
        <Button type="primary" size="large" loading={act.busy} onClick={() => void next()}>
          叫下一位
        </Button>
      </div>
      <ProblemText problem={act.problem} />
      {isEmpty && <p className="soft">现在没有人候诊。</p>}
      {called.isLoadingError && <Failure error={called.error} onRetry={() => void called.refetch()} />}
      {items.length === 0 && !isEmpty && called.isSuccess && <Empty title="还没有叫到人" />}
      {items.map((line) => (
        <CalledRow key={line.visitId} line={line} />
      ))}
    </section>
  );
}

function CalledRow({ line }: { line: QueueLine }) {
  const act = useAct();
  const { ids, renew } = useWriteIds();
  const navigate = useNavigate();
  const again = async (action: 'recall' | 'pass' | 'left') => {
    const done = await act.run(async () => {
      const { version } = await callApi(showVisit, { params: { visitId: line.visitId } });
      return callApi(callAgain, {
        params: { visitId: line.visitId },
        body: { operationId: ids.operationId, version, action },
      });
    });
    if (done) renew();
  };
  return (
    <div className="queue-line">
      <span className="queue-no">{line.queueNo}</span>
      <span>
        <Link to="/visits/$visitId" params={{ visitId: line.visitId }}>
          {line.name}
        </Link>{' '}
        <span className="small soft">
          {printSex(line.sex)} {line.ageYears} 岁 {line.stage === 'called' ? '已叫号' : '就诊中'}
        </span>
        <ProblemText problem={act.problem} />
      </span>
      <span className="row" style={{ gap: 6 }}>
        {line.stage === 'called' && (
          <>
            <Button size="small" onClick={() => void again('recall')}>
              重叫
            </Button>
            <Button size="small" onClick={() => void again('pass')}>
              过号
            </Button>
          </>
        )}
        <Button
          size="small"
          type="primary"
          onClick={() => void navigate({ to: '/visits/$visitId', params: { visitId: line.visitId } })}
        >
          接诊
        </Button>
      </span>
    </div>
  );
}
