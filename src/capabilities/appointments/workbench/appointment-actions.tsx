import { Link } from '@tanstack/react-router';
import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { plainDate } from '#kernel/plain-date.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { useWrite, WriteProblem } from '#platform/browser/use-write.tsx';
import { type Appointment, settleAppointment } from '../contract.ts';
import { isOver } from '../domain/slot-time.ts';
import { appointmentQueries, statusLabels, statusTones } from './appointment-words.ts';

/** What became of a booking, or what may still be done with it. */
export function AppointmentActions({
  appointment,
  mayWrite,
}: {
  appointment: Appointment;
  mayWrite: boolean;
}) {
  const actor = useActor();
  const [asked, setAsked] = useState({ intent: '', operationId: '' });
  const [cancelling, setCancelling] = useState(false);
  const [reason, setReason] = useState('');
  const write = useWrite(appointmentQueries);
  const settle = async (status: 'cancelled' | 'arrived' | 'no-show') => {
    // The same wish keeps its id, so that asking again after an answer was lost is harmless; another wish is another operation.
    const intent = [status, appointment.version, reason].join('\n');
    const operationId = asked.intent === intent ? asked.operationId : uuidv7();
    setAsked({ intent, operationId });
    const done = await write.run(
      () =>
        callApi(settleAppointment, {
          params: { appointmentId: appointment.id },
          body: { operationId, version: appointment.version, status, reason },
        }),
      statusLabels[status],
    );
    if (done) setCancelling(false);
  };
  if (!mayWrite || appointment.status !== 'booked')
    return <StateTag state={statusTones[appointment.status]}>{statusLabels[appointment.status]}</StateTag>;
  const isToday = appointment.day === actor.today;
  return (
    <span className="row" style={{ gap: 6 }}>
      {isToday && (
        <Button size="small" type="primary" loading={write.busy} onClick={() => void settle('arrived')}>
          到诊
        </Button>
      )}
      {isOver({ ends: appointment.ends, day: plainDate(appointment.day) }, new Date()) && (
        <Button size="small" onClick={() => void settle('no-show')}>
          爽约
        </Button>
      )}
      {appointment.day >= actor.today && (
        <>
          <Link
            to="/appointments"
            search={{ residentId: appointment.residentId, change: appointment.id, day: appointment.day }}
          >
            <Button size="small">改约</Button>
          </Link>
          <Button size="small" onClick={() => setCancelling(true)}>
            取消
          </Button>
        </>
      )}
      {!cancelling && <WriteProblem problem={write.problem} />}
      <Modal
        open={cancelling}
        title={`取消${appointment.name}的预约`}
        okText="取消预约"
        cancelText="返回"
        confirmLoading={write.busy}
        onCancel={() => setCancelling(false)}
        onOk={() => void settle('cancelled')}
      >
        <Input
          aria-label="取消原因"
          placeholder="取消原因"
          maxLength={100}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <WriteProblem problem={write.problem} />
      </Modal>
    </span>
  );
}
