import { conditionName } from '#capabilities/enrollment/workbench/course-words.ts';
import { type ClinicalState, StateTag } from '#platform/browser/design-system/state-tag.tsx';

interface Finding {
  readonly condition: string;
  readonly state: 'normal' | 'high-risk' | 'suspected' | 'diagnosable';
  readonly reason: string;
  readonly nextStep?: string | null | undefined;
  readonly dueOn?: string | null | undefined;
}

const words: Readonly<Record<Finding['state'], { label: string; sign: ClinicalState }>> = {
  normal: { label: '未见异常', sign: 'good' },
  'high-risk': { label: '高危', sign: 'recheck' },
  suspected: { label: '疑似', sign: 'late' },
  diagnosable: { label: '达到诊断标准', sign: 'crisis' },
};

/** What a sheet says of each disease: where the person stands, why, what is next until when. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0)
    return <p className="soft">这张表没有给出结论；数值已保存，对已在管的病种不改变病程。</p>;
  return (
    <>
      {findings.map((finding) => (
        <div key={finding.condition} style={{ padding: '8px 0', borderTop: '1px solid var(--line)' }}>
          <div className="row" style={{ gap: 8 }}>
            <b>{conditionName(finding.condition)}</b>
            <StateTag state={words[finding.state].sign}>{words[finding.state].label}</StateTag>
          </div>
          <div className="small">{finding.reason}</div>
          {finding.nextStep && (
            <div>
              下一步：{finding.nextStep}
              {finding.dueOn && `（${finding.dueOn} 前）`}
            </div>
          )}
        </div>
      ))}
    </>
  );
}
