import type { Assessment, Finding } from '#clinical/assess/assessment.ts';
import type { AssessedProgram } from '#clinical/assess/patient-record.ts';
import { isUndecided, type MedicineWarning } from '#clinical/medicines/medicine-warning.ts';
import { type DueTaskGroup, groupTasks } from '../domain/group-tasks.ts';
import { AlertLine, FindingLine, Part, TaskLine, WarningLine } from './assessment-lines.tsx';

const programNames: Readonly<Record<AssessedProgram, string>> = {
  hypertension: '高血压',
  'type-2-diabetes': '2型糖尿病',
  copd: '慢阻肺',
};

/** The parts of an assessment, the gravest first; each line opens to why and where that is written. */
export function AssessmentView({ assessment }: { assessment: Assessment }) {
  const isUrgent = assessment.emergencies.length > 0;
  return (
    <section className="card" aria-label="病情评估">
      <h2 style={{ marginBottom: 6 }}>病情评估</h2>
      {assessment.problems.length > 0 && (
        <div className="field-warning" role="alert">
          资料待核对：{assessment.problems.join('')}
        </div>
      )}
      {assessment.emergencies.map((one) => (
        <FindingLine key={one.rule.id + one.title} finding={one} open />
      ))}
      {assessment.pastDangers.map((one) => (
        <FindingLine key={one.title + one.reasons[0]?.text} finding={one} open />
      ))}
      {isUrgent && <p className="small soft">有危急情况，先处理并转诊；其余评估暂停。</p>}
      <Part title="预警" isEmpty={assessment.alerts.length === 0}>
        {assessment.alerts.map((one) => (
          <AlertLine key={one.line + one.title + one.on} alert={one} />
        ))}
      </Part>
      <Tasks groups={groupTasks(assessment.tasks, assessment.day)} isUrgent={isUrgent} />
      <Part title="合并随访" isEmpty={assessment.plan === undefined}>
        {assessment.plan && <FindingLine finding={assessment.plan.finding} />}
        {assessment.plan?.items && <FindingLine finding={assessment.plan.items} />}
      </Part>
      <Medicines assessment={assessment} />
      <Programs assessment={assessment} />
      <Findings title="目标" findings={assessment.targets} />
      <Findings title="建议（由医生决定）" findings={assessment.suggestions} />
      <Findings title="风险与分级" findings={assessment.strata} />
      <Findings title="给居民的话" findings={assessment.advice.filter((one) => one.reasons.length > 0)} />
      <Open assessment={assessment} />
    </section>
  );
}

/** Warnings that stand; those that only lack a fact to be judged are folded under them. */
function Medicines({ assessment: { medicineWarnings, unknownMedicines } }: { assessment: Assessment }) {
  const open = medicineWarnings.filter(isUndecided);
  const line = (one: MedicineWarning) => (
    <WarningLine key={one.ruleId + one.medicines.join() + one.effect} warning={one} />
  );
  return (
    <Part title="用药提醒" isEmpty={medicineWarnings.length + unknownMedicines.length === 0}>
      {medicineWarnings.filter((one) => !isUndecided(one)).map(line)}
      {open.length > 0 && (
        <details>
          <summary className="small soft">缺检验结果、未能核对 {open.length} 条</summary>
          {open.map(line)}
        </details>
      )}
      {unknownMedicines.length > 0 && (
        <p className="small soft">目录中没有、未能核对：{unknownMedicines.join('、')}。</p>
      )}
    </Part>
  );
}

function Tasks({ groups, isUrgent }: { groups: readonly DueTaskGroup[]; isUrgent: boolean }) {
  return (
    <Part title={isUrgent ? '现在要做' : '到期项目'} isEmpty={groups.length === 0}>
      {groups.map((group) => (
        <TaskLine key={group.key} group={group} />
      ))}
    </Part>
  );
}

/** Both tracks side by side under the name of the disease. */
function Programs({ assessment }: { assessment: Assessment }) {
  return (
    <Part title="分类与达标（公卫、临床两口径）" isEmpty={assessment.programs.length === 0}>
      {assessment.programs.map(({ program, publicHealth, clinical }) => (
        <div key={program}>
          <FindingLine finding={publicHealth} prefix={programNames[program]} />
          {clinical && <FindingLine finding={clinical} prefix={programNames[program]} />}
        </div>
      ))}
    </Part>
  );
}

function Findings({ title, findings }: { title: string; findings: readonly Finding[] }) {
  const known = findings.filter((one) => one.outcome !== undefined);
  return (
    <Part title={title} isEmpty={known.length === 0}>
      {known.map((one) => (
        <FindingLine key={one.title + one.rule.id} finding={one} />
      ))}
    </Part>
  );
}

/** What cannot be said yet, and what it takes. */
function Open({ assessment }: { assessment: Assessment }) {
  const open = [...assessment.targets, ...assessment.suggestions, ...assessment.strata].filter(
    (one) => one.outcome === undefined,
  );
  if (open.length === 0) return null;
  return (
    <details className="small" style={{ marginTop: 8 }}>
      <summary className="soft">资料不足，尚不能判定 {open.length} 项</summary>
      {open.map((one) => (
        <FindingLine key={one.title + one.rule.id} finding={one} />
      ))}
    </details>
  );
}
