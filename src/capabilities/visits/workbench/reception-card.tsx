import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type Program, programLabels } from '#capabilities/residents/domain/program.ts';
import { type Condition, conditionLabels } from '#clinical/conditions.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { useWriteIds } from '#platform/browser/use-write.tsx';
import { printArchiveNumber } from '#standards/identity/archive-number.ts';
import { printSex } from '#standards/identity/print-sex.ts';
import { showVisit } from '../contract.ts';
import { type ReceptionCard as Card, callAgain, showReception } from '../reception-contract.ts';
import { ArrivalForm, type Ticket } from './arrival-form.tsx';
import { DangerNote } from './danger-note.tsx';
import { ProblemText, useAct } from './use-act.tsx';

const stateLabels: Readonly<Record<string, string>> = {
  normal: '正常',
  'high-risk': '高危',
  suspected: '疑似',
  confirmed: '确诊',
  enrolled: '在管',
};

/** Everything the front desk must know of one person, and the form that gives a number. */
export function ReceptionCard(props: {
  residentId: string;
  onDone: (ticket: Ticket) => void;
  onLeave: () => void;
}) {
  const { residentId } = props;
  const card = useQuery({
    queryKey: ['reception', residentId],
    queryFn: () => callApi(showReception, { params: { residentId } }),
    staleTime: 0,
  });
  if (card.isPending) return <Loading rows={6} />;
  if (card.isLoadingError) return <Failure error={card.error} onRetry={() => void card.refetch()} />;
  const { data } = card;
  return (
    <section className="card" aria-label="接诊卡">
      <div className="row spread">
        <div className="row">
          <span className="person-name">{data.name}</span>
          <span>
            {printSex(data.sex)} · {data.ageYears} 岁
          </span>
          {data.programs.map((one) => (
            <StateTag key={one} state="plain">
              {programLabels[one as Program] ?? one}
            </StateTag>
          ))}
          <ContractTag card={data} />
        </div>
        <span className="row">
          <Link to="/residents/$residentId" params={{ residentId }}>
            <Button size="small">打开档案</Button>
          </Link>
          <Button size="small" onClick={props.onLeave}>
            关闭
          </Button>
        </span>
      </div>
      <div className="small soft" style={{ margin: '4px 0 10px' }}>
        档案 {printArchiveNumber(data.archiveNo)} · {data.organizationName}
        {data.lastVisitOn && ` · 上次来中心 ${data.lastVisitOn}`}
      </div>
      {data.episodes
        .filter((one) => one.state === 'suspected' || one.state === 'confirmed')
        .map((one) => (
          <div key={one.condition} className="small" style={{ marginBottom: 4 }}>
            <StateTag state={one.state === 'suspected' ? 'recheck' : 'late'}>
              {conditionLabels[one.condition as Condition]}
              {stateLabels[one.state]}
            </StateTag>{' '}
            {one.nextStep}
            {one.dueOn && `（${one.dueOn} 前）`}
          </div>
        ))}
      <DangerNote dangers={data.dangers} />
      {data.familyPrompt && (
        <div className="row small" role="note" style={{ margin: '8px 0' }}>
          <StateTag state="recheck">家属健康提示</StateTag>
          {data.familyPrompt.replace(/^家庭健康提示：/, '')}
          <Link
            to="/residents/$residentId/screening/$form"
            params={{ residentId, form: 'community-screening' }}
          >
            现在筛查
          </Link>
        </div>
      )}
      {data.status !== 'active' ? (
        <p role="alert" className="field-error">
          档案已结案，不能取号。如有误，请到档案页更正。
        </p>
      ) : data.openVisit ? (
        <OpenVisit visit={data.openVisit} />
      ) : (
        <ArrivalForm card={data} onDone={props.onDone} onConsulted={props.onLeave} />
      )}
    </section>
  );
}

function ContractTag({ card }: { card: Card }) {
  const { contract } = card;
  if (contract.state === 'signed')
    return (
      <StateTag state="good">
        已签约 {contract.doctorName ?? ''}
        {contract.doctorRoom ? ` · ${contract.doctorRoom}` : ' · 今天未开诊'}
      </StateTag>
    );
  return (
    <StateTag state="recheck">
      {contract.state === 'declined' ? `暂不签约：${contract.declinedReason ?? ''}` : '未签约'}
    </StateTag>
  );
}

function OpenVisit({ visit }: { visit: NonNullable<Card['openVisit']> }) {
  const act = useAct();
  const { ids } = useWriteIds();
  const leave = () =>
    act.run(async () => {
      const { version } = await callApi(showVisit, { params: { visitId: visit.visitId } });
      return callApi(callAgain, {
        params: { visitId: visit.visitId },
        body: { operationId: ids.operationId, version, action: 'left' },
      });
    }, '已记为离开');
  return (
    <div className="row spread">
      <span>
        已取号 <b className="queue-no">{visit.queueNo}</b> · {visit.room}
      </span>
      <span className="row">
        <Link to="/visits/$visitId" params={{ visitId: visit.visitId }}>
          <Button>看就诊</Button>
        </Link>
        <Button danger loading={act.busy} onClick={() => void leave()}>
          未就诊离开
        </Button>
      </span>
      <ProblemText problem={act.problem} />
    </div>
  );
}
