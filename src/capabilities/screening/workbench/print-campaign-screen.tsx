import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { mayDo } from '#standards/access-policy.ts';
import { printSex } from '#standards/identity/print-sex.ts';
import { listCampaignPeople, listCampaignPeopleToPrint, showCampaign } from '../contract.ts';
import { targetText } from './campaign-words.ts';

/** People on one list for the road; more are printed village by village. */
const mostPeople = 1000;

/** The door-to-door list on A4: household after household, with room to write. */
export function PrintCampaignScreen() {
  const { campaignId } = useParams({ from: '/print/campaigns/$campaignId' });
  const { organizationId } = useSearch({ from: '/print/campaigns/$campaignId' });
  const actor = useActor();
  const campaign = useQuery({
    queryKey: ['campaign', campaignId, organizationId],
    queryFn: () => callApi(showCampaign, { params: { campaignId }, query: { organizationId } }),
  });
  // Who does not walk to the doors prints the list masked.
  const isWhole = mayDo(actor.role, 'campaigns.print');
  const people = usePages({
    queryKey: ['campaign', campaignId, 'print', organizationId],
    read: (cursor) =>
      callApi(isWhole ? listCampaignPeopleToPrint : listCampaignPeople, {
        params: { campaignId },
        query: { organizationId, outcome: 'open', limit: 200, cursor },
      }),
  });
  const items = people.data?.items ?? [];
  const goesOn = people.hasNextPage && items.length < mostPeople;
  const { isFetching, fetchNextPage } = people;
  useEffect(() => {
    if (goesOn && !isFetching) void fetchNextPage();
  }, [goesOn, isFetching, fetchNextPage]);
  const failed = [campaign, people].find((one) => one.isLoadingError);
  if (failed) return <Failure error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!campaign.data || !people.data || goesOn) return <Loading rows={10} />;
  const shown = campaign.data;
  return (
    <div style={{ padding: '12px 0', background: '#fff', minHeight: '100%' }}>
      <div className="no-print row" style={{ width: '190mm', maxWidth: '100%', margin: '0 auto 12px' }}>
        <Button type="primary" onClick={() => window.print()} disabled={items.length === 0}>
          打印
        </Button>
        <span className="soft">
          {people.hasNextPage ? `只列前 ${items.length} 人，请按村打印。` : `共 ${items.length} 人未筛。`}
        </span>
      </div>
      <div className="scroll-x">
        <article className="sheet">
          {actor.isDemo && <div className="sheet-demo">演示数据</div>}
          <h1>{shown.name} 上门名单</h1>
          <p>
            {shown.place.name} · {shown.startsOn} 至 {shown.endsOn} · {targetText(shown.target)} · 打印{' '}
            {actor.today}
          </p>
          <table className="sheet-person">
            <thead>
              <tr>
                {columns.map(([name, width]) => (
                  <th key={name} style={{ width }}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map((person, index) => (
                <tr key={person.residentId} style={{ height: '10mm', breakInside: 'avoid' }}>
                  <td>{index + 1}</td>
                  <td>{person.name}</td>
                  <td>
                    {printSex(person.sex)} {person.ageYears}
                  </td>
                  <td>{person.address ?? person.organizationName}</td>
                  <td>{person.phone}</td>
                  <td>{person.reasons.map((reason) => reason.text).join('')}</td>
                  <td />
                  <td />
                </tr>
              ))}
            </tbody>
          </table>
          <p>结果：正常、高危、疑似、未见、拒绝。上门人：＿＿＿＿＿＿　日期：＿＿＿＿＿＿</p>
        </article>
      </div>
    </div>
  );
}

const columns: readonly (readonly [name: string, width: string])[] = [
  ['序号', '9mm'],
  ['姓名', '17mm'],
  ['性别年龄', '15mm'],
  ['住址', '38mm'],
  ['电话', '26mm'],
  ['列入原因', '42mm'],
  ['测得值', '22mm'],
  ['结果', '18mm'],
];
