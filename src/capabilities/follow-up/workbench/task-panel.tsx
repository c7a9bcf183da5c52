import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import type { OpenTask } from '#capabilities/residents/contract.ts';
import { programLabels } from '#capabilities/residents/domain/program.ts';
import { ApiProblem, callApi } from '#platform/browser/api-client.ts';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { closeTask } from '../contract.ts';
import { taskKindLabels } from '../domain/follow-up-task.ts';

/** What is due for a person, why, and how to put it off with a reason. */
export function TaskPanel({
  residentId,
  tasks,
  mayWrite,
}: {
  residentId: string;
  tasks: readonly OpenTask[];
  mayWrite: boolean;
}) {
  const actor = useActor();
  const [closing, setClosing] = useState<OpenTask>();
  if (tasks.length === 0) return null;
  return (
    <section className="card">
      <h2 style={{ marginBottom: 6 }}>待办</h2>
      {tasks.map((task) => {
        const isLate = task.latestOn < actor.today;
        const state =
          task.kind === 'crisis'
            ? 'crisis'
            : isLate || task.kind === 'refer'
              ? 'late'
              : task.kind === 'recheck'
                ? 'recheck'
                : 'plain';
        return (
          <div key={task.id} style={{ padding: '6px 0' }}>
            <div className="row spread">
              <span className="row">
                <StateTag state={state}>{taskKindLabels[task.kind]}</StateTag>
                <span>
                  {programLabels[task.program]} · 应于 {task.dueOn}
                  {isLate && '，已逾期'}
                </span>
              </span>
              {mayWrite && (
                <Button size="small" onClick={() => setClosing(task)}>
                  未能随访
                </Button>
              )}
            </div>
            <div className="small soft">{task.reason}</div>
          </div>
        );
      })}
      <PutOffDialog
        key={closing?.id ?? 'none'}
        residentId={residentId}
        task={closing}
        onClose={() => setClosing(undefined)}
      />
    </section>
  );
}

function PutOffDialog({
  residentId,
  task,
  onClose,
}: {
  residentId: string;
  task: OpenTask | undefined;
  onClose: () => void;
}) {
  const actor = useActor();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [operationId] = useState(() => uuidv7());
  const [failure, setFailure] = useState<string>();
  const [form] = Form.useForm();
  const submit = async (values: {
    reason: 'lost' | 'refused' | 'replanned' | 'other';
    note: string;
    nextDueOn: string;
  }) => {
    if (!task) return;
    setFailure(undefined);
    try {
      await callApi(closeTask, {
        params: { taskId: task.id },
        body: { operationId: `${operationId}`, ...values },
      });
      void message.success('已记录，并安排了下次随访');
      onClose();
      await client.invalidateQueries({ queryKey: ['resident', residentId] });
      await client.invalidateQueries({ queryKey: ['worklist'] });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setFailure(error.issues.map((issue) => issue.message).join(' ') || `${error.title}。${error.detail}`);
    }
  };
  return (
    <Modal
      open={task !== undefined}
      title="未能随访"
      okText="记录"
      cancelText="取消"
      onCancel={onClose}
      onOk={form.submit}
      destroyOnHidden
    >
      <Form form={form} layout="vertical" onFinish={submit}>
        <Form.Item name="reason" label="原因" rules={[{ required: true, message: '请选择原因' }]}>
          <Select
            options={[
              { value: 'lost', label: '联系不上' },
              { value: 'refused', label: '本次拒绝' },
              { value: 'replanned', label: '改期' },
              { value: 'other', label: '其他' },
            ]}
          />
        </Form.Item>
        <Form.Item name="note" label="说明" rules={[{ required: true, message: '请写明情况' }]}>
          <Input.TextArea maxLength={200} autoSize placeholder="如：外出打工，家属称下月返回" />
        </Form.Item>
        <Form.Item name="nextDueOn" label="下次随访日期" rules={[{ required: true, message: '请填写日期' }]}>
          <Input type="date" min={actor.today} />
        </Form.Item>
        {failure && (
          <p role="alert" style={{ color: 'var(--crisis)' }}>
            {failure}
          </p>
        )}
      </Form>
    </Modal>
  );
}
