import { Form, Input, Modal, Radio } from 'antd';
import { useRef } from 'react';
import { uuidv7 } from 'uuidv7';
import { plainDate } from '#kernel/plain-date.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { useWrite, WriteProblem } from '#platform/browser/use-write.tsx';
import type { ProcessingPurpose } from '#standards/privacy/processing-purposes.ts';
import { recordConsent } from '../contract.ts';

interface Typed {
  readonly givenBy: 'self' | 'guardian';
  readonly signer: string;
  readonly relation?: string;
  readonly means: 'paper' | 'spoken' | 'electronic';
  readonly onDay: string;
  readonly note?: string;
}

/** Who said it, how and when: written down once for one purpose. */
export function ConsentForm(props: {
  residentId: string;
  residentName: string;
  needsGuardian: boolean;
  purpose: ProcessingPurpose;
  deed: 'given' | 'withdrawn';
  today: string;
  onClose: () => void;
}) {
  const { residentId, purpose, deed } = props;
  const [form] = Form.useForm<Typed>();
  const givenBy = Form.useWatch('givenBy', form);
  const { run, problem, busy } = useWrite(['consents']);
  // The same ids until it is done: pressing twice keeps one word.
  const ids = useRef({ operationId: uuidv7(), consentId: uuidv7() });
  const save = async (typed: Typed) => {
    const { relation, note, ...rest } = typed;
    const body = {
      ...ids.current,
      ...rest,
      purpose: purpose.code,
      deed,
      onDay: plainDate(typed.onDay),
      ...(typed.givenBy === 'guardian' && relation ? { relation } : {}),
      ...(note ? { note } : {}),
    };
    const done = await run(
      () => callApi(recordConsent, { params: { residentId }, body }),
      deed === 'given' ? '已登记同意' : '已登记，立即生效',
    );
    if (done) props.onClose();
    else ids.current = { operationId: uuidv7(), consentId: uuidv7() };
  };
  return (
    <Modal
      open
      title={`${deed === 'given' ? '登记同意' : '登记撤回或拒绝'}：${purpose.title}`}
      okText="登记"
      cancelText="取消"
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={props.onClose}
      maskClosable={false}
      destroyOnHidden
    >
      <p>
        {deed === 'given' ? '请先告诉居民：' : '登记后立即生效：不再'}
        {purpose.plain}。
      </p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(typed) => void save(typed)}
        initialValues={{
          givenBy: props.needsGuardian ? 'guardian' : 'self',
          signer: props.needsGuardian ? '' : props.residentName,
          means: deed === 'given' ? 'paper' : 'spoken',
          onDay: props.today,
        }}
      >
        <Form.Item name="givenBy" label="由谁表示">
          <Radio.Group
            options={[
              { value: 'self', label: '本人', disabled: props.needsGuardian },
              { value: 'guardian', label: '监护人' },
            ]}
          />
        </Form.Item>
        <Form.Item name="signer" label="姓名" rules={[{ required: true, message: '请填写姓名。' }]}>
          <Input maxLength={50} />
        </Form.Item>
        {givenBy === 'guardian' && (
          <Form.Item
            name="relation"
            label="与居民的关系"
            rules={[{ required: true, message: '请填写关系，如父亲、配偶。' }]}
          >
            <Input maxLength={20} placeholder="如：母亲" />
          </Form.Item>
        )}
        <Form.Item name="means" label="方式">
          <Radio.Group
            options={[
              { value: 'paper', label: '书面' },
              { value: 'spoken', label: '口头' },
              { value: 'electronic', label: '电子' },
            ]}
          />
        </Form.Item>
        <Form.Item name="onDay" label="日期" rules={[{ required: true, message: '请填写日期。' }]}>
          <Input type="date" max={props.today} style={{ maxWidth: 180 }} />
        </Form.Item>
        <Form.Item name="note" label="说明（选填）">
          <Input maxLength={200} />
        </Form.Item>
        <WriteProblem problem={problem} />
      </Form>
    </Modal>
  );
}
