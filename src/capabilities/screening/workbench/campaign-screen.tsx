import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button, Popconfirm, Progress } from 'antd';
import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { useWrite, WriteProblem } from '#platform/browser/use-write.tsx';
import { mayDo } from '#standards/access-policy.ts';
import type { EndpointResponse } from '#standards/endpoint.ts';
import { continueCampaign, endCampaign, showCampaign, startCampaign } from '../contract.ts';
import { CampaignPeople } from './campaign-people.tsx';
import { CampaignProgress } from './campaign-progress.tsx';
import { campaignStatusWords, targetText } from './campaign-words.ts';
import { ScreeningPage } from './screening-page.tsx';

type Shown = EndpointResponse<typeof showCampaign>;

/** How often a list being made is asked how far it is; one that was cut off now and then. */
const [workingMs, cutOffMs] = [1000, 5000];

/** A campaign: its list before it starts, its progress village by village, and its people. */
export function CampaignScreen() {
  const { campaignId } = useParams({ from: '/screening/campaigns/$campaignId' });
  const { organizationId } = useSearch({ from: '/screening/campaigns/$campaignId' });
  const navigate = useNavigate();
  const campaign = useQuery({
    queryKey: ['campaign', campaignId, organizationId],
    queryFn: () => callApi(showCampaign, { params: { campaignId }, query: { organizationId } }),
    refetchInterval: ({ state }) =>
      state.data?.status !== 'preparing' ? false : state.data.job?.hasWorker ? workingMs : cutOffMs,
  });
  if (campaign.isPending)
    return (
      <ScreeningPage here="campaigns">
        <Loading rows={8} />
      </ScreeningPage>
    );
  if (campaign.isLoadingError)
    return (
      <ScreeningPage here="campaigns">
        <Failure error={campaign.error} onRetry={() => void campaign.refetch()} />
      </ScreeningPage>
    );
  const shown = campaign.data;
  const goTo = (id?: string) =>
    void navigate({
      to: '/screening/campaigns/$campaignId',
      params: { campaignId },
      search: id ? { organizationId: id } : {},
    });
  return (
    <ScreeningPage here="campaigns">
      <section className="card">
        <div className="row spread">
          <h2 className="row" style={{ gap: 8 }}>
            {shown.name}
            <StateTag state={campaignStatusWords[shown.status].sign}>
              {campaignStatusWords[shown.status].label}
            </StateTag>
          </h2>
          <Actions shown={shown} />
        </div>
        <p className="small soft" style={{ margin: '6px 0 0' }}>
          {shown.organizationName} · {shown.startsOn} 至 {shown.endsOn} · {targetText(shown.target)}
        </p>
        {shown.status === 'preparing' && <Making shown={shown} />}
        {shown.status === 'previewed' && (
          <p>
            共列出 <b>{shown.counts.targets}</b> 人。
            {shown.counts.targets > 0
              ? '请看过各村人数与名单后开始；开始前村里看不到。'
              : '没有符合条件的人，请取消后另拟条件。'}
          </p>
        )}
      </section>
      {shown.status !== 'preparing' && (
        <>
          <CampaignProgress shown={shown} goTo={goTo} />
          <CampaignPeople shown={shown} />
        </>
      )}
    </ScreeningPage>
  );
}

function Making({ shown }: { shown: Shown }) {
  const { job } = shown;
  const { run, problem, busy } = useWrite(['campaign']);
  if (!job) return null;
  return (
    <div style={{ marginTop: 8 }}>
      <Progress percent={job.total === 0 ? 100 : Math.min(100, Math.floor((job.done / job.total) * 100))} />
      <p className="small soft">
        已看过 {job.done} / {job.total} 份档案，列出 {job.counts.targets ?? 0} 人。
      </p>
      {!job.hasWorker && job.status === 'working' && (
        <>
          <p>名单生成到一半被中断；已列出的保留，可以继续。</p>
          <Button
            loading={busy}
            onClick={() => void run(() => callApi(continueCampaign, { params: { campaignId: shown.id } }))}
          >
            继续生成
          </Button>
        </>
      )}
      <WriteProblem problem={problem} />
    </div>
  );
}

function Actions({ shown }: { shown: Shown }) {
  const actor = useActor();
  const [ids] = useState(() => ({ start: uuidv7(), finish: uuidv7(), cancel: uuidv7() }));
  const { run, problem, busy } = useWrite(['campaign']);
  const mayManage = shown.mayManage && mayDo(actor.role, 'campaigns.manage');
  const params = { campaignId: shown.id };
  const end = (to: 'finished' | 'cancelled') =>
    void run(
      () =>
        callApi(endCampaign, {
          params,
          body: { operationId: to === 'finished' ? ids.finish : ids.cancel, to },
        }),
      to === 'finished' ? '活动已结束' : '活动已取消',
    );
  return (
    <div className="row">
      {(shown.status === 'running' || shown.status === 'previewed') && (
        <Link
          to="/print/campaigns/$campaignId"
          params={params}
          search={{ organizationId: shown.place.id }}
          target="_blank"
        >
          <Button>打印上门名单</Button>
        </Link>
      )}
      {mayManage && shown.status === 'previewed' && (
        <>
          <Button
            type="primary"
            loading={busy}
            onClick={() =>
              void run(
                () => callApi(startCampaign, { params, body: { operationId: ids.start } }),
                '活动已开始',
              )
            }
          >
            开始
          </Button>
          <Button onClick={() => end('cancelled')}>取消活动</Button>
        </>
      )}
      {mayManage && shown.status === 'running' && (
        <Popconfirm
          title={`还有 ${shown.counts.open} 人未筛，确定结束？`}
          okText="结束"
          cancelText="不"
          onConfirm={() => end('finished')}
        >
          <Button loading={busy}>结束活动</Button>
        </Popconfirm>
      )}
      <WriteProblem problem={problem} />
    </div>
  );
}
