import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { listReferralReceivers } from '#capabilities/referrals/contract.ts';
import { directions } from '#capabilities/referrals/domain/choose-receiver.ts';
import { type Urgency, urgencies } from '#capabilities/referrals/domain/referral-states.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure } from '#platform/browser/design-system/page-states.tsx';
import { useKept } from '#platform/browser/use-kept.ts';
import { useWriteIds } from '#platform/browser/use-write.tsx';
import { ChoiceRow } from './choice-row.tsx';
import { ProblemText, useAct } from './use-act.tsx';

const urgencyChoices = (['routine', 'soon', 'emergency'] as const).map((value) => ({
  value,
  label: urgencies[value],
}));
/** A house that is not on this platform: it stands in the department, and nobody there is told. */
const elsewhere = 'elsewhere';

interface Typed {
  /** Undefined: the likeliest. */
  readonly to?: string | undefined;
  readonly toDepartment: string;
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
  /** A reason that stands there to begin with. */
  readonly reason?: string;
  readonly action: string;
  readonly send: (asked: AskedReferral) => Promise<unknown>;
  readonly onSent?: () => void;
}) {
  const { residentId } = props;
  const [typed, setTyped, drop] = useKept<Typed>(props.draft, {
    toDepartment: '',
    urgency: 'routine',
    reason: props.reason ?? '',
    firstHandling: '',
  });
  const houses = useQuery({
    queryKey: ['referral-receivers', residentId],
    queryFn: () => callApi(listReferralReceivers, { query: { residentId } }),
  });
  const to = typed.to ?? houses.data?.items[0]?.id;
  const act = useAct();
  const { ids, renew } = useWriteIds();
  const save = async () => {
    const { to: _, ...said } = typed;
    const asked = {
      operationId: ids.operationId,
      referralId: ids.id,
      ...said,
      ...(to === undefined || to === elsewhere ? {} : { toOrganizationId: to }),
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
  if (houses.isError) return <Failure error={houses.error} onRetry={() => void houses.refetch()} />;
  return (
    <div style={{ display: 'grid', gap: 8 }}>
      <div className="row">
        <Select<string>
          aria-label="转往机构"
          style={{ width: 260, maxWidth: '100%' }}
          placeholder="转往机构"
          loading={houses.isPending}
          showSearch={{ optionFilterProp: 'label' }}
          value={to ?? null}
          onChange={(chosen) => setTyped({ ...typed, to: chosen })}
          options={[
            ...(houses.data?.items ?? []).map((one) => ({
              value: one.id,
              label: `${one.name}（${directions[one.direction]}）`,
            })),
            { value: elsewhere, label: '外县或平台以外的机构' },
          ]}
        />
        <Input
          aria-label="转往科室"
          placeholder={to === elsewhere ? '机构与科室，如：市中心医院心内科' : '科室，如：心内科'}
          style={{ width: 220, maxWidth: '100%' }}
          maxLength={60}
          value={typed.toDepartment}
          onChange={(event) => setTyped({ ...typed, toDepartment: event.target.value })}
        />
        <ChoiceRow
          label="缓急"
          options={urgencyChoices}
          value={typed.urgency}
          onChange={(urgency) => setTyped({ ...typed, urgency })}
        />
      </div>
      <Input.TextArea
        aria-label="转诊理由"
        placeholder="转诊理由"
        autoSize={{ minRows: 2, maxRows: 5 }}
        maxLength={500}
        value={typed.reason}
        onChange={(event) => setTyped({ ...typed, reason: event.target.value })}
      />
      <Input.TextArea
        aria-label="初步处理"
        placeholder="已做的初步处理（用药、吸氧、监测等）"
        autoSize={{ minRows: 2, maxRows: 5 }}
        maxLength={1000}
        value={typed.firstHandling}
        onChange={(event) => setTyped({ ...typed, firstHandling: event.target.value })}
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
