import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Progress, Select } from 'antd';
import { useRef, useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { listRegistrationOrganizations } from '#capabilities/residents/contract.ts';
import { ApiProblem, callApi } from '#platform/browser/api-client.ts';
import { ExportButton } from '#platform/browser/design-system/export-menu.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { printInstant } from '#platform/browser/print-instant.ts';
import { useActor } from '#platform/browser/session.tsx';
import {
  commitRoster,
  listRosterImports,
  markedWorkbookPath,
  type RosterImport,
  showRosterImport,
  uploadRoster,
} from '../contract.ts';
import { RosterRows } from './roster-rows.tsx';

const mostMegabytes = 10;

/** Brings a roster in: upload, look, mend, import as a whole. */
export function ImportScreen() {
  const actor = useActor();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [importId, setImportId] = useState<string>();
  const [organizationId, setOrganizationId] = useState<string>();
  const [busy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const organizations = useQuery({
    queryKey: ['registration-organizations'],
    queryFn: () => callApi(listRegistrationOrganizations),
  });
  const villages = organizations.data?.items ?? [];
  const isTownship = actor.organizationKind === 'township-centre';
  const target =
    organizationId ??
    (isTownship ? actor.organizationId : villages.length === 1 ? villages[0]?.id : undefined);
  const upload = async (file: File) => {
    if (!target) return void message.warning('请先选择导入到哪个机构。');
    if (file.size > mostMegabytes * 1024 * 1024)
      return void message.error(`文件超过 ${mostMegabytes} MB，请分批导入。`);
    setBusy(true);
    const id = uuidv7();
    try {
      await callApi(uploadRoster, {
        params: { importId: id },
        query: { organizationId: target, fileName: file.name.slice(0, 200) },
        body: new Uint8Array(await file.arrayBuffer()),
      });
      setImportId(id);
      await client.invalidateQueries({ queryKey: ['roster-imports'] });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      void message.error(`${error.title}：${error.detail}`);
    } finally {
      setBusy(false);
      if (input.current) input.current.value = '';
    }
  };
  return (
    <main className="page">
      <h1>导入高血压患者花名册</h1>
      <section className="card" style={{ display: 'grid', gap: 12, gridTemplateColumns: 'minmax(0, 1fr)' }}>
        <div>
          请上传 Excel 或 WPS 保存的 .xlsx。需要有<b>姓名</b>、<b>身份证号</b>
          两列（身份证号须为文本格式），其他如联系电话、家庭住址、患病时间、纳入管理时间、村（居）可有可无，顺序不限，上方可以有标题行。
        </div>
        <div className="row">
          <span className="soft">导入到</span>
          <Select
            aria-label="导入到"
            style={{ width: 420, maxWidth: '100%' }}
            showSearch={{ optionFilterProp: 'label' }}
            placeholder="选择机构"
            value={target ?? null}
            onChange={setOrganizationId}
            options={[
              ...(isTownship
                ? [
                    {
                      value: actor.organizationId,
                      label: `${actor.organizationName}（按表中“村”一列分到各村）`,
                    },
                  ]
                : []),
              ...villages.map((village) => ({ value: village.id, label: village.name })),
            ]}
          />
          <input
            ref={input}
            type="file"
            accept=".xlsx"
            aria-label="花名册文件"
            style={{ display: 'none' }}
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              if (file) void upload(file);
            }}
          />
          <Button type="primary" loading={busy} onClick={() => input.current?.click()}>
            选择文件并核对
          </Button>
        </div>
      </section>
      {importId ? (
        <ImportDetail key={importId} importId={importId} />
      ) : (
        <RecentImports onOpen={setImportId} />
      )}
      {importId && (
        <Button style={{ alignSelf: 'flex-start' }} onClick={() => setImportId(undefined)}>
          查看以往的导入
        </Button>
      )}
    </main>
  );
}

const statusLabels: Record<RosterImport['status'], string> = {
  reading: '正在读取',
  previewed: '待导入',
  committing: '正在导入',
  committed: '已导入',
  refused: '已拒绝',
  cancelled: '已取消',
};

