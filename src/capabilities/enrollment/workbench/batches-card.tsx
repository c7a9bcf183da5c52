import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Form, Input, Modal, Radio, Select } from 'antd';
import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { useWrite, WriteProblem } from '#platform/browser/use-write.tsx';
import { listGradingBatches, prepareGrading } from '../grading-contract.ts';
import { batchStatusWords, purposeLabels } from './grade-words.ts';

type Place = { readonly id: string; readonly name: string };

/** Grading in bulk: the latest batches, and how to begin one. */
export function BatchesCard({ places, mayGrade }: { places: readonly Place[]; mayGrade: boolean }) {
  const [isNew, setIsNew] = useState(false);
  const batches = useQuery({
    queryKey: ['grading', 'batches'],
    queryFn: () => callApi(listGradingBatches, { query: { limit: 5 } }),
  });
  const items = batches.data?.items ?? [];
  return (
    <section className="card">
      <div className="row spread">
        <h2>批量评定</h2>
        {mayGrade && <Button onClick={() => setIsNew(true)}>新的批量评定</Button>}
      </div>
      {batches.isLoadingError && <Failure error={batches.error} onRetry={() => void batches.refetch()} />}
      {batches.data && items.length === 0 && (
        <p className="soft" style={{ margin: '8px 0 0' }}>
          还没有批量评定。先预览每个人将怎样变，看过再确认；中断了可以继续。
        </p>
      )}
      {items.map((batch) => (
        <Link
          key={batch.id}
          to="/grading/batches/$batchId"
          params={{ batchId: batch.id }}
          className="row spread"
          style={{ padding: '8px 0', borderTop: '1px solid var(--line)', marginTop: 8 }}
        >
          <span className="row" style={{ gap: 8 }}>
            <StateTag state={batchStatusWords[batch.status].sign}>
              {batchStatusWords[batch.status].label}
            </StateTag>
            {purposeLabels[batch.purpose]} · {batch.organizationName}
          </span>
          <span className="small soft">
            {batch.onDay} · {batch.createdByName} · {batch.reason}
          </span>
        </Link>
      ))}
      {isNew && <NewBatchDialog places={places} onClose={() => setIsNew(false)} />}
    </section>
  );
}

function NewBatchDialog({ places, onClose }: { places: readonly Place[]; onClose: () => void }) {
  const actor = useActor();
  const navigate = useNavigate();
  const [ids] = useState(() => ({ operationId: uuidv7(), batchId: uuidv7() }));
  const { run, problem, busy } = useWrite(['grading']);
  const [form] = Form.useForm<{ organizationId: string; purpose: 'annual' | 'regrade'; reason: string }>();
  return (
    <Modal
      open
      title="新的批量评定"
      okText="开始预览"
      cancelText="取消"
      onCancel={onClose}
      onOk={form.submit}
      confirmLoading={busy}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{
          organizationId: places[0]?.id,
          purpose: 'annual',
          reason: `${actor.today.slice(0, 4)}年度评定`,
        }}
        onFinish={async (given) => {
          const made = await run(() => callApi(prepareGrading, { body: { ...ids, ...given } }));
          if (made) void navigate({ to: '/grading/batches/$batchId', params: { batchId: ids.batchId } });
        }}
      >
        <Form.Item name="organizationId" label="范围">
          <Select options={places.map(({ id, name }) => ({ value: id, label: name }))} />
        </Form.Item>
        <Form.Item name="purpose" label="目的">
          <Radio.Group
            options={[
              { value: 'annual', label: '年度评定（每人记一次）' },
              { value: 'regrade', label: '重新评定（只记有变化的人）' },
            ]}
          />
        </Form.Item>
        <Form.Item name="reason" label="事由" rules={[{ required: true, message: '请写明事由' }]}>
          <Input maxLength={200} />
        </Form.Item>
        <WriteProblem problem={problem} />
      </Form>
    </Modal>
  );
}
