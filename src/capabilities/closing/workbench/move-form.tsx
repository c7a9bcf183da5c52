import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { printInstantDay } from '#platform/browser/print-instant.ts';
import { useWrite, useWriteIds, WriteProblem } from '#platform/browser/use-write.tsx';
import type { EndpointResponse } from '#standards/endpoint.ts';
import { answerHandover, listReceivers, requestHandover, type showClosing } from '../contract.ts';

/** Hands a person over to another village of the county; within one's own scope at once, elsewhere when it is accepted. */
export function MoveForm(props: {
  residentId: string;
  handover: EndpointResponse<typeof showClosing>['handover'];
}) {
  return (
    <section className="card" aria-label="县内迁移">
      <h2>县内迁移</h2>
      {props.handover ? (
        <Waiting residentId={props.residentId} handover={props.handover} />
      ) : (
        <Request residentId={props.residentId} />
      )}
    </section>
  );
}

function Waiting({
  residentId,
  handover,
}: {
  residentId: string;
  handover: NonNullable<EndpointResponse<typeof showClosing>['handover']>;
}) {
  const { ids } = useWriteIds();
  const { run, problem, busy } = useWrite([['closing', residentId], ['handovers']]);
  return (
    <>
      <div className="row" style={{ marginTop: 8 }}>
        <StateTag state="recheck">待接收</StateTag>
        <span>
          已于 {printInstantDay(handover.requestedAt)} 请{handover.toName}接收：
          {handover.reason}
        </span>
        <Button
          size="small"
          loading={busy}
          onClick={() =>
            void run(
              () =>
                callApi(answerHandover, {
                  params: { handoverId: handover.id },
                  body: { operationId: ids.operationId, answer: 'withdrawn' },
                }),
              '已撤回',
            )
          }
        >
          撤回
        </Button>
      </div>
      <p className="small soft" style={{ margin: '6px 0 0' }}>
        对方接收前，仍由本机构管理与随访。
      </p>
      <WriteProblem problem={problem} />
    </>
  );
}

function Request({ residentId }: { residentId: string }) {
  const navigate = useNavigate();
  const [toOrganizationId, setTo] = useState<string>();
  const [reason, setReason] = useState('');
  const { ids, renew } = useWriteIds();
  const { run, problem, busy } = useWrite([
    ['closing', residentId],
    ['resident', residentId],
    ['handovers'],
    ['worklist'],
  ]);
  const receivers = useQuery({ queryKey: ['receivers'], queryFn: () => callApi(listReceivers) });
  const send = async () => {
    if (!toOrganizationId) return;
    const done = await run(
      () =>
        callApi(requestHandover, {
          params: { residentId },
          body: { operationId: ids.operationId, handoverId: ids.id, toOrganizationId, reason },
        }),
      '已提交',
    );
    if (!done) return;
    renew();
    if (done.status === 'accepted') void navigate({ to: '/residents/$residentId', params: { residentId } });
  };
  if (receivers.isLoadingError)
    return <Failure error={receivers.error} onRetry={() => void receivers.refetch()} />;
  return (
    <>
      <div className="row" style={{ marginTop: 8 }}>
        <Select<string>
          aria-label="迁往机构"
          style={{ width: 300, maxWidth: '100%' }}
          placeholder={receivers.isPending ? '正在取村名单…' : '迁往哪个村'}
          loading={receivers.isPending}
          showSearch={{ optionFilterProp: 'label' }}
          value={toOrganizationId ?? null}
          onChange={setTo}
          options={(receivers.data?.items ?? []).map((one) => ({
            value: one.id,
            label: one.parentName ? `${one.name}（${one.parentName}）` : one.name,
          }))}
        />
        <Input
          aria-label="迁移原因"
          placeholder="原因，如：随子女居住"
          style={{ width: 240, maxWidth: '100%' }}
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <Button type="primary" loading={busy} disabled={!toOrganizationId} onClick={() => void send()}>
          请对方接收
        </Button>
      </div>
      <p className="small soft" style={{ margin: '6px 0 0' }}>
        在您管理范围内的村立即完成；范围外须对方接收，档案、专案与待办随人过去，做过的工作仍记在原机构。
      </p>
      <WriteProblem problem={problem} />
    </>
  );
}
