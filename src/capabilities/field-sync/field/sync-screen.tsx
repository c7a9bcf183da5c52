import { useState } from 'react';
import { BottomSheet, FieldButton, FieldEmpty, FieldTag } from '#platform/browser/field/controls.tsx';
import { FieldLink } from '#platform/browser/field/navigation.tsx';
import type { StoredOperation, SyncState } from '#platform/browser/offline/field-store.ts';
import { type FieldOperation, operationLabels } from '../domain/field-operation.ts';
import { ExportUnsent } from './export-unsent.tsx';
import { PlaceFrame } from './field-frame.tsx';
import { formTitleOf } from './form-titles.ts';
import { usePhone, useStoreVersion, useSyncState } from './phone-context.tsx';
import { problemLines } from './refusal-of.ts';
import { SignInAgain } from './sign-in-again.tsx';
import { skewWords } from './skew-words.ts';

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
            {state.isStorageAtRisk
              ? '浏览器未承诺长期保存；请安装到桌面，并尽快上传'
              : '浏览器已承诺长期保存'}
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
      <Refused />
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
      {waiting.length + sent.length === 0 && <FieldEmpty title="还没有在本机保存过内容" />}
    </PlaceFrame>
  );
}

function Refused() {
  const { store } = usePhone();
  const [givingUp, setGivingUp] = useState<Stored>();
  const refused = store.needsYou();
  if (refused.length === 0) return null;
  return (
    <section className="f-card">
      <h2>需要您处理</h2>
      {refused.map((one) => (
        <div
          key={one.operation.operationId}
          className="f-note"
          data-state="crisis"
          style={{ marginBottom: 8 }}
        >
          <div className="f-row f-spread">
            <b>{titleOf(store.line(one.operation.residentId)?.name, one)}</b>
            <span className="f-small">{timeWords(one.savedAt)}</span>
          </div>
          {one.problem && problemLines(one.problem).map((line) => <div key={line}>{line}</div>)}
          <div className="f-row" style={{ marginTop: 8 }}>
            {mendPlaceOf(one.operation) && (
              <FieldLink to={mendPlaceOf(one.operation) ?? ''} className="f-button" data-kind="main">
                打开修改
              </FieldLink>
            )}
            <FieldButton
              kind="quiet"
              onClick={() => void store.resolve(one.operation.operationId, { kind: 'retry' })}
            >
              原样再传
            </FieldButton>
            <FieldButton kind="quiet" onClick={() => setGivingUp(one)}>
              放弃
            </FieldButton>
          </div>
        </div>
      ))}
      {givingUp && <GiveUp stored={givingUp} onClose={() => setGivingUp(undefined)} />}
    </section>
  );
}

function GiveUp({ stored, onClose }: { stored: Stored; onClose: () => void }) {
  const { store } = usePhone();
  const [reason, setReason] = useState('');
  return (
    <BottomSheet title="放弃这一项" onClose={onClose}>
      <p style={{ margin: 0 }}>原文和原因会留在服务器上，不会计入记录。</p>
      <label className="f-field">
        <span className="f-label" data-required="true">
          原因
        </span>
        <input
          className="f-input"
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <FieldButton
        kind="danger"
        disabled={reason.trim() === ''}
        onClick={() =>
          void store
            .resolve(stored.operation.operationId, { kind: 'give-up', reason: reason.trim() })
            .then(onClose)
        }
      >
        放弃
      </FieldButton>
    </BottomSheet>
  );
}

/** Where a refused operation is opened again as it was typed. */
function mendPlaceOf(operation: FieldOperation): string | undefined {
  const person = `/people/${operation.residentId}`;
  switch (operation.kind) {
    case 'visit.record':
      return `${person}/visit?operation=${operation.operationId}`;
    case 'record.file':
      return `${person}/forms/${operation.body.form}?operation=${operation.operationId}`;
    case 'resident.register':
      return `/register?operation=${operation.operationId}`;
    default:
      return undefined;
  }
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
            <span>{titleOf(store.line(one.operation.residentId)?.name, one)}</span>
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

function titleOf(name: string | undefined, one: Stored): string {
  const { operation } = one;
  const what =
    operation.kind === 'record.file' ? formTitleOf(operation.body.form) : operationLabels[operation.kind];
  return `${name ?? '（已不在本机）'} · ${what}`;
}

function timeWords(at: string): string {
  const time = new Date(at);
  return Number.isNaN(time.getTime())
    ? at
    : time.toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false });
}
