import { Button, Progress } from 'antd';
import type { EndpointResponse } from '#standards/endpoint.ts';
import type { CampaignCounts, showCampaign } from '../contract.ts';
import { percentOf, screenedOf } from './campaign-words.ts';

const columns: readonly (readonly [keyof CampaignCounts, string])[] = [
  ['targets', '应筛'],
  ['normal', '正常'],
  ['highRisk', '高危'],
  ['suspected', '疑似'],
  ['refused', '拒绝'],
  ['absent', '未见'],
  ['open', '未筛'],
];

/** How far a campaign is here and in each place below. */
export function CampaignProgress(props: {
  shown: EndpointResponse<typeof showCampaign>;
  goTo: (organizationId?: string) => void;
}) {
  const { counts, children, place } = props.shown;
  const done = screenedOf(counts);
  return (
    <section className="card">
      <div className="row spread">
        <h2>进度 · {place.name}</h2>
        {place.parentId !== null && (
          <Button size="small" onClick={() => props.goTo(place.parentId ?? undefined)}>
            上一级
          </Button>
        )}
      </div>
      <div className="row" style={{ margin: '6px 0' }}>
        <Progress
          style={{ flex: 1, minWidth: 160, margin: 0 }}
          percent={counts.targets === 0 ? 0 : Math.floor((done / counts.targets) * 100)}
          strokeColor="var(--accent)"
        />
        <span>
          已筛 <b>{done}</b> / {counts.targets} 人
        </span>
      </div>
      <div className="scroll-x">
        <table className="plain-table" style={{ minWidth: 560 }}>
          <thead>
            <tr>
              <th>机构</th>
              {columns.map(([key, label]) => (
                <th key={key} className="number">
                  {label}
                </th>
              ))}
              <th className="number">筛查率</th>
            </tr>
          </thead>
          <tbody>
            {children.map((child) => (
              <tr key={child.id}>
                <td>
                  <button type="button" className="link-button" onClick={() => props.goTo(child.id)}>
                    {child.name}
                  </button>
                </td>
                <Cells counts={child.counts} />
              </tr>
            ))}
            <tr>
              <td>
                <b>合计</b>
              </td>
              <Cells counts={counts} />
            </tr>
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Cells({ counts }: { counts: CampaignCounts }) {
  return (
    <>
      {columns.map(([key]) => (
        <td key={key} className="number">
          {counts[key]}
        </td>
      ))}
      <td className="number">{percentOf(screenedOf(counts), counts.targets)}</td>
    </>
  );
}
