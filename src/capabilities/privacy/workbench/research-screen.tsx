import { Button } from 'antd';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { ExportButton } from '#platform/browser/design-system/export-menu.tsx';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { printInstant } from '#platform/browser/print-instant.ts';
import { usePages } from '#platform/browser/use-pages.ts';
import { listResearchExports, type ResearchExport, researchFilePath } from '../research-contract.ts';
import { ResearchDecisionForm } from './research-decision-form.tsx';
import { ResearchRequestForm } from './research-request-form.tsx';
import { researchLevelWords } from './research-words.ts';

/** Extracts for research: what was asked for, by whom and for what, who agreed, how many people are in it, and the file. */
export function ResearchScreen() {
  const [asks, setAsks] = useState(false);
  const list = usePages({
    queryKey: ['research-exports'],
    read: (cursor) => callApi(listResearchExports, { query: { limit: 30, cursor } }),
  });
  const items = list.data?.items ?? [];
  return (
    <main className="page">
      <div className="row spread" style={{ flexWrap: 'wrap', gap: 8 }}>
        <h1>科研数据</h1>
        <Button type="primary" onClick={() => setAsks(true)}>
          申请
        </Button>
      </div>
      <p className="soft" style={{ marginTop: 0 }}>
        只收同意科研使用的居民；没有姓名、号码、地址和手写文字，年龄成段，村归到乡镇，人数太少的组不收。一人申请，另一人批准后生成。
      </p>
      {list.isPending && <Loading rows={4} />}
      {list.isLoadingError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && items.length === 0 && (
        <Empty title="还没有申请过科研数据">申请时写明研究项目、伦理审查或批准文号、接收人和数据级别。</Empty>
      )}
      {items.map((one) => (
        <ExtractCard key={one.exportId} one={one} />
      ))}
      <MoreButton list={list} />
      {asks && <ResearchRequestForm onClose={() => setAsks(false)} />}
    </main>
  );
}

function ExtractCard({ one }: { one: ResearchExport }) {
  return (
    <section className="card" style={{ marginBottom: 12 }}>
      <div className="row spread" style={{ flexWrap: 'wrap', gap: 8 }}>
        <b>{one.project}</b>
        <StateTag state={one.status === 'made' ? 'good' : 'plain'}>
          {one.status === 'asked' ? '待批准' : one.status === 'made' ? '已生成' : '不批准'}
        </StateTag>
      </div>
      <div style={{ margin: '6px 0' }}>
        接收：{one.recipient} · 批准文号：{one.approvalNo} · {researchLevelWords[one.level]}
      </div>
      <div className="small soft">
        {printInstant(one.requestedAt)} {one.organizationName} {one.requestedBy} 申请
        {one.decidedAt &&
          `；${printInstant(one.decidedAt)} ${one.decidedBy} ${one.status === 'made' ? '批准' : '不批准'}：${one.decisionNote}`}
      </div>
      {one.status === 'made' && <Made one={one} />}
      {one.status === 'asked' &&
        (one.isMine ? (
          <div className="small soft" style={{ marginTop: 6 }}>
            须由您以外的另一人批准。
          </div>
        ) : (
          <ResearchDecisionForm one={one} />
        ))}
    </section>
  );
}

function Made({ one }: { one: ResearchExport }) {
  return (
    <div style={{ marginTop: 8 }}>
      <div>
        同意科研使用的 {one.consenting} 人中收入 <b>{one.people}</b> 人、{one.rows}{' '}
        行；每组（性别、年龄段、乡镇、病种都相同）至少 {one.smallestGroup} 人；不分乡镇 {one.blurred}{' '}
        人，人太少不收 {one.leftOut} 人。
      </div>
      {one.fetchUntil ? (
        <div className="row" style={{ flexWrap: 'wrap', gap: 8, marginTop: 8 }}>
          <ExportButton href={researchFilePath(one.exportId, 'xlsx')} door="research">
            下载 Excel
          </ExportButton>
          <ExportButton href={researchFilePath(one.exportId, 'csv')} door="research">
            下载 CSV
          </ExportButton>
          <span className="small soft">{printInstant(one.fetchUntil)} 前可下载，每次下载都有记录</span>
        </div>
      ) : (
        <div className="small soft" style={{ marginTop: 6 }}>
          已过下载时间，文件已清除。
        </div>
      )}
    </div>
  );
}
