import './centre.css';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { RevealButton } from '#capabilities/residents/workbench/reveal-button.tsx';
import { seeDoctorNow } from '#clinical/early-warning/see-doctor-now.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { printArchiveNumber } from '#standards/identity/archive-number.ts';
import { printSex } from '#standards/identity/print-sex.ts';
import { lifestyleLabels, printDose } from '../domain/care-plan.ts';
import { type PlanDetail, showPlan } from '../plan-contract.ts';

const items = Object.keys(lifestyleLabels) as (keyof typeof lifestyleLabels)[];

/** One version of the plan on A4, as the health prescription the resident takes home. */
export function PrintPlanScreen() {
  const { planId } = useParams({ from: '/print/plans/$planId' });
  const actor = useActor();
  const plan = useQuery({
    queryKey: ['plan', planId],
    queryFn: () => callApi(showPlan, { params: { planId } }),
  });
  if (plan.isLoadingError) return <Failure error={plan.error} onRetry={() => void plan.refetch()} />;
  if (!plan.data) return <Loading />;
  const { data } = plan;
  return (
    <div style={{ padding: '12px 0', background: '#fff', minHeight: '100%' }}>
      <div className="no-print row" style={{ width: '190mm', maxWidth: '100%', margin: '0 auto 12px' }}>
        <Button type="primary" onClick={() => window.print()}>
          打印
        </Button>
        <RevealButton residentId={data.residentId} purpose="print" within={data} />
      </div>
      <div className="scroll-x">
        <article className="sheet" style={{ fontSize: '11pt' }}>
          {actor.isDemo && <div className="sheet-demo">演示数据</div>}
          <h1>健康处方</h1>
          <table className="sheet-person">
            <tbody>
              <tr>
                <td>姓名：{data.name}</td>
                <td>性别：{printSex(data.sex)}</td>
                <td>年龄：{data.ageYears} 岁</td>
                <td>第 {data.planVersion} 版</td>
              </tr>
              <tr>
                <td colSpan={2}>档案：{printArchiveNumber(data.archiveNo)}</td>
                <td colSpan={2}>日期：{data.madeOn}</td>
              </tr>
            </tbody>
          </table>
          <table style={{ marginTop: '3mm' }}>
            <tbody>
              <Part title="目标">
                {data.content.goals.map((one) => (
                  <div key={one.label}>
                    {one.label}：{one.target}
                  </div>
                ))}
              </Part>
              {items.map((key) => (
                <Part key={key} title={lifestyleLabels[key]}>
                  {data.content.lifestyle[key]}
                </Part>
              ))}
              <Medicines list={data.content.medicines} />
              <Tcm tcm={data.content.tcm} />
              <Part title="自我监测">
                {data.content.monitoring.map((one) => (
                  <div key={one.what}>
                    {one.what}：{one.often}
                  </div>
                ))}
              </Part>
              <Part title="下次日期">{data.content.nextOn}</Part>
            </tbody>
          </table>
          <p style={{ marginTop: '4mm' }}>
            {seeDoctorNow}血压或血糖明显异常时，不要等到下次日期，请联系医生。
          </p>
          <p style={{ display: 'flex', justifyContent: 'space-between' }}>
            <span>{data.organizationName}</span>
            <span>医生：{data.madeByName}</span>
            <span>居民（家属）签字：＿＿＿＿＿＿</span>
          </p>
        </article>
      </div>
    </div>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <tr>
      <th style={{ width: '28mm' }}>{title}</th>
      <td>{children}</td>
    </tr>
  );
}

function Medicines({ list }: { list: PlanDetail['content']['medicines'] }) {
  return (
    <Part title="用药">
      {list.length === 0 && '不用药'}
      {list.map((one) => (
        <div key={one.name}>
          {one.name} {printDose(one)}
        </div>
      ))}
    </Part>
  );
}

function Tcm({ tcm }: { tcm: PlanDetail['content']['tcm'] }) {
  const parts = [
    tcm.constitution ? `体质：${tcm.constitution}` : '',
    tcm.advice,
    tcm.techniques.length > 0 ? `适宜技术：${tcm.techniques.join('、')}` : '',
  ].filter((one) => one !== '');
  return parts.length === 0 ? null : <Part title="中医药">{parts.join('；')}</Part>;
}
