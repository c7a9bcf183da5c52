import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { assess } from '#clinical/assess/assess.ts';
import type { Assessment, Finding } from '#clinical/assess/assessment.ts';
import type { PatientRecord } from '#clinical/assess/patient-record.ts';
import { type MedicineWarning, severityLabels } from '#clinical/medicines/medicine-warning.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { certaintyLabels } from '#platform/browser/design-system/certainty-labels.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { type ClinicalState, StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { loadAssessmentRecord } from '../contract.ts';
import { overlayVisit } from '../domain/overlay-visit.ts';

const tones: Readonly<Record<Finding['tone'], ClinicalState>> = {
  good: 'good',
  plain: 'plain',
  caution: 'late',
  bad: 'crisis',
};
const severityTones: Readonly<Record<MedicineWarning['severity'], ClinicalState>> = {
  X: 'crisis',
  D: 'late',
  C: 'recheck',
  B: 'plain',
};

/** What the rules say of the person as recorded; with a visit being typed, of the person as it would then be. */
export function AssessmentPanel({ residentId, typed }: { residentId: string; typed?: FormAnswers }) {
  const loaded = useQuery({
    queryKey: ['assessment-record', residentId],
    queryFn: () => callApi(loadAssessmentRecord, { params: { residentId } }),
  });
  const assessment = useMemo(() => {
    if (!loaded.data) return undefined;
    const day = plainDate(loaded.data.today);
    // What travels is the engine's own record; it reads every value with care.
    const record = loaded.data.record as unknown as PatientRecord;
    return assess(typed ? overlayVisit(record, typed, day) : record, day);
  }, [loaded.data, typed]);
  if (loaded.isError) return <Failure error={loaded.error} onRetry={() => void loaded.refetch()} />;
  if (!assessment) return <Loading rows={4} />;
  return <AssessmentView assessment={assessment} />;
}

/** The parts of an assessment, the gravest first; each line opens to why and where that is written. */
export function AssessmentView({ assessment }: { assessment: Assessment }) {
  const known = assessment.strata.filter((one) => one.outcome !== undefined);
  const open = assessment.strata.filter((one) => one.outcome === undefined);
  const advice = assessment.advice.filter((one) => one.reasons.length > 0);
  return (
    <section className="card" aria-label="病情评估">
      <h2 style={{ marginBottom: 6 }}>病情评估</h2>
      {assessment.problems.length > 0 && (
        <div className="field-warning" role="alert">
          资料待核对：{assessment.problems.join('')}
        </div>
      )}
      {assessment.emergencies.map((one) => (
        <FindingLine key={one.rule.id} finding={one} />
      ))}
      {assessment.emergencies.length > 0 && <p className="small soft">有危急情况，先处理；其余评估暂停。</p>}
      <Part
        title="用药提醒"
        isEmpty={assessment.medicineWarnings.length + assessment.unknownMedicines.length === 0}
      >
        {assessment.medicineWarnings.map((one) => (
          <WarningLine key={one.ruleId + one.medicines.join()} warning={one} />
        ))}
        {assessment.unknownMedicines.length > 0 && (
          <p className="small soft">目录中没有、未能核对：{assessment.unknownMedicines.join('、')}。</p>
        )}
      </Part>
      <Part title="到期项目" isEmpty={assessment.tasks.length === 0}>
        {assessment.tasks.map((task) => (
          <div key={task.ruleId + task.label} className="row spread" style={{ padding: '4px 0' }}>
            <span>
              {task.label} <span className="small soft">{task.reason}</span>
            </span>
            <span className="small" style={{ color: task.isOverdue ? 'var(--late)' : 'var(--ink-soft)' }}>
              {task.isOverdue ? `应于 ${task.dueOn}，已过期` : `应于 ${task.dueOn}`}
            </span>
          </div>
        ))}
      </Part>
      <Part title="目标" isEmpty={assessment.targets.length === 0}>
        {assessment.targets.map((one) => (
          <FindingLine key={one.title} finding={one} />
        ))}
      </Part>
      <Part title="建议（由医生决定）" isEmpty={assessment.suggestions.length === 0}>
        {assessment.suggestions.map((one) => (
          <FindingLine key={one.title} finding={one} />
        ))}
      </Part>
      <Part title="风险与分级" isEmpty={known.length === 0}>
        {known.map((one) => (
          <FindingLine key={one.title} finding={one} />
        ))}
      </Part>
      {open.length > 0 && (
        <details className="small" style={{ marginTop: 8 }}>
          <summary className="soft">资料不足，尚不能判定 {open.length} 项</summary>
          {open.map((one) => (
            <div key={one.title}>
              {one.title}：还缺{one.missing.join('、')}
            </div>
          ))}
        </details>
      )}
      <Part title="给居民的话" isEmpty={advice.length === 0}>
        {advice.map((one) => (
          <FindingLine key={one.title} finding={one} />
        ))}
      </Part>
    </section>
  );
}

function Part(props: { title: string; isEmpty: boolean; children: React.ReactNode }) {
  if (props.isEmpty) return null;
  return (
    <div style={{ marginTop: 10 }}>
      <h3 style={{ fontSize: 13, margin: '0 0 2px', color: 'var(--ink-soft)' }}>{props.title}</h3>
      {props.children}
    </div>
  );
}

function FindingLine({ finding }: { finding: Finding }) {
  return (
    <details style={{ padding: '3px 0' }}>
      <summary className="row spread" style={{ cursor: 'pointer' }}>
        <span>{finding.title}</span>
        <StateTag state={tones[finding.tone]}>{finding.outcome ?? '尚不能判定'}</StateTag>
      </summary>
      <div className="small" style={{ padding: '4px 0 4px 12px' }}>
        {finding.outcome === undefined
          ? `还缺：${finding.missing.join('、')}。`
          : finding.reasons.map((reason) => <div key={reason.code + reason.text}>{reason.text}</div>)}
        <div className="soft">
          依据：{finding.rule.clause}（{finding.rule.id} · {finding.rule.edition} ·{' '}
          {certaintyLabels[finding.rule.certainty]}）
        </div>
      </div>
    </details>
  );
}

function WarningLine({ warning }: { warning: MedicineWarning }) {
  return (
    <details style={{ padding: '3px 0' }} open={warning.severity === 'X'}>
      <summary className="row spread" style={{ cursor: 'pointer' }}>
        <span>{warning.medicines.join('、')}</span>
        <StateTag state={severityTones[warning.severity]}>
          {severityLabels[warning.severity].split('，')[0]}
        </StateTag>
      </summary>
      <div className="small" style={{ padding: '4px 0 4px 12px' }}>
        {warning.effect}；{warning.action}。
        {warning.needs.length > 0 && <div>未知：{warning.needs.join('、')}，可能更重。</div>}
        <div className="soft">依据：药品说明书与指南整理（{warning.ruleId} · 待药师确认）</div>
      </div>
    </details>
  );
}
