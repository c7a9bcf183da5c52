import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { uuidv7 } from 'uuidv7';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { printInstant } from '#platform/browser/print-instant.ts';
import { usePages } from '#platform/browser/use-pages.ts';
import type { EndpointResponse } from '#standards/endpoint.ts';
import { isAdministrator, roleLabels } from '#standards/roles.ts';
import { listWaitingGrants, secureStaff } from '../contract.ts';
import { FactorResets } from './factor-resets.tsx';
import { FailureText, useSave } from './use-save.tsx';

type Waiting = EndpointResponse<typeof listWaitingGrants>['items'][number];
const queryKey = ['waiting-grants'];

/** What the security administrator settles: roles of new accounts, and second factors to be reset. */
export function AccountSecurityScreen() {
  return (
    <main className="page">
      <h1>账号安全</h1>
      <p className="soft" style={{ marginTop: 0 }}>
        系统管理员建账号，安全管理员授予角色：一个人不能既建账号又放行。
      </p>
      <WaitingGrants />
      <FactorResets />
    </main>
  );
}

function WaitingGrants() {
  const list = usePages({
    queryKey,
    read: (cursor) => callApi(listWaitingGrants, { query: { limit: 50, cursor } }),
  });
  const items = list.data?.items ?? [];
  return (
    <section className="card" style={{ marginBottom: 12 }}>
      <h2>等待授予角色的账号</h2>
      {list.isPending && <Loading rows={3} />}
      {list.isLoadingError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && items.length === 0 && (
        <Empty title="没有等待的账号">系统管理员新建的账号会列在这里。</Empty>
      )}
      {items.map((one) => (
        <WaitingRow key={one.id} one={one} />
      ))}
      <MoreButton list={list} />
    </section>
  );
}

function WaitingRow({ one }: { one: Waiting }) {
  const { message, modal } = App.useApp();
  const client = useQueryClient();
  const { run, failure, busy } = useSave();
  const label = roleLabels[one.role];
  const grant = async () => {
    const done = await run(() =>
      callApi(secureStaff, {
        params: { staffId: one.id },
        body: { operationId: uuidv7(), change: 'grant-role' },
      }),
    );
    if (done) void message.success(`已授予${label}`);
    await client.invalidateQueries({ queryKey });
  };
  const ask = () =>
    modal.confirm({
      title: `授予 ${one.name}（${one.username}）${label}？`,
      content: isAdministrator(one.role)
        ? '系统、安全、审计三类管理员须由三个人担任，请先核实此人不兼任另一类。'
        : '请先核实此人在该机构任职。授予后即可登录。',
      okText: '已核实，授予',
      cancelText: '取消',
      onOk: grant,
    });
  return (
    <div style={{ padding: '8px 0', borderTop: '1px solid var(--line)' }}>
      <div className="row spread" style={{ flexWrap: 'wrap', gap: 8 }}>
        <span>
          <b>{one.name}</b> {label} <span className="small soft">{one.username}</span>
          <div className="small soft">
            {one.organizationName} · {printInstant(one.since)} 新建
          </div>
        </span>
        <Button size="small" type="primary" loading={busy} onClick={ask}>
          授予角色
        </Button>
      </div>
      {one.sameName.length > 0 && (
        <div className="small" style={{ color: 'var(--late)' }}>
          与管理员账号 {one.sameName.join('、')} 同名：同一个人不能兼任两类管理员。
        </div>
      )}
      <FailureText text={failure} />
    </div>
  );
}
