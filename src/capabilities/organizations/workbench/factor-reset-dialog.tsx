import { App, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { callApi } from '#platform/browser/api-client.ts';
import { requestFactorReset } from '#standards/session-contract.ts';
import type { StaffLine } from '../contract.ts';
import { FailureText, useSave } from './use-save.tsx';

/** Asks for the reset of a person's second factor; the security administrator has to approve it. */
export function FactorResetDialog({ person, onClose }: { person: StaffLine; onClose: () => void }) {
  const { message } = App.useApp();
  const { run, failure } = useSave();
  const [resetId] = useState(() => uuidv7());
  const [form] = Form.useForm<{ reason: string }>();
  const ask = async ({ reason }: { reason: string }) => {
    const done = await run(() =>
      callApi(requestFactorReset, { body: { resetId, staffId: person.id, reason } }),
    );
    if (!done) return;
    void message.success('已申请，请安全管理员在“账号安全”页批准');
    onClose();
  };
  return (
    <Modal
      open
      title={`申请重置 ${person.name} 的第二因子`}
      okText="申请"
      cancelText="取消"
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" onFinish={ask} requiredMark={false}>
        <Form.Item
          label="原因"
          name="reason"
          rules={[{ required: true, min: 4, message: '请写明原因（至少 4 个字）' }]}
        >
          <Input maxLength={200} placeholder="如：手机丢失，备用码也不在" />
        </Form.Item>
      </Form>
      <FailureText text={failure} />
    </Modal>
  );
}
