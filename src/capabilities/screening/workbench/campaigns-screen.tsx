import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { mayDo } from '#standards/access-policy.ts';
import { listCampaigns } from '../contract.ts';
import { campaignStatusWords, targetText } from './campaign-words.ts';
import { ScreeningPage } from './screening-page.tsx';

/** 筛查活动: campaigns that concern this place, newest first. */
export function CampaignsScreen() {
  const actor = useActor();
  const mayPlan = mayDo(actor.role, 'campaigns.manage');
  const list = usePages({
    queryKey: ['campaign', 'list'],
    read: (cursor) => callApi(listCampaigns, { query: { limit: 20, cursor } }),
  });
  const items = list.data?.items ?? [];
  return (
    <ScreeningPage
      here="campaigns"
      action={
        mayPlan && (
          <Link to="/screening/new">
            <Button type="primary">新建筛查活动</Button>
          </Link>
        )
      }
    >
      {list.isPending && <Loading rows={6} />}
      {list.isLoadingError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && items.length === 0 && (
        <Empty title="还没有筛查活动">
          {mayPlan
            ? '点“新建筛查活动”，选定病种、年龄和日期，系统从档案中列出对象。'
            : '由乡镇卫生院或县里拟定后开始。'}
        </Empty>
      )}
      {items.length > 0 && (
        <div className="card" style={{ padding: 0 }}>
          {items.map((item) => (
            <Link
              key={item.id}
              to="/screening/campaigns/$campaignId"
              params={{ campaignId: item.id }}
              className="work-line campaign-line"
            >
              <StateTag state={campaignStatusWords[item.status].sign}>
                {campaignStatusWords[item.status].label}
              </StateTag>
              <div>
                <b>{item.name}</b>
                <div className="small soft">{targetText(item.target)}</div>
              </div>
              <div className="small soft">
                {item.organizationName}
                <div>
                  {item.startsOn} 至 {item.endsOn}
                </div>
              </div>
            </Link>
          ))}
        </div>
      )}
      <MoreButton list={list} />
    </ScreeningPage>
  );
}
