import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { addDays, dayInChina, type PlainDate, plainDate } from '#kernel/plain-date.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { ExportButton } from '#platform/browser/design-system/export-menu.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { printInstant } from '#platform/browser/print-instant.ts';
import { exportIncident, type IncidentSummary, traceIncident } from '../incident-contract.ts';

interface Asked {
  readonly username: string;
  readonly from: PlainDate;
  readonly through: PlainDate;
}

/** An account misused or a phone lost: whom it concerns and with what, and the papers for the report. */
export function IncidentScreen() {
  const today = dayInChina(new Date());
  const [asked, setAsked] = useState<Asked>();
  const [deviceId, setDeviceId] = useState<string>();
  const ask = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    setDeviceId(undefined);
    setAsked({
      username: text('username'),
      from: plainDate(text('from')),
      through: plainDate(text('through')),
    });
  };
  return (
    <main className="page">
      <h1>泄露事件</h1>
      <p className="soft" style={{ marginTop: 0 }}>
        账号被人盗用、手机丢失时，查清涉及哪些人、哪些信息，导出报告草稿和名单。您的查阅和导出都记入审计。
      </p>
      <form className="row" style={{ flexWrap: 'wrap', gap: 8, marginBottom: 12 }} onSubmit={ask}>
        <Input
          name="username"
          aria-label="用户名"
          placeholder="出事账号的用户名"
          required
          maxLength={64}
          style={{ width: 190 }}
        />
        <span className="row" style={{ gap: 4 }}>
          <Input
            type="date"
            name="from"
            aria-label="从哪天"
            required
            defaultValue={addDays(today, -7)}
            style={{ width: 150 }}
          />
          至
          <Input
            type="date"
            name="through"
            aria-label="到哪天"
            required
            defaultValue={today}
            style={{ width: 150 }}
          />
        </span>
        <Button type="primary" htmlType="submit">
          查
        </Button>
      </form>
      {asked && <Found asked={asked} deviceId={deviceId} onPhone={setDeviceId} />}
    </main>
  );
}

function Found(props: {
  asked: Asked;
  deviceId: string | undefined;
  onPhone: (deviceId: string | undefined) => void;
}) {
  const { asked, deviceId } = props;
  const query = { ...asked, ...(deviceId ? { deviceId } : {}) };
  const found = useQuery({
    queryKey: ['incident', query],
    queryFn: () => callApi(traceIncident, { query }),
    staleTime: 0,
  });
  if (found.isPending) return <Loading rows={6} />;
  if (found.isLoadingError) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  const { accounts, phones, people } = found.data;
  return (
    <>
      <section className="card" style={{ marginBottom: 12 }}>
        <div className="row spread" style={{ flexWrap: 'wrap', gap: 8 }}>
          <b>
            {deviceId ? '手机丢失' : '账号被盗用'}：涉及 {people.all} 人
          </b>
          <ExportButton href={`${exportIncident.path}?${new URLSearchParams(query)}`} door="incident">
            导出材料
          </ExportButton>
        </div>
        <ul style={{ margin: '8px 0', paddingLeft: 20 }}>
          <li>档案被逐个打开或写入 {people.opened} 人</li>
          {deviceId && <li>保存在手机上（含已迁出的）{people.onPhone} 人</li>}
          <li>清单、检索可能显示过 {people.listed} 人（账号范围内全部，按最大范围计）</li>
        </ul>
        <div>信息种类：{found.data.kinds.join('；') || '没有涉及居民资料的记录'}</div>
        <div>
          看过全值的：{found.data.whole.map((one) => `${one.label} ${one.people} 人`).join('；') || '没有'}
        </div>
        {accounts.map((one) => (
          <div key={one.username} style={{ marginTop: 6 }}>
            {one.organizationName} {one.staffName}（{one.username}）{one.roleLabel}{' '}
            <StateTag state={one.isDisabled ? 'good' : 'late'}>
              {one.isDisabled ? '已停用' : '没有停用'}
            </StateTag>{' '}
            还有 {one.openSessions} 处登录
          </div>
        ))}
      </section>
      <Phones phones={phones} deviceId={deviceId} onPhone={props.onPhone} />
      <Deeds found={found.data} />
    </>
  );
}

function Phones(props: {
  phones: IncidentSummary['phones'];
  deviceId: string | undefined;
  onPhone: (deviceId: string | undefined) => void;
}) {
  if (props.phones.length === 0) return null;
  return (
    <section className="card" style={{ marginBottom: 12 }}>
      <h2>{props.deviceId ? '这部手机' : '这个账号的手机'}</h2>
      {props.phones.map((one) => (
        <div
          key={`${one.deviceId} ${one.username}`}
          className="row spread"
          style={{ flexWrap: 'wrap', gap: 8, padding: '4px 0' }}
        >
          <span>
            {one.name}（{one.username}）{one.stateLabel}
            <span className="soft">
              {' '}
              最近联系 {one.lastContactAt ? printInstant(one.lastContactAt) : '从未'}；{one.pending}{' '}
              项没有上传
            </span>
          </span>
          {!props.deviceId && (
            <Button size="small" onClick={() => props.onPhone(one.deviceId)}>
              这部手机丢失
            </Button>
          )}
        </div>
      ))}
      {props.deviceId && (
        <Button size="small" onClick={() => props.onPhone(undefined)}>
          只看账号
        </Button>
      )}
    </section>
  );
}

function Deeds({ found }: { found: IncidentSummary }) {
  if (found.deeds.length === 0) return <Empty title="这些天里这个账号没有做过事">换一个日期范围再查。</Empty>;
  return (
    <section className="card scroll-x" style={{ marginBottom: 12 }}>
      <h2>做过的事</h2>
      <table className="plain-table">
        <thead>
          <tr>
            <th>做过的事</th>
            <th className="number">次数</th>
            <th className="number">人数</th>
          </tr>
        </thead>
        <tbody>
          {found.deeds.map((one) => (
            <tr key={`${one.deed} ${one.isRefused}`}>
              <td>
                {one.isRefused && <StateTag state="late">被拒绝</StateTag>} {one.deed}
              </td>
              <td className="number">{one.times}</td>
              <td className="number">{one.people}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {found.exports.length > 0 && (
        <>
          <h2 style={{ marginTop: 12 }}>交出的文件</h2>
          {found.exports.map((one) => (
            <div key={one.exportId} style={{ overflowWrap: 'anywhere' }}>
              {printInstant(one.madeAt)} {one.label} {one.people} 人
              <span className="small soft"> 导出编号 {one.exportId}</span>
            </div>
          ))}
        </>
      )}
    </section>
  );
}
