import { Input } from 'antd';

export const blankBack = {
  diagnosis: '',
  examResults: '',
  treatmentAndAdvice: '',
  hospitalRecordNo: '',
  inpatientNo: '',
  fromPhone: '',
};
type Field = keyof typeof blankBack;

interface Question {
  readonly id: Field;
  readonly label: string;
  readonly most: number;
}
/** The printed questions of the slip, in its order: those that take a text, then those that take a line. */
const texts: readonly Question[] = [
  { id: 'diagnosis', label: '诊断结果', most: 1000 },
  { id: 'examResults', label: '主要检查结果', most: 2000 },
  { id: 'treatmentAndAdvice', label: '治疗经过、下一步治疗方案及康复建议', most: 2000 },
];
const lines: readonly Question[] = [
  { id: 'hospitalRecordNo', label: '病案号', most: 40 },
  { id: 'inpatientNo', label: '住院病案号', most: 40 },
  { id: 'fromPhone', label: '转诊医生联系电话', most: 20 },
];

/** 双向转诊单（回转）: what was found and done, and what the house that goes on is asked for. */
export function BackFields(props: { value: typeof blankBack; onChange: (value: typeof blankBack) => void }) {
  const { value, onChange } = props;
  return (
    <>
      {texts.map(({ id, label, most }) => (
        <div key={id} style={{ display: 'grid', gap: 2 }}>
          <span className="small soft">{label}</span>
          <Input.TextArea
            aria-label={label}
            autoSize={{ minRows: 2, maxRows: 8 }}
            maxLength={most}
            value={value[id]}
            onChange={(event) => onChange({ ...value, [id]: event.target.value })}
          />
        </div>
      ))}
      <div className="row">
        {lines.map(({ id, label, most }) => (
          <LabelledInput
            key={id}
            label={label}
            most={most}
            value={value[id]}
            onChange={(text) => onChange({ ...value, [id]: text })}
          />
        ))}
      </div>
    </>
  );
}

/** One line to write on, with its question above it. */
export function LabelledInput(props: {
  label: string;
  most: number;
  value: string;
  onChange: (text: string) => void;
}) {
  const { label, most, value, onChange } = props;
  return (
    <div style={{ display: 'grid', gap: 2 }}>
      <span className="small soft">{label}</span>
      <Input
        aria-label={label}
        style={{ width: '100%', minWidth: 200, maxWidth: 240 }}
        maxLength={most}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
