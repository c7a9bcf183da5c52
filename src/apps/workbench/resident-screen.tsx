import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { AccessLogPanel } from '#capabilities/access/workbench/access-log-panel.tsx';
import { ResidentAppointmentsPanel } from '#capabilities/appointments/workbench/resident-appointments-panel.tsx';
import { AssessmentPanel } from '#capabilities/assessment/workbench/assessment-panel.tsx';
import { CheckupHistory } from '#capabilities/checkups/workbench/checkup-history.tsx';
import { AskConsultation } from '#capabilities/consultations/workbench/ask-consultation-form.tsx';
import { ConsultationsPanel } from '#capabilities/consultations/workbench/consultations-panel.tsx';
import { ContractPanel } from '#capabilities/contracts/workbench/contract-panel.tsx';
import { CoursePanel } from '#capabilities/enrollment/workbench/course-panel.tsx';
import { EnrollmentPanel } from '#capabilities/enrollment/workbench/enrollment-panel.tsx';
import { GradePanel } from '#capabilities/enrollment/workbench/grade-panel.tsx';
import { FollowUpHistory } from '#capabilities/follow-up/workbench/follow-up-history.tsx';
import { TaskPanel } from '#capabilities/follow-up/workbench/task-panel.tsx';
import { ConsentPanel } from '#capabilities/privacy/workbench/consent-panel.tsx';
import { RecordsPanel } from '#capabilities/records/workbench/records-panel.tsx';
import type { ReferralLine } from '#capabilities/referrals/contract.ts';
import { proposeReferral, type ReferralProposal } from '#capabilities/referrals/domain/propose-referral.ts';
import { ReferralsPanel } from '#capabilities/referrals/workbench/referrals-panel.tsx';
import { openResident, type ResidentDetail } from '#capabilities/residents/contract.ts';
import { programLabels, programs } from '#capabilities/residents/domain/program.ts';
import { PersonalInformationPanel } from '#capabilities/residents/workbench/personal-information-panel.tsx';
import { ResidentHeader } from '#capabilities/residents/workbench/resident-header.tsx';
import { ScreeningPanel } from '#capabilities/screening/workbench/screening-panel.tsx';
import { ReferResident } from '#capabilities/visits/workbench/refer-resident.tsx';
import { VisitsPanel } from '#capabilities/visits/workbench/visits-panel.tsx';
import { dayInChina, plainDate } from '#kernel/plain-date.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { mayDo } from '#standards/access-policy.ts';

/** One person: header, what is due, programmes, visits, basic information. */
export function ResidentScreen() {
  const { residentId } = useParams({ from: '/residents/$residentId' });
  const actor = useActor();
  const resident = useQuery({
    queryKey: ['resident', residentId],
    queryFn: () => callApi(openResident, { params: { residentId } }),
  });
  if (resident.isPending) {
    return (
      <main className="page">
        <Loading rows={8} />
      </main>
    );
  }
  if (resident.isLoadingError) {
    return (
      <main className="page">
        <Failure error={resident.error} onRetry={() => void resident.refetch()} />
      </main>
    );
  }
  const person = resident.data;
  const mayWrite = mayDo(actor.role, 'records.write');
  const open = programs.filter((program) =>
    person.enrollments.some((e) => e.program === program && e.closedOn === null),
  );
  return (
    <>
      <ResidentHeader person={person}>
        <Link to="/residents/$residentId/closing" params={{ residentId }}>
          <Button>档案状态</Button>
        </Link>
        {mayWrite && open.length > 0 && (
          <Link to="/residents/$residentId/follow-up" params={{ residentId }}>
            <Button type="primary" size="large">
              填写{open.map((program) => programLabels[program]).join('、')}随访
            </Button>
          </Link>
        )}
      </ResidentHeader>
      <main className="page">
        <TaskPanel residentId={residentId} tasks={person.openTasks} mayWrite={mayWrite} />
        <ContractPanel residentId={residentId} />
        <ResidentAppointmentsPanel residentId={residentId} mayWrite={mayWrite} />
        <CoursePanel residentId={residentId} />
        <EnrollmentPanel person={person} mayWrite={mayWrite} />
        {open.length > 0 && <GradePanel residentId={residentId} />}
        <ScreeningPanel residentId={residentId} mayWrite={mayWrite && person.status === 'active'} />
        {open.length > 0 && <AssessmentPanel residentId={residentId} />}
        {programs
          .filter((program) => person.enrollments.some((e) => e.program === program))
          .map((program) => (
            <FollowUpHistory
              key={program}
              residentId={residentId}
              program={program}
              birthDate={person.birthDate}
              mayWrite={mayWrite}
            />
          ))}
        <VisitsPanel residentId={residentId} />
        {mayDo(actor.role, 'referrals.read') && (
          <ReferralsPanel
            residentId={residentId}
            sendOn={
              mayDo(actor.role, 'referrals.send') && person.status === 'active'
                ? (sent) => (
                    <ReferResident residentId={residentId} {...proposalsOf(person, sent, actor.today)} />
                  )
                : undefined
            }
          />
        )}
        {mayDo(actor.role, 'consultations.read') && (
          <ConsultationsPanel residentId={residentId}>
            {mayDo(actor.role, 'consultations.ask') && person.status === 'active' && (
              <AskConsultation residentId={residentId} />
            )}
          </ConsultationsPanel>
        )}
        <CheckupHistory person={person} mayWrite={mayWrite} />
        <RecordsPanel residentId={residentId} mayWrite={mayWrite} />
        <PersonalInformationPanel person={person} mayWrite={mayWrite} />
        <ConsentPanel residentId={residentId} />
        <AccessLogPanel residentId={residentId} />
      </main>
    </>
  );
}

/** The same proposals as on the phone, from what the server says. */
function proposalsOf(
  { openTasks }: ResidentDetail,
  sent: readonly ReferralLine[],
  day: string,
): Record<'proposal' | 'asked', ReferralProposal | undefined> {
  const today = plainDate(day);
  const tasks = openTasks.map(({ kind, reason, foundOn }) => ({
    kind,
    reason,
    foundOn: foundOn === null ? null : plainDate(foundOn),
  }));
  const known = sent.map(({ state, steps, requestedAt, followedUpOn }) => ({
    state,
    lastOn: dayInChina(new Date(steps.at(-1)?.at ?? requestedAt)),
    isFollowedUp: followedUpOn !== null,
  }));
  return { proposal: proposeReferral(tasks, known, today), asked: proposeReferral(tasks, [], today) };
}
