import { Button, Input, InputNumber } from 'antd';
import type { KeyboardEvent } from 'react';
import type { FormAnswers, FormField } from '#kernel/form-shape.ts';

interface FieldInputProps {
  readonly field: FormField;
  readonly value: unknown;
  readonly prefilled: boolean;
  readonly onChange: (value: unknown) => void;
}

/** The input of one field, by its kind; Enter goes to the next one. */
export function FieldInput({ field, value, prefilled, onChange }: FieldInputProps) {
  const className = prefilled ? 'prefilled' : '';
  const common = { id: `field-${field.id}`, 'aria-label': field.label, className, onKeyDown: moveOnEnter };
  switch (field.kind) {
    case 'code':
      return <CodeChoice field={field} value={value} onChange={onChange} />;
    case 'codes':
      return <CodesChoice field={field} value={value} onChange={onChange} />;
    case 'integer':
    case 'decimal':
      return (
        <InputNumber
          {...common}
          inputMode={field.kind === 'integer' ? 'numeric' : 'decimal'}
          style={{ width: 150 }}
          value={typeof value === 'number' ? value : null}
          onChange={(next) => onChange(next ?? undefined)}
          controls={false}
          suffix={field.unit}
        />
      );
    case 'computed':
      return (
        <span style={{ lineHeight: '32px' }}>
          {typeof value === 'number' ? `${value} ${field.unit ?? ''}` : '—'}
        </span>
      );
    case 'date':
      return (
        <Input
          {...common}
          type="date"
          style={{ width: 160 }}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.target.value || undefined)}
        />
      );
    case 'partial-date':
      return (
        <Input
          {...common}
          style={{ width: 160 }}
          placeholder="年 或 年-月 或 年-月-日"
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.target.value || undefined)}
        />
      );
    case 'flag':
      return (
        <ChoiceButton isOn={value === true} onPress={() => onChange(value === true ? undefined : true)}>
          {value === true ? '是' : '否'}
        </ChoiceButton>
      );
    case 'rows':
      return <RowsInput field={field} value={value} onChange={onChange} />;
    case 'text':
    case 'reference': {
      const text = typeof value === 'string' ? value : '';
      if (field.kind === 'text' && field.multiline) {
        return (
          <Input.TextArea
            {...common}
            onKeyDown={undefined}
            autoSize={{ minRows: 2, maxRows: 6 }}
            maxLength={field.maxLength}
            value={text}
            onChange={(event) => onChange(event.target.value || undefined)}
          />
        );
      }
      const isPhone = field.kind === 'text' && field.pattern === 'phone';
      return (
        <Input
          {...common}
          inputMode={isPhone ? 'tel' : 'text'}
          maxLength={field.kind === 'text' ? field.maxLength : 100}
          value={text}
          onChange={(event) => onChange(event.target.value || undefined)}
        />
      );
    }
  }
}

/** Enter behaves like Tab, so that a sheet is filled without the mouse. */
export function moveOnEnter(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
  event.preventDefault();
  const form = event.currentTarget.closest('[data-form]');
  const stops = [
    ...(form?.querySelectorAll<HTMLElement>(
      'input:not([disabled]), textarea, button[role="radio"], button[role="checkbox"], [data-next]',
    ) ?? []),
  ];
  const here = stops.indexOf(
    event.currentTarget.matches('input, textarea, button')
      ? event.currentTarget
      : (document.activeElement as HTMLElement),
  );
  // A group of choices is one stop: go to its chosen button, or its first.
  const next = stops
    .slice(here + 1)
    .find((stop) => stop.getAttribute('role') !== 'radio' || stop.tabIndex === 0);
  next?.focus();
  if (next instanceof HTMLInputElement) next.select();
}

function ChoiceButton(props: {
  isOn: boolean;
  onPress: () => void;
  children: React.ReactNode;
  role?: 'radio' | 'checkbox';
  tabIndex?: number;
}) {
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: the role is radio or checkbox, both of which are checked.
    <button
      type="button"
      className="choice"
      role={props.role ?? 'checkbox'}
      aria-checked={props.isOn}
      tabIndex={props.tabIndex ?? 0}
      onClick={props.onPress}
      onKeyDown={(event) => {
        if (event.key === 'Enter') moveOnEnter(event);
        if (event.key === 'ArrowRight')
          (event.currentTarget.nextElementSibling as HTMLElement | null)?.focus();
        if (event.key === 'ArrowLeft')
          (event.currentTarget.previousElementSibling as HTMLElement | null)?.focus();
      }}
    >
      {props.children}
    </button>
  );
}

