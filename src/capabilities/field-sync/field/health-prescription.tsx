import type { Finding } from '#clinical/assess/assessment.ts';
import { crisisSteps } from '#clinical/early-warning/crisis-steps.ts';
import { seeDoctorNow } from '#clinical/early-warning/see-doctor-now.ts';
import { FieldLoading } from '#platform/browser/field/controls.tsx';
import { currentMedicines, printTaking } from '../domain/current-medicines.ts';
import type { PersonDocument } from '../domain/person-document.ts';
import { sexAndAge } from './person-words.tsx';
import { usePhone, usePhoneToday } from './phone-context.tsx';
import { useAssessment } from './use-assessment.ts';

/** What to do at home, in plain words from the rules, with the goals, the medicines and the next visit: for the refrigerator door. */
export function HealthPrescription({ person }: { person: PersonDocument }) {
  const { doctorName, isDemo } = usePhone();
  const today = usePhoneToday();
  const result = useAssessment(person, today);
  const next = person.tasks.map((task) => task.dueOn).toSorted()[0];
  const { medicines } = currentMedicines(person);
  const [sbp, dbp] = [person.series.sbp?.[0], person.series.dbp?.[0]];
  if (!result) return <FieldLoading />;
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
            {crisisSteps(result.emergencies.flatMap(({ reasons }) => reasons.map(({ text }) => text))).map(
              (step) => (
                <li key={step}>{step}</li>
              ),
            )}
          </ul>
        </section>
      ) : (
        <>
          <Findings title="目标" findings={result.targets} />
          <Findings title="平时这样做" findings={result.advice} />
        </>
      )}
      {medicines.length > 0 && (
        <section>
          <h2>按时用药</h2>
          <ul style={{ paddingLeft: 22, margin: '0 0 8px' }}>
            {medicines.map((one) => (
              <li key={one.name}>
                <b>{one.name}</b> {printTaking(one)}
              </li>
            ))}
          </ul>
          <div>不要自己停药、换药、加减量。</div>
        </section>
      )}
      <section>
        <h2>什么时候马上就医</h2>
        <p style={{ margin: 0 }}>{seeDoctorNow}</p>
      </section>
      <p style={{ margin: '12px 0 0' }}>
        {next !== undefined && next < today ? (
          <>
            随访已过期（应 {next}），<b>请尽快来复查</b>
          </>
        ) : (
          <>
            下次随访：<b>{next ?? '未定'}</b>
          </>
        )}
      </p>
      <p style={{ margin: 0 }}>医生：{doctorName}</p>
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
