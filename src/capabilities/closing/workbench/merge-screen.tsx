import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { fieldsOf } from '#kernel/form-shape.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { printInstant } from '#platform/browser/print-instant.ts';
import { useActor } from '#platform/browser/session.tsx';
import { useWrite, useWriteIds, WriteProblem } from '#platform/browser/use-write.tsx';
import { mayDo } from '#standards/access-policy.ts';
import { personalInformation2017 } from '#standards/forms/personal-information/2017.ts';
import { printArchiveNumber } from '#standards/identity/archive-number.ts';
import { decideMerge, type LaterFact, type Merge, showMerge, undoMerge } from '../merge-contract.ts';
import { mergeLabels } from './merges.tsx';

const labelOf = (id: string) => fieldsOf(personalInformation2017).find((one) => one.id === id)?.label ?? id;

/** One merge: who proposed it, a second pair of eyes, and the way back. */
export function MergeScreen() {
  const { mergeId } = useParams({ from: '/merges/$mergeId' });
  const actor = useActor();
  const found = useQuery({
    queryKey: ['merge', mergeId],
    queryFn: () => callApi(showMerge, { params: { mergeId } }),
  });
  if (found.isLoadingError)
    return (
      <main className="page">
        <Failure error={found.error} onRetry={() => void found.refetch()} />
      </main>
    );
  if (!found.data)
    return (
      <main className="page">
        <Loading />
      </main>
    );
  const { merge, later, editedSince } = found.data;
  const mayWrite = mayDo(actor.role, 'merges.settle');
  return (
    <main className="page">
      <div className="row spread">
        <h1>
          合并档案{' '}
          <StateTag state={merge.status === 'merged' ? 'good' : 'plain'}>
            {mergeLabels[merge.status]}
          </StateTag>
        </h1>
        <Link to="/transfers">返回</Link>
      </div>
      <section className="card">
        <p style={{ marginTop: 0 }}>
          保留{' '}
          <Link to="/residents/$residentId" params={{ residentId: merge.keptId }}>
            <b>{merge.keptName}</b>
          </Link>
          （{merge.organizationName}），并入 <b>{merge.removedName}</b>{' '}
          {printArchiveNumber(merge.removedArchiveNo)}
        </p>
        <p>理由：{merge.reason}</p>
        <p>
          从并入档案取用：
          {merge.fromRemoved.length === 0 ? '无，全部按保留档案' : merge.fromRemoved.map(labelOf).join('、')}
        </p>
        <p className="small soft" style={{ marginBottom: 0 }}>
          {merge.proposedByName} 于 {printInstant(merge.proposedAt)} 提出
          {merge.decidedAt && ` · ${merge.decidedByName} 于 ${printInstant(merge.decidedAt)} 处理`}
          {merge.undoneAt && ` · ${printInstant(merge.undoneAt)} 撤回：${merge.undoReason}`}
        </p>
        {merge.status === 'proposed' && (
          <p>
            <Link to="/duplicates/compare" search={{ first: merge.keptId, second: merge.removedId }}>
              查看两份档案的比较
            </Link>
          </p>
        )}
      </section>
      {mayWrite && merge.status === 'proposed' && <Decide merge={merge} />}
      {mayWrite && merge.status === 'merged' && <Undo {...{ merge, later, editedSince }} />}
    </main>
  );
}

const refreshed = (merge: Merge) => [
  ['merge', merge.id],
  ['merges'],
  ['duplicates'],
  ['resident', merge.keptId],
  ['resident', merge.removedId],
  ['worklist'],
  ['county'],
];

