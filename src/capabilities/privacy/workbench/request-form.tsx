import { App, Form, Input, Modal, Radio } from 'antd';
import { useRef } from 'react';
import { uuidv7 } from 'uuidv7';
import { plainDate } from '#kernel/plain-date.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { useWrite, WriteProblem } from '#platform/browser/use-write.tsx';
import { type RequestKind, recordPrivacyRequest, requestKinds } from '../requests-contract.ts';
import { requestKindLabels } from './request-words.ts';

interface Typed {
  readonly kind: RequestKind;
  readonly about: string;
  readonly askedBy: 'self' | 'guardian';
  readonly asker: string;
  readonly receivedOn: string;
}

/** What a resident asks about their own data, written down where they ask it. */
export function RequestForm(props: {
  residentId: string;
  residentName: string;
  needsGuardian: boolean;
  today: string;
  onClose: () => void;
}) {
  const [form] = Form.useForm<Typed>();
  const { message } = App.useApp();
  const { run, problem, busy } = useWrite(['privacy-requests']);
  // The same ids until it is done: pressing twice keeps one request.
  const ids = useRef({ operationId: uuidv7(), requestId: uuidv7() });
  const save = async (typed: Typed) => {
    const done = await run(() =>
      callApi(recordPrivacyRequest, {
        params: { residentId: props.residentId },
        body: { ...ids.current, ...typed, receivedOn: plainDate(typed.receivedOn) },
      }),
    );
    if (!done) {
      ids.current = { operationId: uuidv7(), requestId: uuidv7() };
      return;
    }
    void message.success(`已登记，须在 ${done.dueOn} 前答复`);
    props.onClose();
  };
  return (
    <Modal
      open
      title="登记居民请求"
      okText="登记"
      cancelText="取消"
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={props.onClose}
      maskClosable={false}
      destroyOnHidden
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(typed) => void save(typed)}
        initialValues={{
          kind: 'copy',
          askedBy: props.needsGuardian ? 'guardian' : 'self',
          asker: props.needsGuardian ? '' : props.residentName,
          receivedOn: props.today,
        }}
      >
        <Form.Item name="kind" label="请求">
          <Radio.Group options={requestKinds.map((value) => ({ value, label: requestKindLabels[value] }))} />
        </Form.Item>
        <Form.Item
          name="about"
          label="具体内容"
          rules={[{ required: true, whitespace: true, message: '请写明请求的内容。' }]}
        >
          <Input.TextArea rows={3} maxLength={500} placeholder="如：要一份近两年的随访记录" />
        </Form.Item>
        <Form.Item name="askedBy" label="由谁提出">
          <Radio.Group
            options={[
              { value: 'self', label: '本人' },
              { value: 'guardian', label: '监护人' },
            ]}
          />
        </Form.Item>
        <Form.Item
          name="asker"
          label="提出人姓名"
          rules={[{ required: true, whitespace: true, message: '请填写姓名。' }]}
        >
          <Input maxLength={50} />
        </Form.Item>
        <Form.Item name="receivedOn" label="收到日期" rules={[{ required: true, message: '请填写日期。' }]}>
          <Input type="date" max={props.today} style={{ maxWidth: 180 }} />
        </Form.Item>
        <WriteProblem problem={problem} />
      </Form>
    </Modal>
  );
}
