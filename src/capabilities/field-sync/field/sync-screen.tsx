import { useState } from 'react';
import { FieldButton, FieldEmpty, FieldTag } from '#platform/browser/field/controls.tsx';
import { FieldLink } from '#platform/browser/field/navigation.tsx';
import type { StoredOperation, SyncState } from '#platform/browser/offline/field-store.ts';
import type { FieldOperation } from '../domain/field-operation.ts';
import { sizeWords } from '../domain/size-words.ts';
import { ExportUnsent } from './export-unsent.tsx';
import { PlaceFrame } from './field-frame.tsx';
import { usePhone, useStoreVersion, useSyncState } from './phone-context.tsx';
import { RefusedOperations } from './refused-operations.tsx';
import { SignInAgain } from './sign-in-again.tsx';
import { skewWords } from './skew-words.ts';
import { timeWords, titleOf } from './typed-words.ts';

type Stored = StoredOperation<FieldOperation>;
const phaseWords: Readonly<Record<SyncState['phase'], string>> = {
  idle: '空闲',
  syncing: '正在与服务器交换',
  offline: '连不上服务器，稍后自动再试',
  'signed-out': '登录已过期，请重新登录后上传',
  wiped: '本机数据已按要求清除',
};
const shownSent = 20;

/** What is on the phone and not yet on the server, what came back and how to mend it, and how the store stands. */
export function SyncScreen() {
  const { store, lock, doctorName } = usePhone();
  useStoreVersion();
  const state = useSyncState();
  const [busy, setBusy] = useState(false);
  const waiting = store
    .operations()
    .filter((one) => one.state === 'saved-on-phone' || one.state === 'waiting');
  const sent = store.operations({ state: 'sent' }).slice(0, shownSent);
  const conflicted = [...store.lines()].filter((line) => line.hasConflict);
  const sync = async () => {
    setBusy(true);
    await store.syncNow();
    setBusy(false);
  };
  return (
    <PlaceFrame title="同步">
      <section className="f-card">
        <dl className="f-pairs">
          <dt>状态</dt>
          <dd>{phaseWords[state.phase]}</dd>
          <dt>等待上传</dt>
          <dd>{state.pending} 项</dd>
          <dt>需要您处理</dt>
          <dd>{state.needsYou} 项</dd>
          <dt>上次联系</dt>
          <dd>{state.lastContactAt ? timeWords(state.lastContactAt) : '还没有'}</dd>
          <dt>本机人数</dt>
          <dd>
            {state.people} 人{state.scopeName && `（${state.scopeName}）`}
          </dd>
          {state.firstSync && (
            <>
              <dt>首次取回</dt>
              <dd>
                {state.firstSync.received} / {state.firstSync.expected}
              </dd>
            </>
          )}
          <dt>存储</dt>
          <dd>
            {state.isPersisted ? '浏览器已承诺长期保存' : '浏览器未承诺长期保存；请安装到桌面，并尽快上传'}
          </dd>
          <dt>手机空间</dt>
          <dd>
            {state.room
              ? `已用 ${sizeWords(state.room.used)}，还可存 ${sizeWords(Math.max(0, state.room.quota - state.room.used))}`
              : '浏览器没有告诉'}
            {state.isStorageShort && '；不够开始新的表，请清理照片或应用'}
          </dd>
          {state.clockSkewMinutes !== null && (
            <>
              <dt>手机时间</dt>
              <dd>{skewWords(state.clockSkewMinutes)}，日期已按服务器时间填写</dd>
            </>
          )}
        </dl>
        {state.problem && (
          <div className="f-note" data-state="crisis" role="alert">
            {state.problem.title}。{state.problem.detail}
          </div>
        )}
        <SignInAgain isNeeded={state.phase === 'signed-out'} />
        <div className="f-row" style={{ marginTop: 10 }}>
          <FieldButton kind="main" disabled={busy} onClick={() => void sync()} style={{ flex: 1 }}>
            {busy ? '正在同步…' : '现在同步'}
          </FieldButton>
          <FieldButton kind="quiet" onClick={lock}>
            锁屏 · 换人
          </FieldButton>
        </div>
        <p className="f-small f-soft" style={{ marginBottom: 0 }}>
          当前：{doctorName}
        </p>
      </section>
      <RefusedOperations />
      {state.pending + state.needsYou > 0 && <ExportUnsent />}
      {conflicted.length > 0 && (
        <section className="f-card">
          <h2>两个不同的值，请选一个</h2>
          {conflicted.map((line) => (
            <FieldLink key={line.id} to={`/people/${line.id}`} className="f-line-main">
              {line.name}
            </FieldLink>
          ))}
        </section>
      )}
      <Operations title={`等待上传 ${waiting.length}`} items={waiting} />
      <Operations title="最近已上传" items={sent} />
      {waiting.length + sent.length + state.needsYou === 0 && <FieldEmpty title="还没有在本机保存过内容" />}
    </PlaceFrame>
  );
}

function Operations({ title, items }: { title: string; items: readonly Stored[] }) {
  const { store } = usePhone();
  if (items.length === 0) return null;
  return (
    <details className="f-card f-details">
      <summary>{title}</summary>
      <ul className="f-small" style={{ margin: 0, padding: 0, listStyle: 'none' }}>
        {items.map((one) => (
          <li key={one.operation.operationId} className="f-row f-spread" style={{ padding: '6px 0' }}>
            <span>{titleOf(store, one)}</span>
            <span className="f-row">
              {one.attempts > 0 && one.state !== 'sent' && (
                <span className="f-soft">试过 {one.attempts} 次</span>
              )}
              <FieldTag state={one.state === 'sent' ? 'good' : 'plain'}>
                {one.state === 'sent' ? '已上传' : one.state === 'waiting' ? '等前一项' : '本机已存'}
              </FieldTag>
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
