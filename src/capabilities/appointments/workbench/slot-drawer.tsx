import { Link } from '@tanstack/react-router';
import { Button, Drawer, Input, Modal } from 'antd';
import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { useWrite, WriteProblem } from '#platform/browser/use-write.tsx';
import { printSex } from '#standards/identity/print-sex.ts';
import { listSlotAppointments, type Slot, withdrawSlot } from '../contract.ts';
import { AppointmentActions } from './appointment-actions.tsx';
import { appointmentQueries } from './appointment-words.ts';

/** Who is booked in a slot; the clinic can be called off from here. */
export function SlotDrawer(props: { slot: Slot | undefined; mayWrite: boolean; onClose: () => void }) {
  const { slot } = props;
  const [callingOff, setCallingOff] = useState(false);
  const people = usePages({
    queryKey: ['appointments', 'slot', slot?.id],
    enabled: slot !== undefined,
    read: (cursor) =>
      callApi(listSlotAppointments, {
        params: { slotId: slot?.id ?? '' },
        query: { limit: 50, cursor },
      }),
  });
  const items = people.data?.items ?? [];
  return (
    <Drawer
      open={slot !== undefined}
      onClose={props.onClose}
      size="large"
      title={slot ? `${slot.title} ${slot.day} ${slot.starts}–${slot.ends}` : ''}
      extra={
        props.mayWrite &&
        slot &&
        !slot.isWithdrawn &&
        !slot.isOver && <Button onClick={() => setCallingOff(true)}>停诊</Button>
      }
    >
      {slot && people.isPending && <Loading />}
      {people.isLoadingError && <Failure error={people.error} onRetry={() => void people.refetch()} />}
      {people.isSuccess && items.length === 0 && (
        <Empty title="没有您可见的预约">只列出本机构管理的居民。</Empty>
      )}
      {items.map((one) => (
        <div key={one.id} style={{ padding: '10px 0', borderBottom: '1px solid var(--line)' }}>
          <div className="row spread">
            <span>
              <Link to="/residents/$residentId" params={{ residentId: one.residentId }}>
                {one.name} {printSex(one.sex)} {one.ageYears} 岁
              </Link>{' '}
              <span className="small soft">{one.homeName}</span>
            </span>
            <AppointmentActions appointment={one} mayWrite={props.mayWrite} />
          </div>
          <div className="small soft">
            {one.purpose} · 电话 {one.phone ?? '未登记'}
            {one.cancelReason && ` · ${one.cancelReason}`}
          </div>
        </div>
      ))}
      <MoreButton list={people} />
      {slot && callingOff && <CallOffDialog slot={slot} onClose={() => setCallingOff(false)} />}
    </Drawer>
  );
}

function CallOffDialog({ slot, onClose }: { slot: Slot; onClose: () => void }) {
  const [operationId] = useState(() => uuidv7());
  const [reason, setReason] = useState('');
  const write = useWrite(appointmentQueries);
  const save = async () => {
    const done = await write.run(
      () =>
        callApi(withdrawSlot, {
          params: { slotId: slot.id },
          body: { operationId, reason: reason.trim() || '停诊' },
        }),
      '已停诊，已排入停诊通知',
    );
    if (done) onClose();
  };
  return (
    <Modal
      open
      title="停诊"
      okText="停诊"
      okButtonProps={{ danger: true }}
      cancelText="取消"
      confirmLoading={write.busy}
      onCancel={onClose}
      onOk={() => void save()}
    >
      <p>已约的 {slot.taken} 人将取消预约并排入停诊通知。</p>
      <Input
        aria-label="停诊原因"
        placeholder="停诊原因"
        maxLength={100}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <WriteProblem problem={write.problem} />
    </Modal>
  );
}