function RecentImports({ onOpen }: { onOpen: (id: string) => void }) {
  const recent = useQuery({
    queryKey: ['roster-imports'],
    queryFn: () => callApi(listRosterImports, { query: { limit: 20 } }),
  });
  if (recent.isPending) return <Loading rows={3} />;
  if (recent.isLoadingError) return <Failure error={recent.error} onRetry={() => void recent.refetch()} />;
  if (recent.data.items.length === 0) return <Empty title="还没有导入过花名册" />;
  return (
    <section className="card">
      <h2>以往的导入</h2>
      {recent.data.items.map((item) => (
        <div
          key={item.id}
          className="row spread"
          style={{ padding: '8px 0', borderBottom: '1px solid var(--line)' }}
        >
          <button type="button" className="link-button" onClick={() => onOpen(item.id)}>
            {item.fileName}
          </button>
          <span className="small soft">
            {item.organizationName} · {printInstant(item.createdAt)} · {statusLabels[item.status]}
          </span>
        </div>
      ))}
    </section>
  );
}

function ImportDetail({ importId }: { importId: string }) {
  const client = useQueryClient();
  const [operationId] = useState(() => uuidv7());
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  const batch = useQuery({
    queryKey: ['roster-import', importId],
    queryFn: () => callApi(showRosterImport, { params: { importId } }),
    refetchInterval: (query) => (query.state.data && query.state.data.status !== 'reading' ? false : 500),
  });
  if (batch.isPending) return <Loading />;
  if (batch.isLoadingError) return <Failure error={batch.error} onRetry={() => void batch.refetch()} />;
  const { status, preview, progress, refusal, fileName } = batch.data;
  const commit = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      await callApi(commitRoster, { params: { importId }, body: { operationId } });
      await client.invalidateQueries();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setFailure(`${error.title}。${error.detail}`);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="card" style={{ display: 'grid', gap: 12, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <div className="row spread">
        <h2>{fileName}</h2>
        <StateTag state={status === 'committed' ? 'good' : status === 'refused' ? 'late' : 'plain'}>
          {statusLabels[status]}
        </StateTag>
      </div>
      {status === 'reading' && (
        <div role="status">
          {progress.stage}，已读 {progress.done} 行…
          <Progress
            percent={progress.total ? Math.round((progress.done / progress.total) * 100) : 40}
            showInfo={false}
            status="active"
          />
        </div>
      )}
      {refusal && (
        <div role="alert" style={{ color: 'var(--crisis)' }}>
          {refusal} 没有导入任何内容。
        </div>
      )}
      {preview && (
        <>
          <div className="row">
            <StateTag state="plain">共 {preview.counts.rows} 人</StateTag>
            <StateTag state="good">新建 {preview.counts.new}</StateTag>
            <StateTag state="good">纳入 {preview.counts.enroll}</StateTag>
            <StateTag state="plain">无变化 {preview.counts.unchanged}</StateTag>
            <StateTag state={preview.counts.error > 0 ? 'crisis' : 'plain'}>
              有误 {preview.counts.error}
            </StateTag>
            {preview.counts.skipped > 0 && (
              <StateTag state="plain">跳过 {preview.counts.skipped} 行（合计、空行）</StateTag>
            )}
          </div>
          <div className="small soft">
            工作表“{preview.sheetName}”，表头在第 {preview.headerRow} 行；识别的列：
            {preview.columns
              .filter((column) => column.label)
              .map((column) => `${column.header}→${column.label}`)
              .join('，')}
            {preview.columns.some((column) => !column.label) &&
              `；未使用的列：${preview.columns
                .filter((column) => !column.label)
                .map((column) => column.header)
                .join('、')}`}
          </div>
          {preview.counts.error > 0 ? (
            <div className="row">
              <span style={{ color: 'var(--crisis)' }}>
                有 {preview.counts.error} 行有误，改好后重新上传；在此之前不会导入任何一行。
              </span>
              <ExportButton href={markedWorkbookPath(importId)} door="roster">
                下载标出问题的表格
              </ExportButton>
            </div>
          ) : (
            status === 'previewed' && (
              <Button
                type="primary"
                size="large"
                loading={busy}
                onClick={commit}
                style={{ justifySelf: 'start' }}
              >
                {preview.counts.new + preview.counts.enroll > 0
                  ? `导入 ${preview.counts.new + preview.counts.enroll} 人`
                  : '没有变化，完成'}
              </Button>
            )
          )}
          {status === 'committed' && (
            <div>
              已导入 {preview.counts.done} 人，其余 {preview.counts.unchanged} 人无变化。
            </div>
          )}
          {failure && (
            <div role="alert" style={{ color: 'var(--crisis)' }}>
              {failure}
            </div>
          )}
          <RosterRows importId={importId} onlyErrors={preview.counts.error > 0} />
        </>
      )}
    </section>
  );
}
