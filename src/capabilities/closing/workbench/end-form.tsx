import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { PlainDate } from '#kernel/plain-date.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { useActor } from '#platform/browser/session.tsx';
import { useWrite, useWriteIds, WriteProblem } from '#platform/browser/use-write.tsx';
import { endRecord } from '../contract.ts';
import { checkLoss, type KnownContacts } from '../domain/check-loss.ts';
import { deathSources, type EndingKind, endingLabels } from '../domain/closing-words.ts';

/** What a record of this status may still turn into. */
const possible: Readonly<Record<string, readonly EndingKind[]>> = {
  active: ['dead', 'moved', 'lost', 'refused'],
  lost: ['dead', 'moved'],
  moved: ['dead'],
};
const meanings: Readonly<Record<EndingKind, string>> = {
  dead: '专案、待办、签约与预约一并结束；不能再体检或随访。',
  moved: '迁出本县：专案、待办、签约与预约一并结束；迁往本县其他村请用上面的“县内迁移”。',
  lost: '专案与待办一并结束；联系上以后可以恢复。',
  refused: '只结束慢病管理，档案仍在管；到期再次征询。',
};

/** Ends a record for now: death, a move out of the county, loss, refusal. */
export function EndForm(props: {
  residentId: string;
  version: number;
  status: string;
  birthDate: string;
  known: KnownContacts;
}) {
  const { residentId, version } = props;
  const actor = useActor();
  const kinds = possible[props.status] ?? [];
  const [kind, setKind] = useState<EndingKind>();
  const [given, setGiven] = useState({
    onDay: actor.today,
    source: '',
    note: '',
    cause: '',
    destination: '',
    reviewOn: '',
  });
  const { ids, renew } = useWriteIds();
  const { run, problem, busy, clear } = useWrite([
    ['closing', residentId],
    ['resident', residentId],
    ['worklist'],
    ['county'],
    ['checkup-year'],
    ['checkup-year-people'],
  ]);
  const tooFew =
    kind === 'lost' && given.onDay >= props.birthDate
      ? checkLoss(props.known, given.onDay as PlainDate)
      : undefined;
  const choose = (next: EndingKind) => {
    clear();
    setKind(next === kind ? undefined : next);
  };
  const save = async () => {
    if (!kind) return;
    const done = await run(
      () =>
        callApi(endRecord, {
          params: { residentId },
          body: {
            operationId: ids.operationId,
            eventId: ids.id,
            version,
            kind,
            onDay: given.onDay,
            source: kind === 'dead' ? given.source : '',
            note: given.note,
            ...(kind === 'dead' && given.cause ? { cause: given.cause } : {}),
            ...(kind === 'moved' && given.destination ? { destination: given.destination } : {}),
            ...(kind === 'refused' && given.reviewOn ? { reviewOn: given.reviewOn } : {}),
          },
        }),
      `已登记${endingLabels[kind]}`,
    );
    if (!done) return;
    renew();
    setKind(undefined);
  };
  const text = (id: 'note' | 'cause' | 'destination', label: string, required = false) => (
    <div className="field">
      <label className="field-label" htmlFor={`end-${id}`} data-required={required}>
        {label}
      </label>
      <Input
        id={`end-${id}`}
        maxLength={id === 'note' ? 200 : 100}
        value={given[id]}
        onChange={(event) => setGiven({ ...given, [id]: event.target.value })}
      />
    </div>
  );
  const day = (id: 'onDay' | 'reviewOn', label: string) => (
    <div className="field">
      <label className="field-label" htmlFor={`end-${id}`} data-required>
        {label}
      </label>
      <Input
        id={`end-${id}`}
        type="date"
        style={{ width: 160 }}
        value={given[id]}
        onChange={(event) => setGiven({ ...given, [id]: event.target.value })}
      />
    </div>
  );
  return (
    <section className="card" aria-label="结案">
      <h2>死亡、迁出、失访、拒绝</h2>
      <div className="choices" style={{ margin: '10px 0' }} role="radiogroup" aria-label="结案原因">
        {kinds.map((one) => (
          // biome-ignore lint/a11y/useSemanticElements: buttons drawn as chips keep the one look of every sheet.
          <button
            key={one}
            type="button"
            role="radio"
            className="choice"
            aria-checked={kind === one}
            onClick={() => choose(one)}
          >
            {endingLabels[one]}
          </button>
        ))}
      </div>
      {kind && (
        <>
          <p className="small soft">{meanings[kind]}</p>
          <div className="form-grid">
            {day('onDay', kind === 'dead' ? '死亡日期' : '日期')}
            {kind === 'dead' && (
              <div className="field">
                <span className="field-label" data-required>
                  信息来源
                </span>
                <Select<string>
                  aria-label="死亡信息来源"
                  style={{ width: 200 }}
                  value={given.source || null}
                  placeholder="请选择"
                  onChange={(source) => setGiven({ ...given, source })}
                  options={Object.entries(deathSources).map(([value, label]) => ({ value, label }))}
                />
              </div>
            )}
            {kind === 'dead' && text('cause', '死因')}
            {kind === 'moved' && text('destination', '迁往何处', true)}
            {kind === 'refused' && day('reviewOn', '再次征询日期')}
            {text('note', kind === 'refused' ? '拒绝的原因' : '备注', kind === 'refused')}
          </div>
          <div className="row" style={{ marginTop: 10 }}>
            <Button
              type="primary"
              danger
              loading={busy}
              disabled={tooFew !== undefined}
              onClick={() => void save()}
            >
              登记{endingLabels[kind]}
            </Button>
            <Button onClick={() => setKind(undefined)}>取消</Button>
          </div>
          {tooFew ? (
            <p role="alert" style={{ color: 'var(--crisis)', margin: '6px 0' }}>
              {tooFew.message}
              <Button
                type="link"
                size="small"
                style={{ padding: 0 }}
                onClick={() => document.getElementById('attempt-day')?.focus()}
              >
                去记一次联系
              </Button>
            </p>
          ) : (
            <WriteProblem problem={problem} />
          )}
        </>
      )}
      {!kind && (
        <p className="small soft" style={{ margin: 0 }}>
          诊断有误：在档案“慢病管理”中对该专案结案，选“诊断有误”。
        </p>
      )}
    </section>
  );
}
