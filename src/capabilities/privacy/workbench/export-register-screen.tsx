import { Input } from 'antd';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { printInstant } from '#platform/browser/print-instant.ts';
import { usePages } from '#platform/browser/use-pages.ts';
import { exportDoors, exportPurposeLabels } from '#standards/privacy/export-doors.ts';
import { listExports, type RegisteredExport } from '../export-register-contract.ts';

/** Files with residents' data that left: who took them, what for, how many people are in them; found by their mark. */
export function ExportRegisterScreen() {
  const [mark, setMark] = useState('');
  const list = usePages({
    queryKey: ['export-register', mark],
    read: (cursor) => callApi(listExports, { query: { limit: 30, cursor, ...(mark ? { mark } : {}) } }),
  });
  const items = list.data?.items ?? [];
  return (
    <main className="page">
      <h1>导出登记</h1>
      <p className="soft" style={{ marginTop: 0 }}>
        每一份交出的含居民资料的文件都在这里，只增不改。在外面发现的文件，凭文件中的导出编号或文件的 SHA-256
        查到是谁导出的。
      </p>
      <Input.Search
        aria-label="按导出编号或文件的 SHA-256 查找"
        placeholder="导出编号或文件的 SHA-256"
        allowClear
        maxLength={80}
        enterButton="查找"
        onSearch={(text) => setMark(text.trim())}
        style={{ maxWidth: 560, marginBottom: 12 }}
      />
      {list.isPending && <Loading rows={4} />}
      {list.isLoadingError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess &&
        items.length === 0 &&
        (mark ? (
          <Empty title="没有这份文件的登记">
            请核对编号；文件被另存或改动过的，SHA-256 会变，请用文件中的导出编号查。
          </Empty>
        ) : (
          <Empty title="还没有导出过居民资料">
            从表单、花名册、居民请求或科研数据导出的文件会登记在这里。
          </Empty>
        ))}
      {items.map((one) => (
        <ExportCard key={one.exportId} one={one} />
      ))}
      <MoreButton list={list} />
    </main>
  );
}

function ExportCard({ one }: { one: RegisteredExport }) {
  return (
    <section className="card" style={{ marginBottom: 12 }}>
      <div className="row spread" style={{ flexWrap: 'wrap', gap: 8 }}>
        <span>
          <b>{exportDoors[one.door].label}</b> · {one.people} 人 · 用途：{exportPurposeLabels[one.purpose]}
        </span>
        <span className="soft">{printInstant(one.madeAt)}</span>
      </div>
      <div style={{ margin: '6px 0' }}>
        {one.organizationName} {one.staffName}（{one.username}）
      </div>
      <div className="small soft" style={{ overflowWrap: 'anywhere' }}>
        导出编号 {one.exportId}
        <br />
        SHA-256 {one.fileHash}（{Math.ceil(one.bytes / 1024)} KB）
      </div>
    </section>
  );
}
