import { Button } from 'antd';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { PartTabs } from '#platform/browser/design-system/part-tabs.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { printInstantDay } from '#platform/browser/print-instant.ts';
import { useActor } from '#platform/browser/session.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { mayDo } from '#standards/access-policy.ts';
import { type DeviceLine, listDevices } from '../contract.ts';
import { sizeWords } from '../domain/size-words.ts';
import { DefinitionTable } from './definition-table.tsx';
import { DeviceOrderDialog } from './device-order-dialog.tsx';
import { HeldOperations } from './held-operations.tsx';
import { LeaseSetting } from './lease-setting.tsx';
import { ReadOutboxFile } from './read-outbox-file.tsx';

type Filter = 'all' | 'silent' | 'pending' | 'refused' | 'risk';
const tabs: readonly {
  readonly key: Filter | 'held' | 'definitions';
  readonly label: string;
  readonly none: string;
}[] = [
  { key: 'all', label: '全部手机', none: '还没有人在手机上登录过。' },
  { key: 'silent', label: '7 天没联系', none: '所有手机最近 7 天都联系过服务器。' },
  { key: 'pending', label: '有待上传', none: '上次联系时，没有手机留有未上传的内容。' },
  { key: 'refused', label: '有被退回', none: '没有被退回而未处理的内容。' },
  { key: 'risk', label: '存储或时钟有风险', none: '没有存储或时钟有风险的手机。' },
  { key: 'held', label: '留在服务器待处理', none: '' },
  { key: 'definitions', label: '表单与规则版本', none: '' },
];

const stateWords: Readonly<Record<DeviceLine['state'], string>> = {
  active: '在用',
  'wipe-ordered': '已下令清除，等它联系',
  wiped: '已清除',
  revoked: '已收回',
};

/** Every phone with who uses it: when it was last heard of, what it holds back, and calling it back. For support. */
export function SyncHealthScreen() {
  const [tab, setTab] = useState<Filter | 'held' | 'definitions'>('all');
  const none = tabs.find((one) => one.key === tab)?.none ?? '';
  // What a phone wrote about people is for those who treat them, not for who keeps the devices.
  const maySeeHeld = mayDo(useActor().role, 'field.support');
  return (
    <main className="page">
      <div>
        <h1>手机与同步</h1>
        <div className="soft small">数字是手机上次联系时自己报告的；没联系的手机上可能还有未上传的内容。</div>
        <LeaseSetting />
      </div>
      <PartTabs
        label="手机与同步"
        parts={tabs.filter(({ key }) => key !== 'held' || maySeeHeld)}
        here={tab}
        onChoose={setTab}
      />
      {tab === 'definitions' ? (
        <DefinitionTable />
      ) : tab === 'held' ? (
        <>
          <ReadOutboxFile />
          <HeldOperations />
        </>
      ) : (
        <Devices filter={tab} none={none} />
      )}
    </main>
  );
}

