import { AutoComplete, Button, Input, InputNumber } from 'antd';
import { medicines } from '#clinical/medicines/formulary.ts';
import { type MedicineWarning, severityLabels } from '#clinical/medicines/medicine-warning.ts';
import { type ClinicalState, StateTag } from '#platform/browser/design-system/state-tag.tsx';
import type { CarePlanContent, PlannedMedicine } from '../domain/care-plan.ts';

const names = medicines.filter((one) => one.listed).map((one) => ({ value: one.nameZh }));
const tones: Readonly<Record<MedicineWarning['severity'], ClinicalState>> = {
  X: 'crisis',
  D: 'late',
  C: 'recheck',
  B: 'plain',
};

/** The medicines of a plan, and what the rules say of them together while they are typed. */
export function MedicineRows(props: {
  value: readonly PlannedMedicine[];
  accepted: CarePlanContent['accepted'];
  warned: { readonly warnings: readonly MedicineWarning[]; readonly unknown: readonly string[] };
  onChange: (value: readonly PlannedMedicine[]) => void;
  onAccept: (accepted: CarePlanContent['accepted']) => void;
}) {
  const { value } = props;
  const set = (at: number, change: Partial<PlannedMedicine>) =>
    props.onChange(value.map((one, index) => (index === at ? { ...one, ...change } : one)));
  return (
    <section aria-label="药物治疗" style={{ display: 'grid', gap: 6 }}>
      <h3 className="small soft" style={{ margin: 0 }}>
        药物治疗
      </h3>
      {value.map((one, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own while they are typed.
          key={index}
          className="row"
          style={{ gap: 6 }}
        >
          <AutoComplete
            aria-label={`药名${index + 1}`}
            style={{ flex: '1 1 180px' }}
            placeholder="药名"
            options={names}
            showSearch={{ filterOption: (typed, option) => option?.value.includes(typed.trim()) ?? false }}
            value={one.name}
            onChange={(name: string) => set(index, { name })}
          />
          每次
          <InputNumber
            aria-label={`每次剂量${index + 1}`}
            style={{ width: 76 }}
            controls={false}
            value={one.dosePerTime ?? null}
            onChange={(dose) => set(index, { dosePerTime: dose ?? undefined })}
          />
          <Input
            aria-label={`单位${index + 1}`}
            style={{ width: 58 }}
            maxLength={10}
            value={one.doseUnit ?? 'mg'}
            onChange={(event) => set(index, { doseUnit: event.target.value })}
          />
          每日
          <InputNumber
            aria-label={`每日次数${index + 1}`}
            style={{ width: 56 }}
            controls={false}
            value={one.timesPerDay ?? null}
            onChange={(times) => set(index, { timesPerDay: times ?? undefined })}
          />
          次
          <Input
            aria-label={`用法${index + 1}`}
            placeholder="用法"
            style={{ width: 110 }}
            maxLength={100}
            value={one.note ?? ''}
            onChange={(event) => set(index, { note: event.target.value || undefined })}
          />
          <Button size="small" onClick={() => props.onChange(value.filter((_, at) => at !== index))}>
            删去
          </Button>
        </div>
      ))}
      <div>
        <Button size="small" onClick={() => props.onChange([...value, { name: '' }])}>
          加一种药
        </Button>
      </div>
      {props.warned.unknown.length > 0 && (
        <div className="small soft">目录中没有、未能核对：{props.warned.unknown.join('、')}。</div>
      )}
      {props.warned.warnings.map((warning) => (
        <Warning
          key={warning.ruleId + warning.medicines.join()}
          warning={warning}
          reason={props.accepted.find((one) => one.ruleId === warning.ruleId)?.reason ?? ''}
          onReason={(reason) =>
            props.onAccept([
              ...props.accepted.filter((one) => one.ruleId !== warning.ruleId),
              { ruleId: warning.ruleId, reason },
            ])
          }
        />
      ))}
    </section>
  );
}

function Warning(props: { warning: MedicineWarning; reason: string; onReason: (reason: string) => void }) {
  const { warning } = props;
  return (
    <div className="row" role="alert" style={{ gap: 8 }}>
      <StateTag state={tones[warning.severity]}>{severityLabels[warning.severity]}</StateTag>
      <span className="small">
        {warning.medicines.join('、')}：{warning.effect}；{warning.action}。
        {warning.needs.length > 0 && `未知：${warning.needs.join('、')}，可能更重。`}
      </span>
      {warning.severity === 'D' && (
        <Input
          aria-label={`仍使用${warning.medicines.join('、')}的理由`}
          placeholder="仍使用的理由"
          size="small"
          style={{ width: 220 }}
          maxLength={200}
          value={props.reason}
          onChange={(event) => props.onReason(event.target.value)}
        />
      )}
    </div>
  );
}
