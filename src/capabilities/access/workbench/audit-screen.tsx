import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Input, Segmented } from 'antd';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { printInstant } from '#platform/browser/print-instant.ts';
import { usePages } from '#platform/browser/use-pages.ts';
import type { EndpointResponse } from '#standards/endpoint.ts';
import { type AuditLineShown, checkAuditTrail, listAuditTrail, showAuditState } from '../audit-contract.ts';
import { type AuditGroup, auditGroupNames, auditGroups } from '../domain/audit-groups.ts';

/** The audit administrator's screen: whether the trail is whole, and what is in it. */
export function AuditScreen() {
  return (
    <main className="page">
      <h1>审计记录</h1>
      <p className="soft" style={{ marginTop: 0 }}>
        谁、何时、在哪里、为何做了什么，只增不改。这里只见档案编号，不见居民姓名；您的查阅也入审计。
      </p>
      <TrailState />
      <Trail />
    </main>
  );
}

function TrailState() {
  const state = useQuery({ queryKey: ['audit-state'], queryFn: () => callApi(showAuditState) });
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<EndpointResponse<typeof checkAuditTrail> | 'failed'>();
  if (state.isPending) return <Loading rows={2} />;
  if (state.isLoadingError) return <Failure error={state.error} onRetry={() => void state.refetch()} />;
  const { seals, lastSealedAt, unsealed, oldestAt } = state.data;
  const check = async () => {
    setBusy(true);
    setFound(await callApi(checkAuditTrail, { body: {} }).catch(() => 'failed' as const));
    setBusy(false);
    void state.refetch();
  };
  return (
    <section className="card" style={{ marginBottom: 12 }}>
      <div className="row spread" style={{ flexWrap: 'wrap', gap: 8 }}>
        <span>
          封条 <b>{seals}</b> 条{lastSealedAt && `，最近 ${printInstant(lastSealedAt)}`}；待封存 {unsealed} 条
          {oldestAt && <span className="soft">；最早一条 {printInstant(oldestAt)}</span>}
        </span>
        <Button onClick={() => void check()} loading={busy}>
          核对最近的记录
        </Button>
      </div>
      <div role="status">{found && <CheckResult found={found} />}</div>
      <p className="small soft" style={{ margin: '6px 0 0' }}>
        全部核对、对照外部存证，在服务器上运行 npm start -- --verify-audit --roots 存证文件夹。
      </p>
    </section>
  );
}

function CheckResult({ found }: { found: EndpointResponse<typeof checkAuditTrail> | 'failed' }) {
  if (found === 'failed')
    return <p style={{ color: 'var(--crisis)', margin: '6px 0 0' }}>没有核对成功，请重试。</p>;
  if (found.findings.length === 0)
    return (
      <p style={{ margin: '6px 0 0' }}>
        <StateTag state="good">完整</StateTag> 核对了最近 {found.seals} 条封条、{found.rows}{' '}
        条记录，未被改动。
      </p>
    );
  return (
    <div style={{ color: 'var(--crisis)', marginTop: 6 }}>
      <b>审计记录不完整，请保留现场：</b>
      {found.findings.map((one) => (
        <div key={`${one.number} ${one.what}`}>
          第 {one.number} 条封条：{one.what}
        </div>
      ))}
    </div>
  );
}

function Trail() {
  const [group, setGroup] = useState<AuditGroup>('all');
  const [username, setUsername] = useState('');
  const [refusedOnly, setRefusedOnly] = useState(false);
  const [from, setFrom] = useState('');
  const [through, setThrough] = useState('');
  const list = usePages({
    queryKey: ['audit-trail', group, username, refusedOnly, from, through],
    read: (cursor) =>
      callApi(listAuditTrail, {
        query: {
          group,
          refusedOnly: refusedOnly ? 'yes' : 'no',
          limit: 50,
          cursor,
          ...(username ? { username } : {}),
          ...(from ? { from } : {}),
          ...(through ? { through } : {}),
        },
      }),
  });
  const items = list.data?.items ?? [];
  return (
    <>
      <div style={{ overflowX: 'auto', marginBottom: 8 }}>
        <Segmented<AuditGroup>
          value={group}
          onChange={setGroup}
          options={auditGroupNames.map((value) => ({ value, label: auditGroups[value].label }))}
        />
      </div>
      <div className="row" style={{ flexWrap: 'wrap', gap: 8, marginBottom: 12 }}>
        <Input.Search
          aria-label="用户名"
          placeholder="用户名"
          allowClear
          maxLength={64}
          onSearch={(text) => setUsername(text.trim())}
          style={{ width: 180 }}
        />
        <span className="row" style={{ gap: 4 }}>
          <Input
            type="date"
            aria-label="从哪天"
            value={from}
            onChange={(event) => setFrom(event.target.value)}
            style={{ width: 150 }}
          />
          至
          <Input
            type="date"
            aria-label="到哪天"
            value={through}
            onChange={(event) => setThrough(event.target.value)}
            style={{ width: 150 }}
          />
        </span>
        <Checkbox checked={refusedOnly} onChange={(event) => setRefusedOnly(event.target.checked)}>
          只看被拒绝的
        </Checkbox>
      </div>
      {list.isPending && <Loading rows={8} />}
      {list.isLoadingError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && items.length === 0 && (
        <Empty title="没有符合的记录">换一个类别、账号或日期再查。</Empty>
      )}
      {items.length > 0 && (
        <section className="card" style={{ padding: '4px 16px', marginBottom: 12 }}>
          {items.map((one, index) => (
            <Line key={one.entryId} one={one} isFirst={index === 0} />
          ))}
        </section>
      )}
      <MoreButton list={list} />
    </>
  );
}

function Line({ one, isFirst }: { one: AuditLineShown; isFirst: boolean }) {
  const [open, setOpen] = useState(false);
  const facts = [
    ['动作', one.action],
    ['用途', one.purpose],
    ['地址', one.address],
    ['设备', one.device],
    ['档案', one.residentId],
    ['对象', one.subject],
    ['请求', one.requestId],
    ['补充', one.detail],
    ['数据库时间', one.databaseAt && printInstant(one.databaseAt)],
  ].filter(([, value]) => value);
  return (
    <div style={{ padding: '8px 0', borderTop: isFirst ? 0 : '1px solid var(--line)' }}>
      <button
        type="button"
        className="link-button row spread"
        aria-expanded={open}
        style={{ width: '100%', textAlign: 'left', flexWrap: 'wrap', gap: 4, color: 'inherit' }}
        onClick={() => setOpen(!open)}
      >
        <span style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          {one.isRefused && <StateTag state="late">被拒绝</StateTag>} <b>{one.deed}</b>
          <span className="small soft">
            {' '}
            {one.staffName}
            {one.username && `（${one.username}）`} {one.roleLabel} {one.organizationName}
          </span>
        </span>
        <span className="small soft">{printInstant(one.at)}</span>
      </button>
      {open && (
        <dl className="small" style={{ margin: '6px 0 0', overflowWrap: 'anywhere' }}>
          {facts.map(([name, value]) => (
            <div key={name}>
              <span className="soft">{name} </span>
              {value}
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
