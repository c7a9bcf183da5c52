import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Popconfirm, Progress } from 'antd';
import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { useWrite, WriteProblem } from '#platform/browser/use-write.tsx';
import { mayDo } from '#standards/access-policy.ts';
import type { EndpointResponse } from '#standards/endpoint.ts';
import { printSex } from '#standards/identity/print-sex.ts';
import {
  cancelGrading,
  confirmGrading,
  continueGrading,
  type GradeChange,
  listGradingChanges,
  showGradingBatch,
} from '../grading-contract.ts';
import { batchStatusWords, changeLabels, gradeText, purposeLabels, whyText } from './grade-words.ts';

type Batch = EndpointResponse<typeof showGradingBatch>;
const changes = Object.keys(changeLabels) as GradeChange[];
/** How often work under way is asked how far it is; cut-off work now and then, since somebody may have gone on with it. */
const [workingMs, cutOffMs] = [1000, 5000];
const askAfter = (batch: Batch | undefined): number | false => {
  if (batch?.status !== 'preparing' && batch?.status !== 'running') return false;
  const job = batch.status === 'preparing' ? batch.preview : batch.work;
  return job?.hasWorker ? workingMs : cutOffMs;
};

/** One grading in bulk: who would change and why, the confirmation, and how far it is. */
export function BatchScreen() {
  const { batchId } = useParams({ from: '/grading/batches/$batchId' });
  const [chosen, setChange] = useState<GradeChange>();
  const batch = useQuery({
    queryKey: ['grading', 'batch', batchId],
    queryFn: () => callApi(showGradingBatch, { params: { batchId } }),
    refetchInterval: ({ state }) => askAfter(state.data),
  });
  if (batch.isPending || batch.isLoadingError)
    return (
      <main className="page">
        {batch.isPending ? (
          <Loading rows={8} />
        ) : (
          <Failure error={batch.error} onRetry={() => void batch.refetch()} />
        )}
      </main>
    );
  const shown = batch.data;
  const words = batchStatusWords[shown.status];
  const change = chosen ?? changes.find((key) => (shown.changes[key] ?? 0) > 0) ?? 'up';
  return (
    <main className="page">
      <div className="row spread">
        <h1 className="row" style={{ gap: 8 }}>
          {purposeLabels[shown.purpose]} · {shown.organizationName}
          <StateTag state={words.sign}>{words.label}</StateTag>
        </h1>
        <Link to="/grading">
          <Button>回到分级分标</Button>
        </Link>
      </div>
      <section className="card">
        <p className="small soft" style={{ marginTop: 0 }}>
          {shown.onDay} · {shown.createdByName} · {shown.reason}
        </p>
        <Standing shown={shown} />
      </section>
      <div className="figure-grid">
        {changes.map((key) => (
          <button
            key={key}
            type="button"
            className="figure"
            aria-pressed={change === key}
            onClick={() => setChange(key)}
          >
            {changeLabels[key]}
            <b>{shown.changes[key] ?? 0}</b>
          </button>
        ))}
      </div>
      <ChangedPeople batchId={batchId} change={change} status={shown.status} />
    </main>
  );
}

function Standing({ shown }: { shown: Batch }) {
  const actor = useActor();
  const mayGrade = mayDo(actor.role, 'grades.decide');
  const [ids] = useState(() => ({ confirm: uuidv7(), cancel: uuidv7() }));
  const { run, problem, busy } = useWrite(['grading', 'grades']);
  const params = { batchId: shown.id };
  const job = shown.status === 'preparing' ? shown.preview : shown.work;
  const written =
    (shown.changes.first ?? 0) +
    (shown.changes.up ?? 0) +
    (shown.changes.down ?? 0) +
    (shown.purpose === 'annual' ? (shown.changes.same ?? 0) : 0);
  const isCutOff = job?.status === 'working' && !job.hasWorker;
  return (
    <>
      {job && (
        <Progress percent={job.total === 0 ? 100 : Math.min(100, Math.floor((job.done / job.total) * 100))} />
      )}
      {job && shown.status === 'preparing' && (
        <p>
          正在逐人计算：{job.done} / {job.total}，此时还没有改变任何人。
        </p>
      )}
      {job && shown.status === 'running' && (
        <p>
          正在写入：{job.done} / {job.total} 人。
        </p>
      )}
      {shown.status === 'finished' && job && (
        <p>
          已评定 {job.counts.written ?? 0} 人，提前随访 {job.counts.tasksMoved ?? 0} 次
          {(job.counts.skipped ?? 0) > 0 && `，预览后另有变化而未动的 ${job.counts.skipped} 人`}。
        </p>
      )}
      {shown.status === 'previewed' && (
        <p>
          确认后将给 <b>{written}</b> 人记下评定；加重的人随访会提前，不会推迟任何人。资料不足的{' '}
          {shown.changes.undecided ?? 0} 人不评定。
        </p>
      )}
      {isCutOff && <p>工作到一半被中断。已完成的保留，继续时不会重复评定任何人。</p>}
      {mayGrade && (
        <div className="row">
          {isCutOff && (
            <Button
              type="primary"
              loading={busy}
              onClick={() => void run(() => callApi(continueGrading, { params }))}
            >
              继续
            </Button>
          )}
          {shown.status === 'previewed' && (
            <Popconfirm
              title={`给 ${written} 人记下评定？`}
              okText="确认执行"
              cancelText="再看看"
              onConfirm={() =>
                void run(() => callApi(confirmGrading, { params, body: { operationId: ids.confirm } }))
              }
            >
              <Button type="primary" loading={busy}>
                确认执行
              </Button>
            </Popconfirm>
          )}
          {(shown.status === 'previewed' || shown.status === 'preparing') && (
            <Button
              onClick={() =>
                void run(
                  () => callApi(cancelGrading, { params, body: { operationId: ids.cancel } }),
                  '已取消，没有改变任何人',
                )
              }
            >
              取消
            </Button>
          )}
        </div>
      )}
      <WriteProblem problem={problem} />
    </>
  );
}

function ChangedPeople(props: { batchId: string; change: GradeChange; status: Batch['status'] }) {
  const people = usePages({
    queryKey: ['grading', 'changes', props.batchId, props.change, props.status],
    read: (cursor) =>
      callApi(listGradingChanges, {
        params: { batchId: props.batchId },
        query: { change: props.change, limit: 30, cursor },
      }),
  });
  const items = people.data?.items ?? [];
  if (people.isPending) return <Loading rows={5} />;
  if (people.isLoadingError) return <Failure error={people.error} onRetry={() => void people.refetch()} />;
  if (items.length === 0) return <Empty title={`没有“${changeLabels[props.change]}”的人`} />;
  return (
    <>
      <div className="card" style={{ padding: 0 }}>
        {items.map((person) => (
          <Link
            key={person.residentId}
            to="/residents/$residentId"
            params={{ residentId: person.residentId }}
            className="work-line"
          >
            <StateTag state={person.isDone ? 'good' : 'plain'}>
              {person.isDone ? '已写入' : '未写入'}
            </StateTag>
            <div>
              <b>{person.name}</b> {printSex(person.sex)} {person.ageYears} 岁
              <div className="small soft">{person.organizationName}</div>
            </div>
            <div className="small">{whyText(person.detail)}</div>
            <div className="small">
              <span className="soft">{gradeText(person.fromTier, person.fromColour)}</span>
              <div>→ {person.toColour ? gradeText(person.toTier, person.toColour) : '不评定'}</div>
            </div>
          </Link>
        ))}
      </div>
      <MoreButton list={people} />
    </>
  );
}
