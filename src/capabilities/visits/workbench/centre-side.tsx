import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { PartTabs } from '#platform/browser/design-system/part-tabs.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { printSex } from '#standards/identity/print-sex.ts';
import { queuePriorities, queuePriorityLabels } from '../domain/queue-order.ts';
import { type CentreDay, listQueue, type QueueLine } from '../reception-contract.ts';
import { DueReturnsPanel } from './due-returns-panel.tsx';
import { SelfTestsPanel } from './self-tests-panel.tsx';

type Stage = 'waiting' | 'in-room' | 'done';
const stages: readonly { key: Stage; label: string; count: keyof CentreDay['counts'] }[] = [
  { key: 'waiting', label: '候诊', count: 'waiting' },
  { key: 'in-room', label: '就诊中', count: 'inRoom' },
  { key: 'done', label: '已完成', count: 'done' },
];

/** The day at the desk's side: queue, appointments, people sent back by a hospital, self-tests, rooms. */
export function CentreSide(props: {
  day: CentreDay;
  residentId: string | undefined;
  onOpen: (residentId: string) => void;
}) {
  const { day, onOpen } = props;
  const [stage, setStage] = useState<Stage>('waiting');
  return (
    <>
      <section className="card" aria-label="排队">
        <PartTabs
          isSmall
          parts={stages.map(({ key, label, count }) => ({ key, label: `${label} ${day.counts[count]}` }))}
          here={stage}
          onChoose={setStage}
        />
        <QueueList stage={stage} mine={false} />
      </section>
      <section className="card" aria-label="今日预约">
        <h2>今日预约 {day.appointments.length > 0 && day.appointments.length}</h2>
        {day.appointments.length === 0 && <p className="small soft">今天没有预约。</p>}
        <div style={{ maxHeight: 300, overflowY: 'auto' }}>
          {day.appointments.map((one) => (
            <div key={one.id} className="queue-line">
              <span>{one.starts}</span>
              <span>
                <b>{one.name}</b>{' '}
                <span className="small soft">
                  {one.title} {one.purpose}
                </span>
              </span>
              {one.status === 'booked' ? (
                <Button size="small" onClick={() => onOpen(one.residentId)}>
                  到诊
                </Button>
              ) : (
                <StateTag state="good">已到</StateTag>
              )}
            </div>
          ))}
        </div>
      </section>
      {day.referrals.length > 0 && (
        <section className="card" aria-label="接收转诊">
          <h2>接收转诊 {day.referrals.length}</h2>
          {day.referrals.map((one) => (
            <div key={one.recordId} className="queue-line" style={{ gridTemplateColumns: '1fr auto' }}>
              <span>
                <b>{one.name}</b>{' '}
                <span className="small soft">
                  {one.on} {one.from === 'hospital' ? '上级医院转回' : '村卫生室转来'}
                </span>
              </span>
              <Button size="small" onClick={() => onOpen(one.residentId)}>
                接收
              </Button>
            </div>
          ))}
        </section>
      )}
      <DueReturnsPanel onOpen={onOpen} />
      <SelfTestsPanel residentId={props.residentId} />
      <section className="card" aria-label="开诊的诊室">
        <h2>开诊的诊室</h2>
        {day.rooms.length === 0 && <p className="small soft">还没有医生开诊。</p>}
        {day.rooms.map((one) => (
          <div key={one.id} className="small">
            {one.room} · {one.doctorName}
          </div>
        ))}
      </section>
    </>
  );
}

/** The queue of a stage, in the order people are called. */
export function QueueList({ stage, mine }: { stage: Stage; mine: boolean }) {
  const queue = usePages({
    queryKey: ['centre', 'queue', stage, mine],
    read: (cursor) =>
      callApi(listQueue, {
        query: { stage, mine: mine ? 'true' : 'false', limit: 50, cursor },
      }),
    refetchInterval: 15_000,
  });
  if (queue.isPending) return <Loading rows={3} />;
  if (queue.isLoadingError) return <Failure error={queue.error} onRetry={() => void queue.refetch()} />;
  const items = queue.data.items;
  return (
    <>
      {items.length === 0 && <p className="small soft">没有人。</p>}
      {items.map((line) => (
        <QueueRow key={line.visitId} line={line} />
      ))}
      <MoreButton list={queue} size="small" />
    </>
  );
}

function QueueRow({ line }: { line: QueueLine }) {
  return (
    <div className="queue-line">
      <span className="queue-no">{line.queueNo}</span>
      <span>
        <Link to="/visits/$visitId" params={{ visitId: line.visitId }}>
          {line.name}
        </Link>{' '}
        <span className="small soft">
          {printSex(line.sex)} {line.ageYears} 岁 · {line.room}
          {line.doctorName ? ` ${line.doctorName}` : ''}
        </span>
      </span>
      {line.priority < queuePriorities.ordinary && line.stage !== 'done' ? (
        <StateTag state={line.priority === queuePriorities.crisis ? 'crisis' : 'good'}>
          {queuePriorityLabels[line.priority]}
        </StateTag>
      ) : (
        <span className="small soft">{line.stage === 'called' ? '已叫号' : ''}</span>
      )}
    </div>
  );
}