function Devices({ filter, none }: { filter: Filter; none: string }) {
  const [chosen, setChosen] = useState<DeviceLine>();
  const devices = usePages({
    queryKey: ['field-devices', filter],
    read: (cursor) => callApi(listDevices, { query: { filter, limit: 30, cursor } }),
  });
  const items = devices.data?.items ?? [];
  if (devices.isPending) return <Loading rows={8} />;
  if (devices.isLoadingError) return <Failure error={devices.error} onRetry={() => void devices.refetch()} />;
  if (items.length === 0) return <Empty title="没有符合的手机">{none}</Empty>;
  return (
    <>
      <div className="card" style={{ padding: 0, overflowX: 'auto' }}>
        <table className="plain-table cards-when-narrow">
          <thead>
            <tr>
              {['使用者', '手机', '上次联系', '待上传', '被退回', '存储与时钟', '状态', '处理'].map(
                (title) => (
                  <th key={title} style={{ textAlign: 'left', padding: '8px 12px', whiteSpace: 'nowrap' }}>
                    {title}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {items.map((one) => (
              <DeviceRow key={one.deviceId + one.userId} one={one} onOrder={() => setChosen(one)} />
            ))}
          </tbody>
        </table>
      </div>
      <MoreButton list={devices} />
      {chosen && <DeviceOrderDialog device={chosen} onClose={() => setChosen(undefined)} />}
    </>
  );
}

const cell = { padding: '8px 12px', borderTop: '1px solid var(--line)', verticalAlign: 'top' } as const;

function DeviceRow({ one, onOrder }: { one: DeviceLine; onOrder: () => void }) {
  const isIn = one.state === 'active';
  return (
    <tr>
      <td style={cell}>
        <b style={{ whiteSpace: 'nowrap' }}>{one.userName}</b>
        <div className="small soft">{one.organizationName}</div>
      </td>
      <td data-label="手机" style={cell}>
        {one.deviceName}
        <div className="small soft">
          应用 {one.appVersion}
          {one.engineEdition !== null && ` · 规则程序第 ${one.engineEdition} 版`}
        </div>
      </td>
      <td data-label="上次联系" style={{ ...cell, whiteSpace: 'nowrap' }}>
        {contactOf(one)}
      </td>
      <td data-label="待上传" style={cell}>
        {one.pending > 0 ? <StateTag state="recheck">{one.pending} 项</StateTag> : '0'}
      </td>
      <td data-label="被退回" style={cell}>
        {one.refused + one.held > 0 ? (
          <StateTag state="late">{Math.max(one.refused, one.held)} 项</StateTag>
        ) : (
          '0'
        )}
      </td>
      <td data-label="存储与时钟" style={cell}>
        <Risks one={one} />
      </td>
      <td data-label="状态" style={cell}>
        <StateTag state={isIn ? 'good' : 'plain'}>{stateWords[one.state]}</StateTag>
      </td>
      <td style={cell}>
        <Button size="small" onClick={onOrder} aria-label={`处置${one.userName}的手机`}>
          处置
        </Button>
      </td>
    </tr>
  );
}

function contactOf(one: DeviceLine) {
  if (one.lastContactAt === null) return <StateTag state="late">从未</StateTag>;
  const at = new Date(one.lastContactAt);
  const days = Math.floor((Date.now() - at.getTime()) / 86_400_000);
  const isToday = printInstantDay(one.lastContactAt) === printInstantDay(new Date().toISOString());
  const when = at.toLocaleString('zh-CN', {
    timeZone: 'Asia/Shanghai',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (
    <>
      {days >= 7 ? (
        <StateTag state="late">{days} 天前</StateTag>
      ) : isToday ? (
        '今天'
      ) : (
        `${Math.max(1, days)} 天前`
      )}
      <div className="small soft">{when}</div>
    </>
  );
}

/** Seconds a clock may be off before support is told; the same as the filter's. */
const toleratedSeconds = 600;

function Risks({ one }: { one: DeviceLine }) {
  const skew = one.clockSkewSeconds ?? 0;
  const risks = [
    ...(one.lostStoreAt ? [`本机数据曾被清除（${printInstantDay(one.lostStoreAt)}）`] : []),
    ...(one.differedAt ? [`本机数据曾与服务器不符，已改正（${printInstantDay(one.differedAt)}）`] : []),
    ...(one.isPersisted ? [] : ['浏览器未承诺保留数据']),
    ...(one.isStorageShort ? ['手机存储空间不足，不能开始新的表'] : []),
    ...(Math.abs(skew) > toleratedSeconds ? [`时钟${skew > 0 ? '快' : '慢'} ${spanOf(Math.abs(skew))}`] : []),
  ];
  return (
    <>
      {risks.length === 0 && <span className="soft">正常</span>}
      {risks.map((risk) => (
        <div key={risk}>
          <StateTag state="late">{risk}</StateTag>
        </div>
      ))}
      <div className="small soft">{storageOf(one)}</div>
    </>
  );
}

/** What support asks on the telephone: promised or not, where that is no risk named above, and how full. */
function storageOf(one: DeviceLine): string {
  const room =
    one.storageUsed === null || one.storageQuota === null
      ? '没有报告空间'
      : `已用 ${sizeWords(one.storageUsed)}，上限 ${sizeWords(one.storageQuota)}`;
  return one.isPersisted ? `已承诺保留，${room}` : room;
}

function spanOf(seconds: number): string {
  if (seconds < 7200) return `${Math.round(seconds / 60)} 分钟`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} 小时`;
  return `${Math.round(seconds / 86_400)} 天`;
}
