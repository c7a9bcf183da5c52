import './checkups.css';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Input, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { ApiProblem, callApi } from '#platform/browser/api-client.ts';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { printSex } from '#standards/identity/print-sex.ts';
import { findExamPerson, listExamPeople, openExamPerson, showExamDay } from '../contract.ts';
import { type Station, stationLabels, stations } from '../domain/stations.ts';
import { StationForm } from './station-form.tsx';

/** One station of an exam day: call a person by number or barcode, enter the station's own part, next. */
export function StationScreen() {
  const { examDayId, station: given } = useParams({ from: '/checkups/days/$examDayId/stations/$station' });
  const station = stations.find((one) => one === given);
  const [residentId, setResidentId] = useState<string>();
  const [saved, setSaved] = useState<string>();
  const search = useRef<InputRef>(null);
  const day = useQuery({
    queryKey: ['exam-day', examDayId],
    queryFn: () => callApi(showExamDay, { params: { examDayId } }),
  });
  if (!station)
    return (
      <main className="page">
        <Empty title="没有这个站">请从体检日页面进入。</Empty>
      </main>
    );
  const done = (text: string) => {
    setSaved(text);
    setResidentId(undefined);
    search.current?.focus();
  };
  const open = (id: string) => {
    setSaved(undefined);
    setResidentId(id);
  };
  return (
    <main className="page">
      <div className="row spread">
        <h1>
          {stationLabels[station]} <span className="soft small">{day.data?.name}</span>
        </h1>
        <span className="row">
          {stations.map((one) => (
            <Link
              key={one}
              to="/checkups/days/$examDayId/stations/$station"
              params={{ examDayId, station: one }}
              onClick={() => setResidentId(undefined)}
              style={one === station ? { fontWeight: 700, textDecoration: 'none' } : undefined}
            >
              {stationLabels[one]}
            </Link>
          ))}
          <Link to="/checkups/days/$examDayId" params={{ examDayId }}>
            返回体检日
          </Link>
        </span>
      </div>
      <div className="exam-layout">
        <div style={{ display: 'grid', gap: 14, minWidth: 0 }}>
          <FindPerson examDayId={examDayId} inputRef={search} onFound={open} />
          {saved && (
            <p role="status" style={{ margin: 0 }}>
              <StateTag state="good">{saved}</StateTag>
            </p>
          )}
          {residentId ? (
            <OpenPerson
              key={`${residentId} ${station}`}
              {...{ examDayId, residentId, station }}
              onDone={done}
            />
          ) : (
            <Empty title="请扫条码，或输入号、身份证号">回车打开；也可从右侧名单点选。</Empty>
          )}
        </div>
        <WaitingList {...{ examDayId, station }} onOpen={open} />
      </div>
    </main>
  );
}

function FindPerson(props: {
  examDayId: string;
  inputRef: React.RefObject<InputRef | null>;
  onFound: (residentId: string) => void;
}) {
  const [text, setText] = useState('');
  const [failure, setFailure] = useState<string>();
  const find = async () => {
    if (text.trim() === '') return;
    setFailure(undefined);
    try {
      const { residentId } = await callApi(findExamPerson, {
        params: { examDayId: props.examDayId },
        body: { text: text.trim() },
      });
      setText('');
      props.onFound(residentId);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setFailure(error.detail);
    }
  };
  return (
    <div>
      <Input
        ref={props.inputRef}
        size="large"
        autoFocus
        aria-label="号、条码或身份证号"
        placeholder="号、条码或身份证号，回车"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onPressEnter={() => void find()}
      />
      {failure && (
        <div role="alert" className="field-error">
          {failure}
        </div>
      )}
    </div>
  );
}

function OpenPerson(props: {
  examDayId: string;
  residentId: string;
  station: Station;
  onDone: (text: string) => void;
}) {
  const { examDayId, residentId } = props;
  const held = useQuery({
    queryKey: ['exam-person', examDayId, residentId],
    queryFn: () => callApi(openExamPerson, { params: { examDayId, residentId } }),
    // What somebody is typing is not pulled away; a conflict is asked about on saving.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  if (held.isLoadingError) return <Failure error={held.error} onRetry={() => void held.refetch()} />;
  if (!held.data) return <Loading />;
  return <StationForm held={held.data} {...props} />;
}

function WaitingList(props: { examDayId: string; station: Station; onOpen: (id: string) => void }) {
  const { examDayId, station } = props;
  const people = useQuery({
    queryKey: ['exam-people', examDayId, station],
    queryFn: () => callApi(listExamPeople, { params: { examDayId }, query: { station, limit: 30 } }),
    refetchInterval: 15_000,
  });
  const first = people.data?.items[0]?.id;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.altKey && event.key === 'n' && first) {
        event.preventDefault();
        props.onOpen(first);
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
  return (
    <section className="card" aria-label="本站未录">
      <div className="row spread" style={{ marginBottom: 6 }}>
        <h2>本站未录</h2>
        {first && (
          <Button size="small" onClick={() => props.onOpen(first)}>
            下一位 Alt+N
          </Button>
        )}
      </div>
      {people.isLoadingError && <Failure error={people.error} onRetry={() => void people.refetch()} />}
      {people.isSuccess && people.data.items.length === 0 && <p className="soft">本站都已录过。</p>}
      {people.data?.items.map((person) => (
        <button
          key={person.id}
          type="button"
          className="waiting-name"
          onClick={() => props.onOpen(person.id)}
        >
          <b style={{ width: 32 }}>{person.number}</b>
          <span>
            {person.name}{' '}
            <span className="small soft">
              {printSex(person.sex)} {person.ageYears} 岁
            </span>
          </span>
        </button>
      ))}
    </section>
  );
}
