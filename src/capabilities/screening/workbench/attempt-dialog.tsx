import { Form, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { callApi } from '#platform/browser/api-client.ts';
import { useActor } from '#platform/browser/session.tsx';
import { useWrite, WriteProblem } from '#platform/browser/use-write.tsx';
import { type CampaignPerson, recordAttempt } from '../contract.ts';

/** Notes that somebody was not met or refused; each time is kept. */
export function AttemptDialog(props: { campaignId: string; person: CampaignPerson; onClose: () => void }) {
  const actor = useActor();
  const [ids] = useState(() => ({ operationId: uuidv7(), attemptId: uuidv7() }));
  const { run, problem, busy } = useWrite(['campaign']);
  const [form] = Form.useForm<{ outcome: 'absent' | 'refused'; onDay: string; note?: string }>();
  return (
    <Modal
      open
      title={`${props.person.name}：上门未成`}
      okText="登记"
      cancelText="取消"
      onCancel={props.onClose}
      onOk={form.submit}
      confirmLoading={busy}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ outcome: 'absent', onDay: actor.today }}
        onFinish={async ({ note, ...given }) => {
          const done = await run(
            () =>
              callApi(recordAttempt, {
                params: { campaignId: props.campaignId, residentId: props.person.residentId },
                body: { ...ids, ...given, ...(note ? { note } : {}) },
              }),
            '已登记',
          );
          if (done) props.onClose();
        }}
      >
        <Form.Item name="outcome" label="情况">
          <Radio.Group
            options={[
              { value: 'absent', label: '不在家' },
              { value: 'refused', label: '拒绝' },
            ]}
          />
        </Form.Item>
        <Form.Item name="onDay" label="日期" rules={[{ required: true, message: '请填写日期' }]}>
          <Input type="date" max={actor.today} />
        </Form.Item>
        <Form.Item name="note" label="说明">
          <Input maxLength={200} />
        </Form.Item>
        <WriteProblem problem={problem} />
      </Form>
    </Modal>
  );
}
