import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Progress } from 'antd';
import { useEffect } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { printInstantDay } from '#platform/browser/print-instant.ts';
import { useActor } from '#platform/browser/session.tsx';
import { useWrite, useWriteIds, WriteProblem } from '#platform/browser/use-write.tsx';
import { mayDo } from '#standards/access-policy.ts';
import type { EndpointResponse } from '#standards/endpoint.ts';
import { continueHighRiskSearch, showHighRiskSearch, startHighRiskSearch } from '../high-risk-contract.ts';

type Job = NonNullable<EndpointResponse<typeof showHighRiskSearch>['job']>;
/** How often a search at work is asked how far it is; one that was cut off now and then. */
const [workingMs, cutOffMs] = [1000, 5000];

/** 从档案识别: looks through readings of other work for people on no list; for those who organize screening. */
export function HighRiskSearchCard() {
  const mayManage = mayDo(useActor().role, 'campaigns.manage');
  return mayManage ? <Search /> : null;
}

function Search() {
  const client = useQueryClient();
  const { ids, renew } = useWriteIds();
  const { run, problem, busy } = useWrite(['high-risk-search']);
  const last = useQuery({
    queryKey: ['high-risk-search'],
    queryFn: () => callApi(showHighRiskSearch),
    refetchInterval: ({ state }) =>
      state.data?.job?.status !== 'working' ? false : state.data.job.hasWorker ? workingMs : cutOffMs,
  });
  const job = last.data?.job ?? undefined;
  const status = job?.status;
  // The list below grows with each step and is read again when the search is over.
  useEffect(() => {
    if (status === 'done') void client.invalidateQueries({ queryKey: ['episodes'] });
  }, [status, client]);
  const start = async () => {
    const done = await run(() =>
      callApi(startHighRiskSearch, { body: { operationId: ids.operationId, searchId: ids.id } }),
    );
    if (done) renew();
  };
  return (
    <section className="card" aria-label="从档案识别">
      <div className="row spread">
        <h2>从档案识别</h2>
        {last.data && status !== 'working' && (
          <Button loading={busy} onClick={() => void start()}>
            {job ? '重新识别' : '开始识别'}
          </Button>
        )}
      </div>
      <p className="small soft" style={{ margin: '6px 0' }}>
        查看近一年门诊、体检、自检、随访中的血压和空腹血糖，偏高而不在任何名单上的人，按筛查表的规则列入高危人群或待确诊。
        只凭年龄或家族史不列入；测量之后已有人判定过的不改。
      </p>
      {last.isLoadingError && <Failure error={last.error} onRetry={() => void last.refetch()} />}
      {job && <Progressed job={job} />}
      <WriteProblem problem={problem} />
    </section>
  );
}

function Progressed({ job }: { job: Job }) {
  const { run, problem, busy } = useWrite(['high-risk-search']);
  const { people = 0, highRisk = 0, suspected = 0 } = job.counts;
  const isCutOff = job.status === 'working' && !job.hasWorker;
  return (
    <div role="status">
      {job.status === 'working' && (
        <Progress percent={job.total === 0 ? 0 : Math.min(99, Math.floor((job.done / job.total) * 100))} />
      )}
      <div className="row">
        {isCutOff && <StateTag state="late">已中断</StateTag>}
        <span>
          {job.organizationName} · {printInstantDay(job.startedAt)}
          {job.startedByName && ` ${job.startedByName}`}：有近期测量的 {people} 人，列入高危 <b>{highRisk}</b>{' '}
          人次，列入待确诊 <b>{suspected}</b> 人次
        </span>
        {isCutOff && (
          <Button
            size="small"
            loading={busy}
            onClick={() => void run(() => callApi(continueHighRiskSearch, { params: { searchId: job.id } }))}
          >
            继续
          </Button>
        )}
      </div>
      <WriteProblem problem={problem} />
    </div>
  );
}