function CodeChoice({
  field,
  value,
  onChange,
}: {
  field: FormField & { kind: 'code' };
  value: unknown;
  onChange: (v: unknown) => void;
}) {
  const chosen = field.options.findIndex((option) => option.code === value);
  return (
    <div className="choices" role="radiogroup" aria-label={field.label}>
      {field.options.map((option, index) => (
        <ChoiceButton
          key={option.code}
          role="radio"
          isOn={option.code === value}
          tabIndex={index === Math.max(0, chosen) ? 0 : -1}
          onPress={() =>
            onChange(option.code === value && field.required === 'optional' ? undefined : option.code)
          }
        >
          {option.label}
        </ChoiceButton>
      ))}
    </div>
  );
}

function CodesChoice({
  field,
  value,
  onChange,
}: {
  field: FormField & { kind: 'codes' };
  value: unknown;
  onChange: (v: unknown) => void;
}) {
  const chosen = Array.isArray(value) ? (value as string[]) : [];
  const toggle = (code: string) => {
    if (chosen.includes(code)) return onChange(chosen.filter((c) => c !== code));
    if (field.exclusive.includes(code)) return onChange([code]);
    onChange([...chosen.filter((c) => !field.exclusive.includes(c)), code]);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own legend and frame.
    <div className="choices" role="group" aria-label={field.label}>
      {field.options.map((option) => (
        <ChoiceButton
          key={option.code}
          isOn={chosen.includes(option.code)}
          onPress={() => toggle(option.code)}
        >
          {option.label}
        </ChoiceButton>
      ))}
    </div>
  );
}

function RowsInput({
  field,
  value,
  onChange,
}: {
  field: FormField & { kind: 'rows' };
  value: unknown;
  onChange: (v: unknown) => void;
}) {
  const rows = Array.isArray(value) ? (value as FormAnswers[]) : [];
  const change = (index: number, id: string, next: unknown) =>
    onChange(rows.map((row, i) => (i === index ? { ...row, [id]: next } : row)));
  return (
    <div style={{ display: 'flex', flexDirection: 'column', gap: 8 }}>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place on the sheet.
        <div key={index} className="row" style={{ borderLeft: '3px solid var(--line)', paddingLeft: 10 }}>
          {field.columns.map((column) => (
            // biome-ignore lint/a11y/noLabelWithoutControl: the control is the field's own input inside.
            <label
              key={column.id}
              style={{
                display: 'flex',
                flexDirection: 'column',
                gap: 2,
                minWidth: column.kind === 'text' ? 120 : 90,
              }}
            >
              <span className="small soft">{column.label}</span>
              {column.kind === 'code' ? (
                <select
                  aria-label={column.label}
                  style={{
                    height: 32,
                    borderRadius: 6,
                    border: '1px solid #c9d2da',
                    background: '#fff',
                    font: 'inherit',
                  }}
                  value={typeof row[column.id] === 'string' ? (row[column.id] as string) : ''}
                  onChange={(event) => change(index, column.id, event.target.value || undefined)}
                >
                  <option value="">请选择</option>
                  {column.options.map((option) => (
                    <option key={option.code} value={option.code}>
                      {option.label}
                    </option>
                  ))}
                </select>
              ) : (
                <FieldInput
                  field={column}
                  value={row[column.id]}
                  prefilled={false}
                  onChange={(next) => change(index, column.id, next)}
                />
              )}
            </label>
          ))}
          <Button
            size="small"
            type="text"
            onClick={() => onChange(rows.filter((_, i) => i !== index))}
            aria-label={`删除第 ${index + 1} 行`}
          >
            删除
          </Button>
        </div>
      ))}
      {rows.length < field.maxRows && (
        <Button size="small" style={{ alignSelf: 'flex-start' }} onClick={() => onChange([...rows, {}])}>
          添加{field.label}
        </Button>
      )}
    </div>
  );
}
