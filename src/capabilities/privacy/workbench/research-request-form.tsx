import { App, Form, Input, Modal, Radio } from 'antd';
import { useRef } from 'react';
import { uuidv7 } from 'uuidv7';
import { callApi } from '#platform/browser/api-client.ts';
import { useWrite, WriteProblem } from '#platform/browser/use-write.tsx';
import { type ResearchLevel, researchLevels } from '#standards/privacy/research-levels.ts';
import { askForResearchExport } from '../research-contract.ts';
import { researchLevelWords } from './research-words.ts';

interface Typed {
  readonly project: string;
  readonly approvalNo: string;
  readonly recipient: string;
  readonly level: ResearchLevel;
}

/** An extract is asked for: what for, on whose approval, for whom, and how fine. */
export function ResearchRequestForm({ onClose }: { onClose: () => void }) {
  const [form] = Form.useForm<Typed>();
  const { message } = App.useApp();
  const { run, problem, busy } = useWrite(['research-exports']);
  // The same ids until it is done: pressing twice asks once.
  const ids = useRef({ operationId: uuidv7(), exportId: uuidv7() });
  const save = async (typed: Typed) => {
    if (!(await run(() => callApi(askForResearchExport, { body: { ...ids.current, ...typed } })))) {
      ids.current = { operationId: uuidv7(), exportId: uuidv7() };
      return;
    }
    void message.success('已申请，待另一人批准');
    onClose();
  };
  const needed = (text: string) => [{ required: true, whitespace: true, message: text }];
  return (
    <Modal
      open
      title="申请去标识科研数据"
      okText="申请"
      cancelText="取消"
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      maskClosable={false}
      destroyOnHidden
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(typed) => void save(typed)}
        initialValues={{ level: '2' }}
      >
        <Form.Item name="project" label="研究项目和用途" rules={needed('请写明研究项目和用途。')}>
          <Input.TextArea autoFocus rows={2} maxLength={300} />
        </Form.Item>
        <Form.Item
          name="approvalNo"
          label="伦理审查或项目批准文号"
          rules={needed('请填写伦理审查或项目批准文号。')}
        >
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item
          name="recipient"
          label="接收的研究机构和负责人"
          rules={needed('请写明接收的研究机构和负责人。')}
        >
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="level" label="数据级别" extra="用2级够用的，不申请3级。">
          <Radio.Group
            style={{ display: 'grid', gap: 6 }}
            options={researchLevels.map((value) => ({ value, label: researchLevelWords[value] }))}
          />
        </Form.Item>
        <WriteProblem problem={problem} />
      </Form>
    </Modal>
  );
}
