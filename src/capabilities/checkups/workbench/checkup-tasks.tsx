import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { useWrite, useWriteIds, WriteProblem } from '#platform/browser/use-write.tsx';
import { mayDo } from '#standards/access-policy.ts';
import { type CheckupTask, closeCheckupTask, listCheckupTasks } from '../contract.ts';

export const taskLabels: Readonly<Record<CheckupTask['kind'], string>> = {
  recheck: '复查',
  refer: '转诊',
  suspect: '明确诊断',
};

/** What is still to be done after checkups, the earliest day first. */
export function CheckupTasks() {
  const tasks = usePages({
    queryKey: ['checkup-tasks'],
    read: (cursor) => callApi(listCheckupTasks, { query: { limit: 50, cursor } }),
  });
  const items = tasks.data?.items ?? [];
  if (tasks.isPending) return <Loading />;
  if (tasks.isLoadingError) return <Failure error={tasks.error} onRetry={() => void tasks.refetch()} />;
  if (items.length === 0) return <Empty title="没有待办">体检结论采纳后，复查、转诊等会列在这里。</Empty>;
  return (
    <>
      <div className="card">
        {items.map((task) => (
          <TaskLine key={task.id} task={task} />
        ))}
      </div>
      <MoreButton list={tasks} />
    </>
  );
}

/** One task with its day and reason, and the words it is closed with. */
export function TaskLine({ task }: { task: CheckupTask }) {
  const actor = useActor();
  const { ids } = useWriteIds();
  const { run, problem, busy } = useWrite([['checkup-tasks'], ['checkups', task.residentId], ['checkup']]);
  const [note, setNote] = useState<string>();
  const close = () =>
    run(
      () =>
        callApi(closeCheckupTask, {
          params: { taskId: task.id },
          body: { operationId: ids.operationId, note: note ?? '' },
        }),
      '已办结',
    );
  const isLate = task.closedAt === null && task.dueOn < actor.today;
  return (
    <div style={{ padding: '8px 0', borderTop: '1px solid var(--line)' }}>
      <div className="row spread">
        <span className="row">
          <StateTag state={isLate ? 'late' : task.kind === 'refer' ? 'crisis' : 'recheck'}>
            {taskLabels[task.kind]}
          </StateTag>
          <Link to="/residents/$residentId" params={{ residentId: task.residentId }}>
            <b>{task.residentName}</b>
          </Link>
          <span>{task.what}</span>
        </span>
        {task.closedAt ? (
          <span className="small soft">已办结：{task.closeNote}</span>
        ) : (
          <span className="row">
            <span className="small">{task.dueOn} 前</span>
            {mayDo(actor.role, 'follow-ups.write') && note === undefined && (
              <Button size="small" onClick={() => setNote('')}>
                办结
              </Button>
            )}
          </span>
        )}
      </div>
      <div className="small soft">
        {task.reason} · {task.organizationName}
      </div>
      {note !== undefined && task.closedAt === null && (
        <div className="row" style={{ marginTop: 6 }}>
          <Input
            autoFocus
            aria-label="办理结果"
            placeholder="办理结果，如：已到县医院就诊"
            style={{ width: 320, maxWidth: '100%' }}
            maxLength={200}
            value={note}
            onChange={(event) => setNote(event.target.value)}
            onPressEnter={() => void close()}
          />
          <Button type="primary" loading={busy} onClick={() => void close()}>
            保存
          </Button>
        </div>
      )}
      <WriteProblem problem={problem} />
    </div>
  );
}
