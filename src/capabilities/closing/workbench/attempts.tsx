import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { plainDate } from '#kernel/plain-date.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { useActor } from '#platform/browser/session.tsx';
import { useWrite, useWriteIds, WriteProblem } from '#platform/browser/use-write.tsx';
import type { EndpointResponse } from '#standards/endpoint.ts';
import { recordAttempt, type showClosing } from '../contract.ts';
import { whyNoAttempt } from '../domain/check-attempt.ts';
import { type KnownContacts, tellAttempts, weighAttempts } from '../domain/check-loss.ts';
import { type ContactMeans, contactMeans } from '../domain/closing-words.ts';

/** Attempts to reach a person: so many on different days stand before a loss, from the last time they were reached. */
export function Attempts(props: {
  residentId: string;
  mayWrite: boolean;
  status: string;
  known: KnownContacts;
  attempts: EndpointResponse<typeof showClosing>['attempts'];
}) {
  const today = plainDate(useActor().today);
  const ended = whyNoAttempt(props.status);
  return (
    <section className="card" aria-label="联系尝试" id="attempts">
      <div className="row spread">
        <h2>联系尝试</h2>
        <span className="small soft">写明方式与结果。</span>
      </div>
      <p className="small soft" style={{ margin: '4px 0' }}>
        {ended ?? tellAttempts(weighAttempts(props.known, today))}
      </p>
      {props.mayWrite && ended === undefined && <NewAttempt residentId={props.residentId} />}
      {props.attempts.length === 0 && <p className="soft">没有记录过联系尝试。</p>}
      {props.attempts.map((one) => (
        <div
          key={one.id}
          className="row spread"
          style={{ padding: '6px 0', borderTop: '1px solid var(--line)' }}
        >
          <span className="row">
            <b>{one.onDay}</b>
            <span>{contactMeans[one.means]}</span>
            <span>{one.note}</span>
          </span>
          <span className="small soft">{one.byName}</span>
        </div>
      ))}
    </section>
  );
}

function NewAttempt({ residentId }: { residentId: string }) {
  const actor = useActor();
  const blank = { onDay: actor.today, means: 'telephone' as ContactMeans, note: '' };
  const [attempt, setAttempt] = useState(blank);
  const { ids, renew } = useWriteIds();
  const { run, problem, busy } = useWrite([['closing', residentId]]);
  const save = async () => {
    const done = await run(
      () =>
        callApi(recordAttempt, {
          params: { residentId },
          body: { operationId: ids.operationId, attemptId: ids.id, ...attempt },
        }),
      '已记录',
    );
    if (!done) return;
    renew();
    setAttempt(blank);
  };
  return (
    <>
      <div className="row" style={{ margin: '8px 0' }}>
        <Input
          id="attempt-day"
          aria-label="联系日期"
          type="date"
          style={{ width: 160 }}
          max={actor.today}
          value={attempt.onDay}
          onChange={(event) => setAttempt({ ...attempt, onDay: event.target.value })}
        />
        <Select<ContactMeans>
          aria-label="联系方式"
          style={{ width: 130 }}
          value={attempt.means}
          onChange={(means) => setAttempt({ ...attempt, means })}
          options={(Object.keys(contactMeans) as ContactMeans[]).map((value) => ({
            value,
            label: contactMeans[value],
          }))}
        />
        <Input
          aria-label="联系结果"
          placeholder="结果，如：电话停机"
          style={{ width: 260, maxWidth: '100%' }}
          maxLength={200}
          value={attempt.note}
          onChange={(event) => setAttempt({ ...attempt, note: event.target.value })}
          onPressEnter={() => void save()}
        />
        <Button loading={busy} onClick={() => void save()}>
          记一次联系
        </Button>
      </div>
      <WriteProblem problem={problem} />
    </>
  );
}