function Decide({ merge }: { merge: Merge }) {
  const { ids } = useWriteIds();
  const { run, problem, busy } = useWrite(refreshed(merge));
  const decide = (accept: boolean) =>
    run(
      () =>
        callApi(decideMerge, {
          params: { mergeId: merge.id },
          body: { operationId: ids.operationId, accept },
        }),
      accept ? '已合并' : '已记录不同意',
    );
  return (
    <section className="card" aria-label="确认合并">
      {merge.isMine ? (
        <p className="soft" style={{ margin: 0 }}>
          您提出的合并须由另一人确认。
        </p>
      ) : (
        <div className="row">
          <Button type="primary" loading={busy} onClick={() => void decide(true)}>
            确认是同一人，合并
          </Button>
          <Button loading={busy} onClick={() => void decide(false)}>
            不同意
          </Button>
        </div>
      )}
      <WriteProblem problem={problem} />
    </section>
  );
}

const keyOf = (fact: LaterFact) => `${fact.table} ${fact.key}`;

function Undo({
  merge,
  later,
  editedSince,
}: {
  merge: Merge;
  later: readonly LaterFact[];
  editedSince: boolean;
}) {
  const [reason, setReason] = useState('');
  const [owners, setOwners] = useState<Readonly<Record<string, 'kept' | 'removed'>>>({});
  const [information, setInformation] = useState<'as-before' | 'as-now'>();
  const { ids } = useWriteIds();
  const { run, problem, busy } = useWrite(refreshed(merge));
  const undo = () =>
    run(
      () =>
        callApi(undoMerge, {
          params: { mergeId: merge.id },
          body: {
            operationId: ids.operationId,
            reason,
            assign: later.flatMap((fact) => {
              const to = owners[keyOf(fact)];
              return to ? [{ table: fact.table, key: fact.key, to }] : [];
            }),
            ...(information ? { personalInformation: information } : {}),
          },
        }),
      '已撤回合并',
    );
  return (
    <section className="card" aria-label="撤回合并">
      <h2>撤回合并</h2>
      <p className="small soft">两份档案恢复原样；合并后新增的内容须逐条写明归谁。</p>
      {later.map((fact) => (
        <div
          key={keyOf(fact)}
          className="row spread"
          style={{ padding: '6px 0', borderTop: '1px solid var(--line)' }}
        >
          <span>
            {fact.title} {fact.text} <span className="small soft">{printInstant(fact.at)}</span>
          </span>
          <Choice
            label={`${fact.title}归谁`}
            value={owners[keyOf(fact)]}
            options={{ kept: `归${merge.keptName}（保留）`, removed: `归${merge.removedName}（并入）` }}
            onChange={(to) => setOwners({ ...owners, [keyOf(fact)]: to })}
          />
        </div>
      ))}
      {editedSince && (
        <div className="row spread" style={{ padding: '6px 0', borderTop: '1px solid var(--line)' }}>
          <span>合并后个人信息又修改过</span>
          <Choice
            label="个人信息"
            value={information}
            options={{ 'as-before': '恢复合并前的', 'as-now': '保留现在的' }}
            onChange={setInformation}
          />
        </div>
      )}
      <div className="row" style={{ marginTop: 8 }}>
        <Input
          aria-label="撤回的原因"
          placeholder="撤回的原因，如：核实为两人"
          style={{ width: 320, maxWidth: '100%' }}
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <Button danger loading={busy} onClick={() => void undo()}>
          撤回合并
        </Button>
      </div>
      <WriteProblem problem={problem} />
    </section>
  );
}

function Choice<T extends string>(props: {
  label: string;
  value: T | undefined;
  options: Readonly<Record<T, string>>;
  onChange: (value: T) => void;
}) {
  return (
    <div className="choices" role="radiogroup" aria-label={props.label}>
      {(Object.keys(props.options) as T[]).map((one) => (
        // biome-ignore lint/a11y/useSemanticElements: buttons drawn as chips keep the one look of every sheet.
        <button
          key={one}
          type="button"
          role="radio"
          className="choice"
          aria-checked={props.value === one}
          onClick={() => props.onChange(one)}
        >
          {props.options[one]}
        </button>
      ))}
    </div>
  );
}
