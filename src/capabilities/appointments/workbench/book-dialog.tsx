import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { type ApiProblem, callApi } from '#platform/browser/api-client.ts';
import { useWrite, WriteProblem } from '#platform/browser/use-write.tsx';
import { bookAppointment, changeAppointment, type Slot } from '../contract.ts';
import { appointmentQueries, usualPurposes } from './appointment-words.ts';
import { PersonPicker } from './person-picker.tsx';

/** A booking that is to be moved to the picked slot. */
export interface Changing {
  readonly appointmentId: string;
  readonly version: number;
  readonly purpose: string;
  readonly words: string;
}

/** Books the picked slot for a person, or moves a booking to it; a full slot names the next free one. */
export function BookDialog(props: {
  slot: Slot;
  resident: { id: string; name: string } | undefined;
  changing: Changing | undefined;
  onNext: (next: { day: string }) => void;
  onClose: (isDone: boolean) => void;
}) {
  const { slot, changing } = props;
  const [ids, setIds] = useState(() => ({ operationId: uuidv7(), appointmentId: uuidv7() }));
  const [person, setPerson] = useState(props.resident);
  const [purpose, setPurpose] = useState(changing?.purpose ?? '');
  const write = useWrite(appointmentQueries);
  const asked = write.problem?.code === 'needs-confirmation';
  const save = async () => {
    if (!person) return;
    const confirmed = asked ? ['slotId:same-half-day'] : [];
    const done = await write.run(
      () =>
        changing
          ? callApi(changeAppointment, {
              params: { appointmentId: changing.appointmentId },
              body: {
                operationId: ids.operationId,
                version: changing.version,
                slotId: slot.id,
                confirmed,
              },
            })
          : callApi(bookAppointment, {
              body: { ...ids, residentId: person.id, slotId: slot.id, purpose, confirmed },
            }),
      changing ? '已改约' : '已预约，提醒已排入',
    );
    if (done) props.onClose(true);
    else setIds({ operationId: uuidv7(), appointmentId: uuidv7() });
  };
  return (
    <Modal
      open
      title={`${changing ? '改约到' : '预约'} ${slot.title}`}
      okText={asked ? '已核对，确认预约' : changing ? '改约' : '预约'}
      okButtonProps={{ disabled: !person || purpose.trim() === '' }}
      cancelText="取消"
      confirmLoading={write.busy}
      onCancel={() => props.onClose(false)}
      onOk={() => void save()}
    >
      <p>
        {slot.organizationName} · {slot.day} {slot.starts}–{slot.ends}
        {slot.doctorName && ` · ${slot.doctorName}`}
      </p>
      {props.resident ? (
        <p>
          居民 <b>{props.resident.name}</b>
        </p>
      ) : (
        <PersonPicker picked={person} onPick={setPerson} />
      )}
      {!changing && (
        <>
          <Input
            aria-label="事由"
            placeholder="事由"
            maxLength={100}
            value={purpose}
            onChange={(event) => setPurpose(event.target.value)}
          />
          <div className="choices" style={{ marginTop: 8 }}>
            {usualPurposes.map((one) => (
              <Button
                key={one}
                size="small"
                type={purpose === one ? 'primary' : 'default'}
                onClick={() => setPurpose(one)}
              >
                {one}
              </Button>
            ))}
          </div>
        </>
      )}
      <WriteProblem problem={write.problem} />
      <NextFree problem={write.problem} onNext={props.onNext} />
    </Modal>
  );
}

function NextFree(props: { problem: ApiProblem | undefined; onNext: (next: { day: string }) => void }) {
  const day = props.problem?.code === 'slot-full' ? props.problem.extra.nextDay : undefined;
  if (typeof day !== 'string') return null;
  return <Button onClick={() => props.onNext({ day })}>去看 {day} 的号</Button>;
}
