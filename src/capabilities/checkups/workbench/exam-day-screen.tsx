import './checkups.css';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Popconfirm } from 'antd';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { useWrite, useWriteIds, WriteProblem } from '#platform/browser/use-write.tsx';
import { mayDo } from '#standards/access-policy.ts';
import { closeExamDay, type ExamDay, showExamDay } from '../contract.ts';
import { stationLabels, stations } from '../domain/stations.ts';
import { AddPeople } from './add-people.tsx';
import { ExamPeople } from './exam-people.tsx';
import { LaboratoryImport } from './laboratory-import.tsx';

/** One exam day: its list, how far each station is, and the way into each station. */
export function ExamDayScreen() {
  const { examDayId } = useParams({ from: '/checkups/days/$examDayId' });
  const actor = useActor();
  const day = useQuery({
    queryKey: ['exam-day', examDayId],
    queryFn: () => callApi(showExamDay, { params: { examDayId } }),
    refetchInterval: 20_000,
  });
  if (day.isPending) return <Page>{<Loading rows={8} />}</Page>;
  if (day.isLoadingError)
    return <Page>{<Failure error={day.error} onRetry={() => void day.refetch()} />}</Page>;
  const mayWrite = mayDo(actor.role, 'checkups.write') && day.data.status === 'open';
  return (
    <Page>
      <div className="row spread">
        <div>
          <h1>{day.data.name}</h1>
          <span className="small soft">
            {day.data.heldOn} · {day.data.place} · {day.data.organizationName}
          </span>
        </div>
        <span className="row">
          <Link to="/print/exam-days/$examDayId" params={{ examDayId }} target="_blank">
            <Button>打印条码标签</Button>
          </Link>
          {mayWrite && <CloseDay day={day.data} />}
          {day.data.status === 'closed' && <StateTag state="plain">已结束</StateTag>}
        </span>
      </div>
      <StationTiles day={day.data} mayWrite={mayWrite} />
      {mayWrite && <AddPeople examDayId={examDayId} />}
      {mayWrite && day.data.people > 0 && <LaboratoryImport examDayId={examDayId} />}
      <ExamPeople examDayId={examDayId} mayWrite={mayWrite} />
    </Page>
  );
}

const Page = ({ children }: { children: React.ReactNode }) => <main className="page">{children}</main>;

function StationTiles({ day, mayWrite }: { day: ExamDay; mayWrite: boolean }) {
  return (
    <section className="figure-grid" aria-label="各站进度">
      {stations.map((station) => {
        const inside = (
          <>
            {stationLabels[station]}
            <b>
              {day.visited[station] ?? 0} <span className="small soft">/ {day.people}</span>
            </b>
            <span className="small soft">{mayWrite ? '开始录入' : '已录人数'}</span>
          </>
        );
        return mayWrite ? (
          <Link
            key={station}
            className="figure"
            style={{ textDecoration: 'none' }}
            to="/checkups/days/$examDayId/stations/$station"
            params={{ examDayId: day.id, station }}
          >
            {inside}
          </Link>
        ) : (
          <div key={station} className="figure" style={{ cursor: 'default' }}>
            {inside}
          </div>
        );
      })}
      <div className="figure" style={{ cursor: 'default' }}>
        完成体检表
        <b>
          {day.finished} <span className="small soft">/ {day.people}</span>
        </b>
        <span className="small soft">{day.absent > 0 ? `未到 ${day.absent} 人` : '结论已保存'}</span>
      </div>
    </section>
  );
}

function CloseDay({ day }: { day: ExamDay }) {
  const { ids } = useWriteIds();
  const { run, problem, busy } = useWrite([['exam-day', day.id], ['exam-people', day.id], ['exam-days']]);
  const close = () =>
    run(
      () =>
        callApi(closeExamDay, {
          params: { examDayId: day.id },
          body: { operationId: ids.operationId, version: day.version },
        }),
      '体检日已结束',
    );
  return (
    <>
      <Popconfirm
        title="结束这个体检日？"
        description="一项都没录的人记为未到；录了一部分的人仍留待补检，体检表可单独填写。"
        okText="结束"
        cancelText="取消"
        onConfirm={() => void close()}
      >
        <Button loading={busy}>结束体检日</Button>
      </Popconfirm>
      <WriteProblem problem={problem} />
    </>
  );
}
