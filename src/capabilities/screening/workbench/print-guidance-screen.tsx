import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { loadAssessmentRecord } from '#capabilities/assessment/contract.ts';
import { showCourse } from '#capabilities/enrollment/contract.ts';
import { conditionName } from '#capabilities/enrollment/workbench/course-words.ts';
import { openResident, type ResidentDetail } from '#capabilities/residents/contract.ts';
import type { PatientRecord } from '#clinical/assess/patient-record.ts';
import { seeDoctorNow } from '#clinical/early-warning/see-doctor-now.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { printArchiveNumber } from '#standards/identity/archive-number.ts';
import { printSex } from '#standards/identity/print-sex.ts';
import { draftGuidance } from '../domain/draft-guidance.ts';

const lifestyle = [
  ['salt', '吃'],
  ['alcohol', '酒'],
  ['weight', '体重'],
  ['activity', '活动'],
  ['smoking', '烟'],
  ['mind', '心情与睡眠'],
] as const;

/** 高危人群健康指导单: what a high-risk person takes home, with what is still to be measured and when to go at once. */
export function PrintGuidanceScreen() {
  const { residentId } = useParams({ from: '/print/residents/$residentId/guidance' });
  const actor = useActor();
  const params = { residentId };
  const person = useQuery({
    queryKey: ['resident', residentId],
    queryFn: () => callApi(openResident, { params }),
  });
  const course = useQuery({
    queryKey: ['course', residentId],
    queryFn: () => callApi(showCourse, { params }),
  });
  const record = useQuery({
    queryKey: ['assessment-record', residentId],
    queryFn: () => callApi(loadAssessmentRecord, { params }),
  });
  const failed = [person, course, record].find((one) => one.isLoadingError);
  if (failed) return <Failure error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!person.data || !course.data || !record.data) return <Loading rows={10} />;
  const today = plainDate(record.data.today);
  const guidance = draftGuidance(record.data.record as unknown as PatientRecord, today);
  const found = course.data.episodes.filter((one) => one.state === 'high-risk' || one.state === 'suspected');
  return (
    <div style={{ padding: '12px 0', background: '#fff', minHeight: '100%' }}>
      <div className="no-print row" style={{ width: '190mm', maxWidth: '100%', margin: '0 auto 12px' }}>
        <Button type="primary" onClick={() => window.print()}>
          打印
        </Button>
      </div>
      <div className="scroll-x">
        <article className="sheet" style={{ fontSize: '11pt' }}>
          {actor.isDemo && <div className="sheet-demo">演示数据</div>}
          <h1>高危人群健康指导单</h1>
          <Person person={person.data} today={record.data.today} />
          <table style={{ marginTop: '3mm' }}>
            <tbody>
              <Part title="为什么提醒您">
                {found.length === 0 && '没有列入高危或待确诊的病种。'}
                {found.map((one) => (
                  <div key={one.id}>
                    {conditionName(one.condition)}（{one.state === 'suspected' ? '待确诊' : '高危'}）：
                    {one.nextStep}
                    {one.dueOn &&
                      (one.dueOn < today ? `，原定 ${one.dueOn} 前，请尽快` : `，${one.dueOn} 前`)}
                  </div>
                ))}
              </Part>
              <Part title="一次看全">
                {guidance.matters.map(({ label, value, on }) => (
                  <div key={label}>
                    {label}：{value ? `${value}（${on}）` : <b>还没有测，下次一起测</b>}
                  </div>
                ))}
                <div>吸烟：{guidance.smoking ?? '还没有问，下次一起问'}</div>
              </Part>
              {lifestyle.map(([key, title]) => (
                <Part key={key} title={title}>
                  {guidance.lifestyle[key]}
                </Part>
              ))}
              <Part title="马上就医">
                <b>{seeDoctorNow}</b>
              </Part>
            </tbody>
          </table>
          <p style={{ display: 'flex', justifyContent: 'space-between', marginTop: '5mm' }}>
            <span>{person.data.organizationName}</span>
            <span>指导人：＿＿＿＿＿＿</span>
            <span>居民（家属）签字：＿＿＿＿＿＿</span>
          </p>
        </article>
      </div>
    </div>
  );
}

function Person({ person, today }: { person: ResidentDetail; today: string }) {
  return (
    <table className="sheet-person">
      <tbody>
        <tr>
          <td>姓名：{person.name}</td>
          <td>性别：{printSex(person.sex)}</td>
          <td>年龄：{person.ageYears} 岁</td>
        </tr>
        <tr>
          <td colSpan={2}>档案：{printArchiveNumber(person.archiveNo)}</td>
          <td>日期：{today}</td>
        </tr>
      </tbody>
    </table>
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
