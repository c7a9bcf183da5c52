import type { ReactNode } from 'react';
import type { AlertFinding, Finding } from '#clinical/assess/assessment.ts';
import { type MedicineWarning, severityLabels } from '#clinical/medicines/medicine-warning.ts';
import type { Certainty } from '#kernel/decision.ts';
import { certaintyLabels } from '#platform/browser/design-system/certainty-labels.ts';
import { type ClinicalState, StateTag } from '#platform/browser/design-system/state-tag.tsx';
import type { DueTaskGroup } from '../domain/group-tasks.ts';

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
const levelTones: Readonly<Record<AlertFinding['level'], ClinicalState>> = {
  critical: 'crisis',
  red: 'crisis',
  orange: 'late',
  yellow: 'recheck',
};

/** A titled part of the assessment; nothing at all while it is empty. */
export function Part(props: { title: string; isEmpty: boolean; children: ReactNode }) {
  if (props.isEmpty) return null;
  return (
    <div style={{ marginTop: 10 }}>
      <h3 style={{ fontSize: 13, margin: '0 0 2px', color: 'var(--ink-soft)' }}>{props.title}</h3>
      {props.children}
    </div>
  );
}

/** One line that opens to why and where it is written. */
function Line(props: { title: ReactNode; tag: ReactNode; open?: boolean; children: ReactNode }) {
  return (
    <details style={{ padding: '3px 0' }} open={props.open}>
      <summary className="row spread" style={{ cursor: 'pointer', gap: 8, flexWrap: 'nowrap' }}>
        <span style={{ minWidth: 0 }}>{props.title}</span>
        <span style={{ flexShrink: 0, maxWidth: '58%', textAlign: 'right' }}>{props.tag}</span>
      </summary>
      <div className="small" style={{ padding: '4px 0 4px 12px' }}>
        {props.children}
      </div>
    </details>
  );
}

function Source({
  clause,
  id,
  edition,
  certainty,
}: {
  clause: string;
  id: string;
  edition?: string;
  certainty: Certainty;
}) {
  return (
    <div className="soft">
      依据：{clause}（
      {[id, edition === 'OWN' ? undefined : edition, certaintyLabels[certainty]].filter(Boolean).join(' · ')}
      ）
    </div>
  );
}

/** A finding: short answers as a tag, long ones in words. */
export function FindingLine({
  finding,
  prefix,
  open,
}: {
  finding: Finding;
  prefix?: string;
  open?: boolean;
}) {
  const outcome = finding.outcome ?? '尚不能判定';
  const { rule } = finding;
  return (
    <Line
      title={prefix ? `${prefix} · ${finding.title}` : finding.title}
      tag={
        outcome.length > 14 ? (
          <span className="small">{outcome}</span>
        ) : (
          <StateTag state={tones[finding.tone]}>{outcome}</StateTag>
        )
      }
      {...(open ? { open } : {})}
    >
      {finding.outcome === undefined
        ? `还缺：${finding.missing.join('、')}。`
        : finding.reasons.map((reason) => <div key={reason.code + reason.text}>{reason.text}</div>)}
      <Source clause={rule.clause} id={rule.id} edition={rule.edition} certainty={rule.certainty} />
    </Line>
  );
}

/** An alert with its urgency; the grave ones stand open. */
export function AlertLine({ alert }: { alert: AlertFinding }) {
  return (
    <Line
      title={`${alert.title} · ${alert.on}`}
      tag={<StateTag state={levelTones[alert.level]}>{alert.outcome}</StateTag>}
      open={alert.level === 'critical' || alert.level === 'red'}
    >
      {alert.reasons.map((reason) => (
        <div key={reason.code + reason.text}>{reason.text}</div>
      ))}
      <Source
        clause={alert.rule.clause}
        id={alert.line}
        edition={alert.rule.edition}
        certainty={alert.rule.certainty}
      />
    </Line>
  );
}

/** What is due, until when, and why. */
export function TaskLine({ group }: { group: DueTaskGroup }) {
  const [first] = group.tasks;
  return (
    <Line
      title={group.label}
      tag={
        <span className="small" style={{ color: group.isOverdue ? 'var(--late)' : 'var(--ink-soft)' }}>
          {group.when}
        </span>
      }
    >
      {first && (
        <>
          <div>{first.reason}。</div>
          <Source clause={first.clause} id={first.ruleId} certainty={first.certainty} />
        </>
      )}
    </Line>
  );
}

/** A medicine warning; every one says that a pharmacist still has to confirm it. */
export function WarningLine({ warning }: { warning: MedicineWarning }) {
  return (
    <Line
      title={
        <>
          {warning.medicines.join('、')} <span className="small soft">{warning.effect}</span>
        </>
      }
      tag={
        <StateTag state={severityTones[warning.severity]}>
          {severityLabels[warning.severity].split('，')[0]}
        </StateTag>
      }
      open={warning.severity === 'X'}
    >
      {warning.action}。{warning.needs.length > 0 && <div>未知：{warning.needs.join('、')}，可能更重。</div>}
      <div className="soft">依据：药品说明书与指南整理（{warning.ruleId} · 待药师确认）</div>
    </Line>
  );
}
