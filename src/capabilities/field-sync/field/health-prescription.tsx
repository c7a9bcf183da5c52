import { useMemo } from 'react';
import { crisisSteps } from '#capabilities/follow-up/domain/crisis-steps.ts';
import { assess } from '#clinical/assess/assess.ts';
import type { Finding } from '#clinical/assess/assessment.ts';
import { seeDoctorNow } from '#clinical/early-warning/see-doctor-now.ts';
import type { PersonDocument } from '../domain/person-document.ts';
import { phonePatientRecord } from '../domain/phone-patient-record.ts';
import { sexAndAge } from './person-words.tsx';
import { usePhone, usePhoneToday } from './phone-context.tsx';

/** What to do at home, in plain words from the rules, with the goals and the next visit: for the refrigerator door. */
export function HealthPrescription({ person }: { person: PersonDocument }) {
  const { doctorName, isDemo } = usePhone();
  const today = usePhoneToday();
  const result = useMemo(() => assess(phonePatientRecord(person), today), [person, today]);
  const next = person.tasks.map((task) => task.dueOn).toSorted()[0];
  const [sbp, dbp] = [person.series.sbp?.[0], person.series.dbp?.[0]];
  return (
    <article className="f-card" style={{ fontSize: 18 }} aria-label="健康处方">
      {isDemo && <div className="f-small f-soft">演示数据</div>}
      <h2 style={{ fontSize: 22, textAlign: 'center' }}>健康处方</h2>
      <p style={{ margin: '4px 0' }}>
        {person.name} {sexAndAge(person, today)}　{today}
      </p>
      {sbp && dbp && (
        <p style={{ margin: '4px 0' }}>
          最近血压 <b>{`${sbp[1]}/${dbp[1]}`}</b>（{sbp[0]}）
        </p>
      )}
      {result.emergencies.length > 0 ? (
        <section>
          <h2>现在要紧的</h2>
          <ul style={{ paddingLeft: 22 }}>
            {crisisSteps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ul>
        </section>
      ) : (
        <>
          <Findings title="目标" findings={result.targets} />
          <Findings title="平时这样做" findings={result.advice} />
        </>
      )}
      <section>
        <h2>什么时候马上就医</h2>
        <p style={{ margin: 0 }}>{seeDoctorNow}</p>
      </section>
      <p style={{ marginTop: 12 }}>
        下次随访：<b>{next ?? '未定'}</b>　医生：{doctorName}
      </p>
    </article>
  );
}

function Findings({ title, findings }: { title: string; findings: readonly Finding[] }) {
  const decided = findings.filter((finding) => finding.outcome !== undefined);
  if (decided.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul style={{ paddingLeft: 22, margin: '0 0 8px' }}>
        {decided.map((finding) => (
          <li key={finding.title}>
            <b>
              {finding.title}：{finding.outcome}
            </b>
            {finding.reasons.map((reason) => (
              <div key={reason.text}>{reason.text}</div>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
