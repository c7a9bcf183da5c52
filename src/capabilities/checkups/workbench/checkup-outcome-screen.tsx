import './checkups.css';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { recordGroups } from '#capabilities/records/domain/record-groups.ts';
import { programLabels } from '#capabilities/residents/domain/program.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { FormReadView } from '#platform/browser/form-renderer/form-read-view.tsx';
import { PersonHeader } from '#platform/browser/person-header.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { mayDo } from '#standards/access-policy.ts';
import { formEdition } from '#standards/forms/all-forms.ts';
import { annualCheckup2017 } from '#standards/forms/annual-checkup/2017.ts';
import { showCheckupOutcome } from '../contract.ts';
import { reviewSheet } from '../domain/conclude-checkup.ts';
import { TaskLine } from './checkup-tasks.tsx';
import { Comparison } from './comparison.tsx';
import { HistoryProposals } from './history-proposals.tsx';

/** A filed checkup: what came of it, last year beside it, the sheet itself. */
export function CheckupOutcomeScreen() {
  const { residentId, recordId } = useParams({ from: '/residents/$residentId/checkups/$recordId' });
  const actor = useActor();
  const outcome = useQuery({
    queryKey: ['checkup', recordId],
    queryFn: () => callApi(showCheckupOutcome, { params: { recordId } }),
  });
  if (outcome.isLoadingError)
    return (
      <main className="page">
        <Failure error={outcome.error} onRetry={() => void outcome.refetch()} />
      </main>
    );
  if (!outcome.data)
    return (
      <main className="page">
        <Loading rows={10} />
      </main>
    );
  const { person, answers, occurredOn, decisions, tasks } = outcome.data;
  const edition = formEdition('annual-checkup', outcome.data.formEdition) ?? annualCheckup2017;
  const subject = { ageYears: person.ageYears, sex: person.sex, groups: recordGroups(person) };
  const findings = reviewSheet(edition, answers, person, plainDate(occurredOn)).findings;
  return (
    <>
      <PersonHeader
        {...person}
        tags={person.programs.map((program) => programLabels[program])}
        allergies={null}
      >
        <Link to="/residents/$residentId" params={{ residentId }}>
          <Button>打开档案</Button>
        </Link>
      </PersonHeader>
      <main className="page">
        <div className="row spread">
          <h1>
            健康体检表 <span className="soft">{occurredOn}</span>
          </h1>
          <span className="row">
            <Link to="/print/checkups/$recordId" params={{ recordId }} target="_blank">
              <Button type="primary">打印反馈单</Button>
            </Link>
            <Link to="/print/records/$recordId" params={{ recordId }} target="_blank">
              <Button>打印体检表</Button>
            </Link>
            {mayDo(actor.role, 'checkups.write') && (
              <Link
                to="/residents/$residentId/checkup"
                params={{ residentId }}
                search={{ corrects: recordId }}
              >
                <Button>更正</Button>
              </Link>
            )}
          </span>
        </div>
        <p className="small soft" style={{ margin: 0 }}>
          {outcome.data.organizationName} · 责任医生 {outcome.data.doctorName}
        </p>
        <section className="card" aria-label="体检后待办">
          <h2>结论与待办</h2>
          {decisions.length === 0 && <p className="soft">没有需要答复的结论。</p>}
          {decisions.map((one) => (
            <div key={one.code} className="row" style={{ padding: '4px 0' }}>
              <StateTag state={one.decision === 'accepted' ? 'late' : 'plain'}>
                {one.decision === 'accepted' ? '采纳' : '未采纳'}
              </StateTag>
              <span>
                {one.label ?? findings.find((finding) => finding.code === one.code)?.label ?? one.code}
              </span>
              {one.reason && <span className="small soft">理由：{one.reason}</span>}
            </div>
          ))}
          {tasks.map((task) => (
            <TaskLine key={task.id} task={task} />
          ))}
        </section>
        <HistoryProposals recordId={recordId} />
        <Comparison
          residentId={residentId}
          edition={edition}
          answers={answers}
          subject={subject}
          recordId={recordId}
          before={occurredOn}
        />
        <section className="card">
          <FormReadView edition={edition} answers={answers} />
        </section>
      </main>
    </>
  );
}
