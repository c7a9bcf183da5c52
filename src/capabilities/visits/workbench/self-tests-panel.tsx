import { Button, Input } from 'antd';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Failure } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { useWriteIds } from '#platform/browser/use-write.tsx';
import { findReadingKind, selfTestKinds } from '#standards/measurements/reading-kinds.ts';
import { claimSelfTest, listSelfTests, type SelfTest, uploadSelfTest } from '../reception-contract.ts';
import { useDangerAlarm } from './danger-note.tsx';
import { ReadingInputs, readingsOf, type TypedReadings } from './reading-inputs.tsx';
import { ProblemText, useAct } from './use-act.tsx';

const printTest = (test: SelfTest) =>
  test.readings
    .flatMap(({ kind, value }) => {
      const known = findReadingKind(kind);
      return known ? [`${known.label} ${value}`] : [];
    })
    .join('、');

/** Slips of the self-test point nobody has claimed; the open person claims theirs. */
export function SelfTestsPanel({ residentId }: { residentId: string | undefined }) {
  const [slipNo, setSlipNo] = useState('');
  const [isAdding, setAdding] = useState(false);
  const tests = usePages({
    queryKey: ['centre', 'self-tests', slipNo],
    read: (cursor) => callApi(listSelfTests, { query: { limit: 10, cursor, ...(slipNo ? { slipNo } : {}) } }),
  });
  const items = tests.data?.items ?? [];
  return (
    <section className="card" aria-label="自助检测">
      <div className="row spread">
        <h2>自助检测</h2>
        <button type="button" className="link-button small" onClick={() => setAdding(!isAdding)}>
          {isAdding ? '收起' : '录入小票'}
        </button>
      </div>
      {isAdding && <SlipForm onDone={() => setAdding(false)} />}
      <Input
        aria-label="小票号"
        placeholder="小票号"
        size="small"
        allowClear
        style={{ margin: '6px 0' }}
        value={slipNo}
        onChange={(event) => setSlipNo(event.target.value.trim())}
      />
      {tests.isLoadingError && <Failure error={tests.error} onRetry={() => void tests.refetch()} />}
      {tests.isSuccess && items.length === 0 && <p className="small soft">没有未认领的小票。</p>}
      {items.map((test) => (
        <SlipLine key={test.id} test={test} residentId={residentId} />
      ))}
      <MoreButton list={tests} size="small" />
      {!residentId && items.length > 0 && <p className="small soft">先找到居民，再认领小票。</p>}
    </section>
  );
}

function SlipLine({ test, residentId }: { test: SelfTest; residentId: string | undefined }) {
  const act = useAct();
  const { ids } = useWriteIds();
  const alarm = useDangerAlarm();
  const claim = async () => {
    if (!residentId) return;
    const claimed = await act.run(
      () =>
        callApi(claimSelfTest, {
          params: { selfTestId: test.id },
          body: { operationId: ids.operationId, residentId, recordId: ids.id },
        }),
      '已记到档案，标明为自测',
    );
    if (claimed) alarm(`小票 ${test.slipNo}`, claimed.dangers);
  };
  return (
    <div className="queue-line">
      <span className="queue-no">{test.slipNo}</span>
      <span className="small">
        {printTest(test)}
        <br />
        <span className="soft">
          {test.point} {test.takenOn} {test.takenAt}
        </span>
        {test.dangers.length > 0 && (
          <span role="alert" style={{ display: 'block' }}>
            <StateTag state="crisis">危急</StateTag> {test.dangers.join('')}请立即找到本人处理。
          </span>
        )}
        <ProblemText problem={act.problem} />
      </span>
      <Button size="small" disabled={!residentId} loading={act.busy} onClick={() => void claim()}>
        认领
      </Button>
    </div>
  );
}

function SlipForm({ onDone }: { onDone: () => void }) {
  const { today } = useActor();
  const [point, setPoint] = useState('');
  const [slipNo, setSlipNo] = useState('');
  const [takenAt, setTakenAt] = useState('');
  const [typed, setTyped] = useState<TypedReadings>({});
  const act = useAct();
  const { ids } = useWriteIds();
  const alarm = useDangerAlarm();
  const save = async () => {
    const kept = await act.run(
      () =>
        callApi(uploadSelfTest, {
          body: {
            operationId: ids.operationId,
            selfTestId: ids.id,
            point,
            slipNo,
            takenOn: today,
            takenAt,
            readings: readingsOf(typed).map(({ kind, value }) => ({ kind, value })),
          },
        }),
      '小票已录入',
    );
    if (!kept) return;
    alarm(`小票 ${slipNo}，请立即找到本人`, kept.dangers);
    onDone();
  };
  return (
    <div data-form style={{ display: 'grid', gap: 6, margin: '8px 0' }}>
      <div className="row" style={{ gap: 6 }}>
        <Input
          aria-label="检测点"
          placeholder="检测点"
          size="small"
          style={{ flex: 1 }}
          maxLength={40}
          value={point}
          onChange={(event) => setPoint(event.target.value)}
        />
        <Input
          aria-label="新小票号"
          placeholder="小票号"
          size="small"
          style={{ width: 90 }}
          maxLength={20}
          value={slipNo}
          onChange={(event) => setSlipNo(event.target.value)}
        />
        <Input
          aria-label="测量时刻"
          type="time"
          size="small"
          style={{ width: 96 }}
          value={takenAt}
          onChange={(event) => setTakenAt(event.target.value)}
        />
      </div>
      <ReadingInputs section="examination" only={selfTestKinds} value={typed} onChange={setTyped} />
      <div className="row">
        <Button size="small" type="primary" loading={act.busy} onClick={() => void save()}>
          保存小票
        </Button>
        <ProblemText problem={act.problem} />
      </div>
    </div>
  );
}
