import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { directionOf, directions } from '#capabilities/referrals/domain/choose-receiver.ts';
import { useReceivers } from '#capabilities/referrals/workbench/receiver-select.tsx';
import { ChoiceRow } from '#capabilities/visits/workbench/choice-row.tsx';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure } from '#platform/browser/design-system/page-states.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { useKept } from '#platform/browser/use-kept.ts';
import { useWrite, useWriteIds, WriteProblem } from '#platform/browser/use-write.tsx';
import { askConsultation } from '../contract.ts';
import { type ConsultationUrgency, consultationUrgencies } from '../domain/consultation-states.ts';
import { refreshed } from './refreshed.ts';

const urgencies = (['routine', 'soon'] as const).map((value) => ({
  value,
  label: consultationUrgencies[value],
}));

/** On a person’s page: asks another house, or another department of one’s own, what to do. */
export function AskConsultation({ residentId }: { residentId: string }) {
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <AskForm residentId={residentId} onDone={() => setOpen(false)} />;
  return (
    <Button style={{ alignSelf: 'start' }} onClick={() => setOpen(true)}>
      请会诊
    </Button>
  );
}

interface Typed {
  /** Empty: the likeliest. */
  readonly to: string;
  readonly toDepartment: string;
  readonly urgency: ConsultationUrgency;
  readonly reason: string;
}

function AskForm({ residentId, onDone }: { residentId: string; onDone: () => void }) {
  const actor = useActor();
  const [typed, setTyped, drop] = useKept<Typed>(`resident:${residentId}:consultation`, {
    to: '',
    toDepartment: '',
    urgency: 'routine',
    reason: '',
  });
  const { ids, renew } = useWriteIds();
  const { run, problem, busy } = useWrite(refreshed);
  const houses = useReceivers(residentId);
  const choices = [
    ...houses.items.map((one) => ({ value: one.id, label: `${one.name}（${directions[one.direction]}）` })),
    ...(directionOf(actor.organizationKind, actor.organizationKind) === undefined
      ? []
      : [{ value: actor.organizationId, label: `${actor.organizationName}（本院别的科室）` }]),
  ];
  const to = typed.to || choices[0]?.value;
  const send = async () => {
    const { toDepartment, urgency, reason } = typed;
    const done = await run(
      () =>
        callApi(askConsultation, {
          params: { residentId },
          body: {
            operationId: ids.operationId,
            consultationId: ids.id,
            toOrganizationId: to ?? '',
            toDepartment,
            urgency,
            reason,
          },
        }),
      '会诊申请已送到对方',
    );
    if (!done) return;
    renew();
    drop();
    onDone();
  };
  if (houses.isLoadingError) return <Failure error={houses.error} onRetry={() => void houses.refetch()} />;
  return (
    <div style={{ display: 'grid', gap: 8 }}>
      <div className="row">
        <Select<string>
          aria-label="请哪个机构"
          style={{ width: 300, maxWidth: '100%' }}
          loading={houses.isPending}
          showSearch={{ optionFilterProp: 'label' }}
          value={to ?? null}
          onChange={(chosen) => setTyped({ ...typed, to: chosen })}
          options={choices}
        />
        <Input
          aria-label="请哪个科室"
          placeholder="科室，如：心内科"
          style={{ width: 200, maxWidth: '100%' }}
          maxLength={60}
          value={typed.toDepartment}
          onChange={(event) => setTyped({ ...typed, toDepartment: event.target.value })}
        />
        <ChoiceRow
          label="缓急"
          options={urgencies}
          value={typed.urgency}
          onChange={(urgency) => setTyped({ ...typed, urgency })}
        />
      </div>
      <Input.TextArea
        aria-label="会诊原因"
        placeholder="病情、已用的治疗、想问的问题"
        autoSize={{ minRows: 3, maxRows: 8 }}
        maxLength={1000}
        value={typed.reason}
        onChange={(event) => setTyped({ ...typed, reason: event.target.value })}
      />
      <div className="row">
        <Button type="primary" loading={busy} disabled={houses.isPending} onClick={() => void send()}>
          送出会诊申请
        </Button>
        <Button onClick={onDone}>收起</Button>
        <span className="small soft">
          急症请转诊，不要等会诊。对方只看到这份申请与自动附上的诊断、最近的检查和用药。
        </span>
      </div>
      <WriteProblem problem={problem} />
    </div>
  );
}
