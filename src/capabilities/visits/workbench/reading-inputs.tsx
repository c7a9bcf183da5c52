import { InputNumber, Select } from 'antd';
import { moveOnEnter } from '#platform/browser/form-renderer/field-input.tsx';
import { type ReadingContext, readingContexts, readingKinds } from '#standards/measurements/reading-kinds.ts';

export interface TypedReading {
  readonly value?: number | undefined;
  readonly context?: ReadingContext | undefined;
}
export type TypedReadings = Readonly<Record<string, TypedReading>>;

/** Readings as they travel: what was typed, with how it was taken. */
export function readingsOf(typed: TypedReadings) {
  return readingKinds.flatMap((one) => {
    const { value, context } = typed[one.kind] ?? {};
    return value === undefined
      ? []
      : [{ kind: one.kind, value, context: context ?? one.contexts[0] ?? 'rest' }];
  });
}

/** Inputs of the measurements of one section, each with its unit; how it was taken where there is a choice. */
export function ReadingInputs(props: {
  section: 'examination' | 'tests';
  /** Only these kinds; all of the section without. */
  only?: readonly string[];
  value: TypedReadings;
  onChange: (value: TypedReadings) => void;
}) {
  const kinds = readingKinds.filter(
    (one) => one.section === props.section && (props.only?.includes(one.kind) ?? true),
  );
  const set = (kind: string, change: TypedReading) =>
    props.onChange({ ...props.value, [kind]: { ...props.value[kind], ...change } });
  return (
    <div className="reading-grid">
      {kinds.map((one) => (
        <div key={one.kind} className="reading">
          <span className="soft">{one.label}</span>
          <span className="row" style={{ gap: 6, flexWrap: 'nowrap' }}>
            <InputNumber
              aria-label={one.label}
              style={{ width: 124, flex: 'none' }}
              controls={false}
              precision={one.decimals}
              suffix={<span className="small">{one.shown}</span>}
              value={props.value[one.kind]?.value ?? null}
              onChange={(value) => set(one.kind, { value: value ?? undefined })}
              onKeyDown={moveOnEnter}
            />
            {one.contexts.length > 1 && (
              <Select<ReadingContext>
                aria-label={`${one.label}测量方式`}
                style={{ width: 108 }}
                size="small"
                popupMatchSelectWidth={false}
                value={props.value[one.kind]?.context ?? one.contexts[0] ?? 'rest'}
                onChange={(context) => set(one.kind, { context })}
                options={one.contexts.map((value) => ({ value, label: readingContexts[value] }))}
              />
            )}
          </span>
        </div>
      ))}
    </div>
  );
}
