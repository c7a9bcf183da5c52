import { Input, InputNumber } from 'antd';
import { useState } from 'react';
import type { DiagnosisAnswers } from '../domain/judge-diagnosis.ts';

export interface OutsideProof {
  readonly hospital: string;
  readonly document: string;
  readonly issuedOn: string;
}

/** When a very high pressure is confirmed on one day: the repeat after rest, and why it cannot wait. */
export function SameDayAnswers(props: {
  answers: DiagnosisAnswers;
  onChange: (answers: DiagnosisAnswers) => void;
}) {
  const { answers, onChange } = props;
  const repeat: { sbp?: number | undefined; dbp?: number | undefined } = answers.repeatAfterRest ?? {};
  const [typed, setTyped] = useState(repeat);
  const set = (change: typeof typed) => {
    const next = { ...typed, ...change };
    setTyped(next);
    const { repeatAfterRest: _old, ...rest } = answers;
    onChange(
      next.sbp !== undefined && next.dbp !== undefined
        ? { ...rest, repeatAfterRest: { sbp: next.sbp, dbp: next.dbp } }
        : rest,
    );
  };
  return (
    <details className="small">
      <summary className="soft">同日确诊（血压很高时）：休息后复测、不能等到另日的理由</summary>
      <div className="row" style={{ marginTop: 6 }}>
        休息后复测
        <InputNumber
          aria-label="复测收缩压"
          size="small"
          controls={false}
          value={typed.sbp ?? null}
          onChange={(value) => set({ sbp: value ?? undefined })}
        />
        /
        <InputNumber
          aria-label="复测舒张压"
          size="small"
          controls={false}
          value={typed.dbp ?? null}
          onChange={(value) => set({ dbp: value ?? undefined })}
        />
        <Input
          aria-label="不能另日复测的理由"
          placeholder="不能另日复测的理由"
          size="small"
          style={{ width: 240 }}
          maxLength={200}
          value={answers.cannotWaitReason ?? ''}
          onChange={(event) =>
            onChange({
              ...answers,
              cannotWaitReason: event.target.value.trim() === '' ? undefined : event.target.value,
            })
          }
        />
      </div>
    </details>
  );
}

/** The document of a hospital that has already made the diagnosis; the audit keeps it as an override. */
export function OutsideForm(props: {
  value: OutsideProof | undefined;
  onChange: (value: OutsideProof | undefined) => void;
  today: string;
}) {
  const { value, onChange } = props;
  if (!value)
    return (
      <div>
        <button
          type="button"
          className="link-button small"
          onClick={() => onChange({ hospital: '', document: '', issuedOn: props.today })}
        >
          外院已确诊（登记文件，记入审计）
        </button>
      </div>
    );
  return (
    <div className="row">
      <Input
        aria-label="确诊医院"
        placeholder="确诊医院"
        style={{ width: 180 }}
        maxLength={80}
        value={value.hospital}
        onChange={(event) => onChange({ ...value, hospital: event.target.value })}
      />
      <Input
        aria-label="诊断文件"
        placeholder="诊断文件（如出院小结及编号）"
        style={{ width: 240 }}
        maxLength={120}
        value={value.document}
        onChange={(event) => onChange({ ...value, document: event.target.value })}
      />
      <Input
        aria-label="文件日期"
        type="date"
        max={props.today}
        style={{ width: 150 }}
        value={value.issuedOn}
        onChange={(event) => onChange({ ...value, issuedOn: event.target.value })}
      />
      <button type="button" className="link-button small" onClick={() => onChange(undefined)}>
        取消
      </button>
    </div>
  );
}
