import { Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { callApi } from '#platform/browser/api-client.ts';
import { useActor } from '#platform/browser/session.tsx';
import { useWrite, WriteProblem } from '#platform/browser/use-write.tsx';
import {
  type ContractDetail,
  contractEndReasons,
  endContract,
  recordOffer,
  transferContract,
} from '../contract.ts';
import { contractQueries, endReasonLabels, type SigningPage } from './contract-words.ts';

interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Ends a contract with a reason. */
export function EndDialog({ contract, open, onClose }: DialogProps & { contract: ContractDetail }) {
  const actor = useActor();
  const [operationId] = useState(() => uuidv7());
  const write = useWrite(contractQueries);
  const [form] = Form.useForm<{
    reason: (typeof contractEndReasons)[number];
    endedOn: string;
    note?: string;
  }>();
  return (
    <Modal
      open={open}
      title="终止签约"
      okText="终止"
      okButtonProps={{ danger: true }}
      cancelText="取消"
      confirmLoading={write.busy}
      onCancel={onClose}
      onOk={form.submit}
      destroyOnHidden
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ reason: 'resident-asked', endedOn: actor.today }}
        onFinish={async (values) => {
          const done = await write.run(
            () =>
              callApi(endContract, {
                params: { contractId: contract.id },
                body: { operationId, version: contract.version, ...values },
              }),
            '签约已终止',
          );
          if (done) onClose();
        }}
      >
        <Form.Item name="reason" label="原因" rules={[{ required: true }]}>
          <Select options={contractEndReasons.map((value) => ({ value, label: endReasonLabels[value] }))} />
        </Form.Item>
        <Form.Item name="endedOn" label="终止日期" rules={[{ required: true, message: '请填写日期' }]}>
          <Input type="date" min={contract.signedOn} max={actor.today} />
        </Form.Item>
        <Form.Item name="note" label="说明">
          <Input.TextArea maxLength={200} rows={2} />
        </Form.Item>
        <WriteProblem problem={write.problem} />
      </Form>
    </Modal>
  );
}

/** Hands a contract to another doctor; term and packages stay. */
export function TransferDialog(
  props: DialogProps & { contract: ContractDetail; doctors: SigningPage['doctors'] },
) {
  const { contract } = props;
  const [ids] = useState(() => ({ operationId: uuidv7(), newContractId: uuidv7() }));
  const write = useWrite(contractQueries);
  const [form] = Form.useForm<{ doctorId: string; note?: string }>();
  return (
    <Modal
      open={props.open}
      title="转给其他家庭医生"
      okText="转签"
      cancelText="取消"
      confirmLoading={write.busy}
      onCancel={props.onClose}
      onOk={form.submit}
      destroyOnHidden
    >
      <p className="soft">服务期和服务包不变，以后的服务由新的家庭医生负责。</p>
      <Form
        form={form}
        layout="vertical"
        onFinish={async (values) => {
          const done = await write.run(
            () =>
              callApi(transferContract, {
                params: { contractId: contract.id },
                body: { ...ids, version: contract.version, ...values },
              }),
            '已转签',
          );
          if (done) props.onClose();
        }}
      >
        <Form.Item name="doctorId" label="家庭医生" rules={[{ required: true, message: '请选择家庭医生' }]}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={props.doctors
              .filter((one) => one.id !== contract.doctorId)
              .map((one) => ({ value: one.id, label: `${one.name}（${one.organizationName}）` }))}
          />
        </Form.Item>
        <Form.Item name="note" label="原因">
          <Input maxLength={200} />
        </Form.Item>
        <WriteProblem problem={write.problem} />
      </Form>
    </Modal>
  );
}

/** Keeps that a contract was offered and why it was not signed. */
export function OfferDialog({ residentId, open, onClose }: DialogProps & { residentId: string }) {
  const [ids] = useState(() => ({ operationId: uuidv7(), offerId: uuidv7() }));
  const write = useWrite(contractQueries);
  const [form] = Form.useForm<{ outcome: 'declined' | 'later'; reason: string }>();
  return (
    <Modal
      open={open}
      title="居民暂不签约"
      okText="记下"
      cancelText="取消"
      confirmLoading={write.busy}
      onCancel={onClose}
      onOk={form.submit}
      destroyOnHidden
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ outcome: 'later' }}
        onFinish={async (values) => {
          const done = await write.run(
            () => callApi(recordOffer, { params: { residentId }, body: { ...ids, ...values } }),
            '已记下',
          );
          if (done) onClose();
        }}
      >
        <Form.Item name="outcome" label="结果">
          <Select
            options={[
              { value: 'later', label: '以后再签' },
              { value: 'declined', label: '拒签' },
            ]}
          />
        </Form.Item>
        <Form.Item name="reason" label="原因" rules={[{ required: true, message: '请写明原因' }]}>
          <Input maxLength={200} />
        </Form.Item>
        <WriteProblem problem={write.problem} />
      </Form>
    </Modal>
  );
}
