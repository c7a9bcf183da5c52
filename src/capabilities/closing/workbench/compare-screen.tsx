import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { RevealButton } from '#capabilities/residents/workbench/reveal-button.tsx';
import { describeAnswer } from '#kernel/form-describe.ts';
import { fieldsOf } from '#kernel/form-shape.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { printInstantDay } from '#platform/browser/print-instant.ts';
import { useActor } from '#platform/browser/session.tsx';
import { useWrite, useWriteIds, WriteProblem } from '#platform/browser/use-write.tsx';
import { mayDo } from '#standards/access-policy.ts';
import { personalInformation2017 } from '#standards/forms/personal-information/2017.ts';
import { printArchiveNumber } from '#standards/identity/archive-number.ts';
import { maskedFields } from '#standards/reveal-purposes.ts';
import { compareRecords, type MergeSide, proposeMerge } from '../merge-contract.ts';

const fields = fieldsOf(personalInformation2017);
const show = (side: MergeSide, id: string) => {
  const field = fields.find((one) => one.id === id);
  const value = side.personalInformation[id];
  if (value === undefined || value === null) return '（空）';
  return (field ? describeAnswer(field, value) : String(value)) || '（空）';
};

/** Two records side by side: which stays, what is taken from the other, why they are one person. */
export function CompareScreen() {
  const { first, second } = useSearch({ from: '/duplicates/compare' });
  const actor = useActor();
  const pair = useQuery({
    queryKey: ['compare', first, second],
    queryFn: () => callApi(compareRecords, { query: { first, second } }),
    enabled: first !== '' && second !== '',
  });
  if (first === '' || second === '')
    return (
      <main className="page">
        <Empty title="没有选择两份档案">请从“疑似重复”进入。</Empty>
      </main>
    );
  if (pair.isLoadingError)
    return (
      <main className="page">
        <Failure error={pair.error} onRetry={() => void pair.refetch()} />
      </main>
    );
  if (!pair.data)
    return (
      <main className="page">
        <Loading rows={10} />
      </main>
    );
  const mayWrite = mayDo(actor.role, 'merges.settle');
  return (
    <main className="page">
      <div className="row spread">
        <h1>比较两份档案</h1>
        <Link to="/transfers">返回</Link>
      </div>
      <Compared {...pair.data} mayWrite={mayWrite} />
    </main>
  );
}

function Compared(props: {
  first: MergeSide;
  second: MergeSide;
  differing: readonly string[];
  mayWrite: boolean;
}) {
  const { first, second, differing, mayWrite } = props;
  const [keptId, setKeptId] = useState(first.createdAt <= second.createdAt ? first.id : second.id);
  const [taken, setTaken] = useState<readonly string[]>([]);
  const [kept, removed] = keptId === first.id ? [first, second] : [second, first];
  const keep = (id: string) => {
    setKeptId(id);
    setTaken([]);
  };
  return (
    <>
      <section className="card scroll-x" aria-label="逐项比较">
        <table className="plain-table">
          <thead>
            <tr>
              <th>项目</th>
              {[kept, removed].map((side, index) => (
                <th key={side.id}>
                  <b>{index === 0 ? '保留' : '并入'}</b>{' '}
                  <Link to="/residents/$residentId" params={{ residentId: side.id }} target="_blank">
                    {side.name}
                  </Link>
                  <div className="small">{printArchiveNumber(side.archiveNo)}</div>
                  <RevealButton
                    residentId={side.id}
                    purpose="duplicate"
                    within={differing
                      .filter((id) => maskedFields.some((one) => one === id))
                      .map((id) => side.personalInformation[id])}
                    size="small"
                  />
                  {index === 1 && mayWrite && (
                    <Button size="small" onClick={() => keep(side.id)}>
                      改为保留这份
                    </Button>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Plain title="管理机构" sides={[kept.organizationName, removed.organizationName]} />
            <Plain title="建档时间" sides={[kept, removed].map((one) => printInstantDay(one.createdAt))} />
            <Plain
              title="内容"
              sides={[kept, removed].map(
                (one) => one.facts.map((fact) => `${fact.title} ${fact.count}`).join('，') || '没有',
              )}
            />
            {differing.map((id) => (
              <tr key={id}>
                <td>{fields.find((one) => one.id === id)?.label ?? id}</td>
                {(['kept', 'removed'] as const).map((side) => {
                  const isChosen = taken.includes(id) === (side === 'removed');
                  return (
                    <td key={side}>
                      {/* biome-ignore lint/a11y/useSemanticElements: buttons drawn as chips keep the one look of every sheet. */}
                      <button
                        type="button"
                        role="radio"
                        className="choice"
                        aria-checked={isChosen}
                        disabled={!mayWrite}
                        onClick={() =>
                          setTaken(
                            side === 'removed'
                              ? [...new Set([...taken, id])]
                              : taken.filter((one) => one !== id),
                          )
                        }
                      >
                        {show(side === 'kept' ? kept : removed, id)}
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
        {differing.length === 0 && <p className="soft">个人基本信息完全相同。</p>}
      </section>
      {mayWrite && <Propose kept={kept} removed={removed} taken={taken} />}
    </>
  );
}

function Plain({ title, sides }: { title: string; sides: readonly string[] }) {
  return (
    <tr>
      <td>{title}</td>
      <td>{sides[0]}</td>
      <td>{sides[1]}</td>
    </tr>
  );
}

function Propose(props: { kept: MergeSide; removed: MergeSide; taken: readonly string[] }) {
  const navigate = useNavigate();
  const [reason, setReason] = useState('');
  const { ids } = useWriteIds();
  const { run, problem, busy } = useWrite([['merges'], ['duplicates']]);
  const save = async () => {
    const done = await run(
      () =>
        callApi(proposeMerge, {
          body: {
            operationId: ids.operationId,
            mergeId: ids.id,
            keptId: props.kept.id,
            removedId: props.removed.id,
            fromRemoved: [...props.taken],
            reason,
          },
        }),
      '已提出合并，等待另一人确认',
    );
    if (done) void navigate({ to: '/merges/$mergeId', params: done });
  };
  return (
    <section className="card" aria-label="提出合并">
      <div className="row">
        <Input
          aria-label="合并的理由"
          placeholder="为何认为是同一人，如：本人到场核对证件"
          style={{ width: 380, maxWidth: '100%' }}
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          onPressEnter={() => void save()}
        />
        <Button type="primary" loading={busy} onClick={() => void save()}>
          提出合并
        </Button>
      </div>
      <p className="small soft" style={{ margin: '6px 0 0' }}>
        另一人确认后，并入档案的随访、体检、专案、签约等全部转到保留的档案，并入的档案注销；可以原样撤回。
      </p>
      <WriteProblem problem={problem} />
    </section>
  );
}
