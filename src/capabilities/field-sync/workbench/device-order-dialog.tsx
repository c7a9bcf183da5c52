import { useQueryClient } from '@tanstack/react-query';
import { Button, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { ApiProblem, callApi } from '#platform/browser/api-client.ts';
import { type DeviceLine, orderDevice } from '../contract.ts';

type Order = 'wipe' | 'revoke' | 'restore';
const orders: readonly { readonly key: Order; readonly label: string; readonly what: string }[] = [
  {
    key: 'wipe',
    label: '清除本机数据',
    what: '手机丢失、换人或交回时用。它下次联网时先把未上传的内容交给服务器，再删除本机全部数据；之后本人可重新登录使用。',
  },
  {
    key: 'revoke',
    label: '收回使用资格',
    what: '除清除外，这台手机不能再为此人取回数据，直到恢复。它之后送来的内容留在服务器待处理。',
  },
  { key: 'restore', label: '恢复使用', what: '撤销清除或收回的命令；已经清除的手机需要本人重新登录。' },
];

/** Calls a phone back, or lets it be used again; always with a reason. */
export function DeviceOrderDialog({ device, onClose }: { device: DeviceLine; onClose: () => void }) {
  const client = useQueryClient();
  const [order, setOrder] = useState<Order>(device.state === 'active' ? 'wipe' : 'restore');
  const [reason, setReason] = useState('');
  const [failure, setFailure] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const send = async () => {
    if (reason.trim() === '') {
      setFailure('请写明原因。');
      return;
    }
    setIsBusy(true);
    setFailure(undefined);
    try {
      const { deviceId, userId } = device;
      await callApi(orderDevice, { params: { deviceId }, body: { userId, order, reason: reason.trim() } });
      await client.invalidateQueries({ queryKey: ['field-devices'] });
      onClose();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setFailure(`${error.title}。${error.detail}`);
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <Modal
      open
      title={`${device.userName} · ${device.deviceName}`}
      onCancel={onClose}
      footer={[
        <Button key="cancel" onClick={onClose}>
          取消
        </Button>,
        <Button
          key="send"
          type="primary"
          danger={order !== 'restore'}
          loading={isBusy}
          onClick={() => void send()}
        >
          {orders.find((one) => one.key === order)?.label}
        </Button>,
      ]}
    >
      <Radio.Group value={order} onChange={(event) => setOrder(event.target.value as Order)}>
        {orders.map(({ key, label, what }) => (
          <div key={key} style={{ marginBottom: 10 }}>
            <Radio value={key}>{label}</Radio>
            <div className="small soft" style={{ paddingLeft: 24 }}>
              {what}
            </div>
          </div>
        ))}
      </Radio.Group>
      <label htmlFor="order-reason">原因</label>
      <Input.TextArea
        id="order-reason"
        value={reason}
        maxLength={200}
        rows={2}
        onChange={(event) => setReason(event.target.value)}
      />
      {failure && (
        <p role="alert" style={{ color: 'var(--crisis)' }}>
          {failure}
        </p>
      )}
    </Modal>
  );
}
