import './centre.css';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { Button, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure } from '#platform/browser/design-system/page-states.tsx';
import { showCentreDay } from '../reception-contract.ts';
import type { Ticket } from './arrival-form.tsx';
import { CentreSide } from './centre-side.tsx';
import { DangerCount, DangerEventsCard } from './danger-events-card.tsx';
import { DangerNote } from './danger-note.tsx';
import { DeskSearch } from './desk-search.tsx';
import { ReceptionCard } from './reception-card.tsx';

/** The front desk of the centre: from the door to the queue, and what the day holds. */
export function ReceptionScreen() {
  const { residentId: given } = useSearch({ from: '/centre' });
  const [typed, setTyped] = useState('');
  const [residentId, setResidentId] = useState(given);
  const [ticket, setTicket] = useState<Ticket>();
  const search = useRef<InputRef>(null);
  const day = useQuery({
    queryKey: ['centre', 'day'],
    queryFn: () => callApi(showCentreDay),
    refetchInterval: 15_000,
  });
  useEffect(() => setResidentId(given), [given]);
  const open = (id: string | undefined) => {
    setResidentId(id);
    if (id) setTicket(undefined);
  };
  const type = (text: string) => {
    setTyped(text);
    setResidentId(undefined);
  };
  const done = (taken: Ticket) => {
    setTicket(taken);
    setTyped('');
    setResidentId(undefined);
    search.current?.focus();
  };
  const leave = () => {
    setResidentId(undefined);
    search.current?.focus();
  };
  return (
    <main className="page">
      <div className="row spread no-print">
        <h1>健康服务区</h1>
        <span className="row">
          <DangerCount />
          {day.data && (
            <span className="soft">
              候诊 {day.data.counts.waiting} · 就诊中 {day.data.counts.inRoom} · 已完成 {day.data.counts.done}
            </span>
          )}
          <Link to="/centre/flow">
            <Button>服务流程</Button>
          </Link>
          <a href="/board" target="_blank" rel="noreferrer">
            <Button>候诊大屏</Button>
          </a>
        </span>
      </div>
      <div className="centre-layout">
        <div>
          <div className="no-print">
            <DeskSearch
              inputRef={search}
              typed={typed}
              onType={type}
              onFound={open}
              isChosen={residentId !== undefined}
            />
          </div>
          {ticket && (
            <section className="ticket" role="status">
              <b>{ticket.queueNo}</b>
              <span>
                <span style={{ fontSize: 18 }}>{ticket.room}</span>
                <br />
                {ticket.name} · 前面 {ticket.waitingBefore} 人
                {ticket.pressureText && (
                  <>
                    <br />
                    {ticket.pressureText}
                  </>
                )}
              </span>
              <Button className="no-print" style={{ marginLeft: 'auto' }} onClick={() => window.print()}>
                打印小票
              </Button>
            </section>
          )}
          {ticket && <DangerNote dangers={ticket.dangers} />}
          {residentId && (
            <ReceptionCard key={residentId} residentId={residentId} onDone={done} onLeave={leave} />
          )}
          <div className="no-print">
            <DangerEventsCard onOpen={open} />
          </div>
        </div>
        <div className="no-print">
          {day.isLoadingError && <Failure error={day.error} onRetry={() => void day.refetch()} />}
          {day.data && <CentreSide day={day.data} onOpen={open} residentId={residentId} />}
        </div>
      </div>
    </main>
  );
}
