import { type ReactNode, useState } from 'react';
import type { CodeOption, FormAnswers, FormField } from '#kernel/form-shape.ts';
import { FieldButton } from './controls.tsx';

interface AnswerProps<F extends FormField = FormField> {
  readonly field: F;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

/** The input of one field by its kind, with the phone's own keyboards and pickers. */
export function FieldAnswer({ field, value, onChange }: AnswerProps): ReactNode {
  const common = { id: `f-${field.id}`, className: 'f-input', 'aria-label': field.label };
  switch (field.kind) {
    case 'code':
      return field.options.length > 12 ? (
        <select
          {...common}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.target.value || undefined)}
        >
          <option value="">请选择</option>
          {field.options.map((option) => (
            <option key={option.code} value={option.code}>
              {option.label}
            </option>
          ))}
        </select>
      ) : (
        <OneChoice field={field} value={value} onChange={onChange} />
      );
    case 'codes':
      return <ManyChoices field={field} value={value} onChange={onChange} />;
    case 'integer':
    case 'decimal':
      return <NumberInput field={field} value={value} onChange={onChange} />;
    case 'computed':
      return <output id={common.id}>{typeof value === 'number' ? value : '—'}</output>;
    case 'date':
      return (
        <input
          {...common}
          type="date"
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.target.value || undefined)}
        />
      );
    case 'flag':
      return (
        <Choice
          isOn={value === true}
          role="checkbox"
          onPress={() => onChange(value === true ? undefined : true)}
        >
          {value === true ? '是' : '否'}
        </Choice>
      );
    case 'rows':
      return <Rows field={field} value={value} onChange={onChange} />;
    default:
      return <TextInput field={field} value={value} onChange={onChange} />;
  }
}

function TextInput({ field, value, onChange }: AnswerProps) {
  const text = typeof value === 'string' ? value : '';
  const common = {
    id: `f-${field.id}`,
    className: 'f-input',
    'aria-label': field.label,
    value: text,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value || undefined),
  };
  if (field.kind === 'text' && field.multiline)
    return <textarea {...common} rows={2} maxLength={field.maxLength} />;
  const pattern = field.kind === 'text' ? field.pattern : undefined;
  return (
    <input
      {...common}
      type="text"
      inputMode={pattern === 'phone' ? 'tel' : 'text'}
      autoCapitalize="off"
      placeholder={field.kind === 'partial-date' ? '年 或 年-月 或 年-月-日' : undefined}
      maxLength={field.kind === 'text' ? field.maxLength : 60}
    />
  );
}

/** Keeps what is typed as text, so that `6.` on the way to `6.8` is not taken away. */
function NumberInput({ field, value, onChange }: AnswerProps) {
  const [typed, setTyped] = useState<string>();
  const shown =
    typed !== undefined && Number(typed) === value
      ? typed
      : typeof value === 'number'
        ? `${value}`
        : (typed ?? '');
  return (
    <input
      id={`f-${field.id}`}
      className="f-input"
      aria-label={field.label}
      inputMode={field.kind === 'integer' ? 'numeric' : 'decimal'}
      maxLength={8}
      value={shown}
      onChange={(event) => {
        const text = event.target.value.replace(/[^0-9.]/g, '');
        setTyped(text);
        onChange(/\d/.test(text) && Number.isFinite(Number(text)) ? Number(text) : undefined);
      }}
    />
  );
}

function Choice(props: {
  isOn: boolean;
  role: 'radio' | 'checkbox';
  onPress: () => void;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: the role is radio or checkbox, both of which are checked.
    <button
      type="button"
      className="f-choice"
      role={props.role}
      aria-checked={props.isOn}
      onClick={props.onPress}
    >
      {props.children}
    </button>
  );
}

function OneChoice({ field, value, onChange }: AnswerProps<FormField & { kind: 'code' }>) {
  return (
    <div className="f-choices" role="radiogroup" aria-label={field.label} id={`f-${field.id}`}>
      {field.options.map((option: CodeOption) => (
        <Choice
          key={option.code}
          role="radio"
          isOn={option.code === value}
          onPress={() =>
            onChange(option.code === value && field.required === 'optional' ? undefined : option.code)
          }
        >
          {option.label}
        </Choice>
      ))}
    </div>
  );
}

function ManyChoices({ field, value, onChange }: AnswerProps<FormField & { kind: 'codes' }>) {
  const chosen = Array.isArray(value) ? (value as string[]) : [];
  const toggle = (code: string) => {
    if (chosen.includes(code)) return onChange(chosen.filter((one) => one !== code));
    if (field.exclusive.includes(code)) return onChange([code]);
    onChange([...chosen.filter((one) => !field.exclusive.includes(one)), code]);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own legend and frame.
    <div className="f-choices" role="group" aria-label={field.label} id={`f-${field.id}`}>
      {field.options.map((option) => (
        <Choice
          key={option.code}
          role="checkbox"
          isOn={chosen.includes(option.code)}
          onPress={() => toggle(option.code)}
        >
          {option.label}
        </Choice>
      ))}
    </div>
  );
}

function Rows({ field, value, onChange }: AnswerProps<FormField & { kind: 'rows' }>) {
  const rows = Array.isArray(value) ? (value as FormAnswers[]) : [];
  const change = (at: number, id: string, next: unknown) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, [id]: next } : row)));
  return (
    <div id={`f-${field.id}`} style={{ display: 'flex', flexDirection: 'column', gap: 8 }}>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are places on the sheet.
        <div key={index} className="f-card">
          {field.columns.map((column) => (
            // biome-ignore lint/a11y/noLabelWithoutControl: the input stands inside, whichever kind it is.
            <label key={column.id} style={{ display: 'block', marginBottom: 6 }}>
              <span className="f-small f-soft">{column.label}</span>
              <FieldAnswer
                field={{ ...column, id: `${field.id}.${index}.${column.id}` } as FormField}
                value={row[column.id]}
                onChange={(next) => change(index, column.id, next)}
              />
            </label>
          ))}
          <FieldButton kind="quiet" onClick={() => onChange(rows.filter((_, at) => at !== index))}>
            删除这一行
          </FieldButton>
        </div>
      ))}
      {rows.length < field.maxRows && (
        <FieldButton kind="quiet" onClick={() => onChange([...rows, {}])}>
          添加{field.label}
        </FieldButton>
      )}
    </div>
  );
}
