import { Button, Input } from 'antd';
import { helpWith } from '#capabilities/referrals/domain/referral-help.ts';
import { type Urgency, urgencies } from '#capabilities/referrals/domain/referral-states.ts';
import { CallFirst } from '#capabilities/referrals/workbench/call-first.tsx';
import {
  elsewhere,
  type Receiver,
  ReceiverSelect,
  receiverOf,
  useReceivers,
} from '#capabilities/referrals/workbench/receiver-select.tsx';
import { HandlingChecklist, SuggestedDepartments } from '#capabilities/referrals/workbench/referral-help.tsx';
import { dayInChina } from '#kernel/plain-date.ts';
import { useKept } from '#platform/browser/use-kept.ts';
import { useWriteIds } from '#platform/browser/use-write.tsx';
import { ChoiceRow } from './choice-row.tsx';
import { ProblemText, useAct } from './use-act.tsx';

const urgencyChoices = (['routine', 'soon', 'emergency'] as const).map((value) => ({
  value,
  label: urgencies[value],
}));

interface Typed extends Receiver {
  readonly urgency: Urgency;
  readonly reason: string;
  readonly firstHandling: string;
}

/** A referral as it is asked for, with the ids of the write. */
export interface AskedReferral extends Omit<Typed, 'to'> {
  readonly operationId: string;
  readonly referralId: string;
  readonly toOrganizationId?: string;
}

/** To which house, how urgent, why, and what was done first. What is typed is kept under `draft` until it is sent. */
export function ReferralFields(props: {
  readonly residentId: string;
  readonly draft: string;
  /** What stands there to begin with. */
  readonly proposed?: Pick<Typed, 'urgency' | 'reason'> | undefined;
  readonly action: string;
  readonly send: (asked: AskedReferral) => Promise<unknown>;
  readonly onSent?: () => void;
}) {
  const { residentId } = props;
  const [typed, setTyped, drop] = useKept<Typed>(props.draft, {
    toDepartment: '',
    urgency: props.proposed?.urgency ?? 'routine',
    reason: props.proposed?.reason ?? '',
    firstHandling: '',
  });
  const houses = useReceivers(residentId);
  const to = typed.to ?? houses.items[0]?.id;
  const act = useAct();
  const help = helpWith(typed, dayInChina(new Date()));
  const { ids, renew } = useWriteIds();
  const save = async () => {
    const { urgency, reason, firstHandling } = typed;
    const asked = {
      operationId: ids.operationId,
      referralId: ids.id,
      ...receiverOf(typed, to),
      urgency,
      reason,
      firstHandling,
    };
    const done = await act.run(
      () => props.send(asked),
      to === elsewhere ? '转诊申请已提交' : '转诊申请已提交，已送到对方',
    );
    if (!done) return;
    renew();
    drop();
    props.onSent?.();
  };
  return (
    <div style={{ display: 'grid', gap: 8 }}>
      <div className="row">
        <ReceiverSelect
          houses={houses}
          value={typed}
          onChange={(receiver) => setTyped({ ...typed, ...receiver })}
        />
        <ChoiceRow
          label="缓急"
          options={urgencyChoices}
          value={typed.urgency}
          onChange={(urgency) => setTyped({ ...typed, urgency })}
        />
      </div>
      {typed.urgency === 'emergency' && <CallFirst house={houses.items.find((one) => one.id === to)} />}
      <Input.TextArea
        aria-label="转诊理由"
        placeholder="转诊理由"
        autoSize={{ minRows: 2, maxRows: 5 }}
        maxLength={500}
        value={typed.reason}
        onChange={(event) => setTyped({ ...typed, reason: event.target.value })}
      />
      {to !== elsewhere && (
        <SuggestedDepartments
          departments={help.departments}
          chosen={typed.toDepartment}
          onChoose={(toDepartment) => setTyped({ ...typed, toDepartment })}
        />
      )}
      <Input.TextArea
        aria-label="初步处理"
        placeholder="已做的初步处理（用药、吸氧、监测等）"
        autoSize={{ minRows: 2, maxRows: 5 }}
        maxLength={1000}
        value={typed.firstHandling}
        onChange={(event) => setTyped({ ...typed, firstHandling: event.target.value })}
      />
      <HandlingChecklist
        steps={help.steps}
        text={typed.firstHandling}
        onChange={(firstHandling) => setTyped({ ...typed, firstHandling })}
      />
      <div className="row">
        <Button
          danger
          type="primary"
          loading={act.busy}
          disabled={houses.isPending}
          onClick={() => void save()}
        >
          {props.action}
        </Button>
        <span className="small soft">
          {to === elsewhere
            ? '对方不在本平台，不会自动收到；请另行联系。'
            : '对方只看到这份转诊与自动附上的诊断、最近的检查和用药，看不到档案。'}
        </span>
        <ProblemText problem={act.problem} />
      </div>
    </div>
  );
}
