import './centre.css';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { loadAssessmentRecord } from '#capabilities/assessment/contract.ts';
import { AssessmentPanel } from '#capabilities/assessment/workbench/assessment-panel.tsx';
import { openResident } from '#capabilities/residents/contract.ts';
import { ResidentHeader } from '#capabilities/residents/workbench/resident-header.tsx';
import type { PatientRecord } from '#clinical/assess/patient-record.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { showVisit, type VisitDetail } from '../contract.ts';
import { rolesOf } from '../domain/flow-boxes.ts';
import { ArrivalSection } from './arrival-section.tsx';
import { CapacitySection } from './capacity-section.tsx';
import { DiagnosisSection } from './diagnosis-section.tsx';
import { EffectSection } from './effect-section.tsx';
import { FindingsSections } from './findings-sections.tsx';
import { FinishBar } from './finish-bar.tsx';
import { FlowMap, FlowPath } from './flow-map.tsx';
import { PlanSection } from './plan-section.tsx';
import type { VisitPart } from './visit-part.ts';

const statusLabels: Readonly<Record<string, string>> = {
  resting: '监测中，待复诊',
  closed: '已完成',
  left: '未完成离开',
};

/** The doctor's room: one visit from the history to the follow-up, in the order of the drawing. */
export function VisitScreen() {
  const { visitId } = useParams({ from: '/visits/$visitId' });
  const visit = useQuery({
    queryKey: ['visit', visitId],
    queryFn: () => callApi(showVisit, { params: { visitId } }),
  });
  const problem = visit.isLoadingError ? visit.error : undefined;
  if (problem)
    return (
      <main className="page">
        <Failure error={problem} onRetry={() => void visit.refetch()} />
      </main>
    );
  if (!visit.data)
    return (
      <main className="page">
        <Loading rows={8} />
      </main>
    );
  return <OpenVisit key={visitId} visit={visit.data} />;
}

function OpenVisit({ visit }: { visit: VisitDetail }) {
  const actor = useActor();
  const [isDrawn, setDrawn] = useState(false);
  const { residentId } = visit;
  const person = useQuery({
    queryKey: ['resident', residentId],
    queryFn: () => callApi(openResident, { params: { residentId } }),
  });
  const record = useQuery({
    queryKey: ['assessment-record', residentId],
    queryFn: () => callApi(loadAssessmentRecord, { params: { residentId } }),
  });
  const part: VisitPart = {
    visit,
    // What travels is the engine's own record; it reads every value with care.
    record: record.data?.record as unknown as PatientRecord | undefined,
    today: plainDate(actor.today),
    mayTreat: visit.status === 'open' && (rolesOf('B3') as readonly string[]).includes(actor.role),
  };
  const boxes = visit.path.map((step) => step.box);
  return (
    <>
      {person.data && (
        <ResidentHeader person={person.data}>
          <Link to="/residents/$residentId" params={{ residentId }}>
            <Button>打开档案</Button>
          </Link>
        </ResidentHeader>
      )}
      <main className="page">
        {person.isLoadingError && <Failure error={person.error} onRetry={() => void person.refetch()} />}
        {record.isLoadingError && <Failure error={record.error} onRetry={() => void record.refetch()} />}
        <section className="card" aria-label="流程">
          <div className="row spread" style={{ marginBottom: 6 }}>
            <span>
              <b className="queue-no">{visit.queueNo}</b> {visit.room}
              {visit.doctorName ? ` · ${visit.doctorName}` : ''} · {visit.arrivedOn}{' '}
              {visit.status !== 'open' && (
                <StateTag state="plain">{statusLabels[visit.status] ?? visit.status}</StateTag>
              )}
            </span>
            <button type="button" className="link-button" onClick={() => setDrawn(!isDrawn)}>
              {isDrawn ? '收起流程图' : '看流程图'}
            </button>
          </div>
          <FlowPath path={boxes} moves={visit.moves} />
          {isDrawn && <FlowMap path={boxes} moves={visit.moves} />}
        </section>
        <div className="visit-layout">
          <div style={{ display: 'flex', flexDirection: 'column', gap: 12, minWidth: 0 }}>
            <ArrivalSection visit={visit} />
            <FindingsSections {...part} />
            <DiagnosisSection {...part} />
            <CapacitySection {...part} />
            <PlanSection {...part} />
            <EffectSection {...part} />
            <FinishBar {...part} />
          </div>
          <aside className="side">
            <AssessmentPanel residentId={residentId} />
          </aside>
        </div>
      </main>
    </>
  );
}
