import './checkups.css';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { recordGroups } from '#capabilities/records/domain/record-groups.ts';
import { programLabels } from '#capabilities/residents/domain/program.ts';
import { validateAnswers } from '#kernel/form-validate.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { FormReadView } from '#platform/browser/form-renderer/form-read-view.tsx';
import { PersonHeader } from '#platform/browser/person-header.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { useWrite, useWriteIds } from '#platform/browser/use-write.tsx';
import { annualCheckup2017 } from '#standards/forms/annual-checkup/2017.ts';
import { finishExamPerson, openExamPerson } from '../contract.ts';
import { Comparison } from './comparison.tsx';
import { ConcludePanel } from './conclude-panel.tsx';

/** The doctor's end of one person's exam day: what the stations found, last year beside it, conclusions, done. */
export function ExamConclusionScreen() {
  const { examDayId, residentId } = useParams({ from: '/checkups/days/$examDayId/people/$residentId' });
  const actor = useActor();
  const navigate = useNavigate();
  const { ids } = useWriteIds();
  const [showsSheet, setShowsSheet] = useState(false);
  const { run, problem, busy } = useWrite([
    ['exam-people', examDayId],
    ['exam-day', examDayId],
    ['checkups', residentId],
    ['checkup-tasks'],
    ['records', residentId],
    ['resident', residentId],
    ['checkup-year'],
    ['checkup-year-people'],
  ]);
  const held = useQuery({
    queryKey: ['exam-person', examDayId, residentId, 'conclusion'],
    queryFn: () => callApi(openExamPerson, { params: { examDayId, residentId } }),
    gcTime: 0,
  });
  const about = useMemo(
    () => ({
      sex: held.data?.person.sex ?? '9',
      ageYears: held.data?.person.ageYears ?? 0,
      programs: held.data?.person.programs ?? [],
    }),
    [held.data],
  );
  const subject = useMemo(() => ({ ...about, groups: recordGroups(about) }), [about]);
  const answers = useMemo(
    () =>
      validateAnswers(
        annualCheckup2017,
        { ...held.data?.answers, checkDate: held.data?.heldOn, responsibleDoctor: actor.name },
        { today: plainDate(actor.today), ...subject },
      ).answers,
    [held.data, actor, subject],
  );
  if (held.isLoadingError)
    return (
      <main className="page">
        <Failure error={held.error} onRetry={() => void held.refetch()} />
      </main>
    );
  if (!held.data)
    return (
      <main className="page">
        <Loading rows={10} />
      </main>
    );
  const { person, heldOn } = held.data;
  return (
    <>
      <PersonHeader
        {...person}
        tags={person.programs.map((program) => programLabels[program])}
        allergies={null}
      >
        <span className="exam-number">{person.number} 号</span>
        <Link to="/checkups/days/$examDayId" params={{ examDayId }}>
          <Button>返回体检日</Button>
        </Link>
      </PersonHeader>
      <main className="page">
        {person.examStatus === 'finished' && person.recordId ? (
          <p className="card">
            体检表已完成。
            <Link to="/print/checkups/$recordId" params={{ recordId: person.recordId }} target="_blank">
              打印反馈单
            </Link>
          </p>
        ) : (
          <>
            <Comparison
              residentId={residentId}
              edition={annualCheckup2017}
              answers={answers}
              subject={subject}
            />
            <section className="card">
              <div className="row spread">
                <h2>各站录入</h2>
                <Button size="small" onClick={() => setShowsSheet(!showsSheet)}>
                  {showsSheet ? '收起' : '查看全部'}
                </Button>
              </div>
              {showsSheet && <FormReadView edition={annualCheckup2017} answers={answers} />}
            </section>
            <ConcludePanel
              edition={annualCheckup2017}
              answers={answers}
              about={about}
              subject={subject}
              day={heldOn}
              problem={problem}
              busy={busy}
              label="完成体检表"
              onSave={async (conclusion, confirmed) => {
                const done = await run(
                  () =>
                    callApi(finishExamPerson, {
                      params: { examDayId, residentId },
                      body: {
                        operationId: ids.operationId,
                        recordId: ids.id,
                        answers: conclusion.answers,
                        decisions: [...conclusion.decisions],
                        confirmed: [...confirmed],
                      },
                    }),
                  '体检表已完成',
                );
                if (done)
                  void navigate({
                    to: '/residents/$residentId/checkups/$recordId',
                    params: { residentId, recordId: done.recordId },
                  });
              }}
            />
          </>
        )}
      </main>
    </>
  );
}
