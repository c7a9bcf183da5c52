import type { KeyboardEvent } from 'react';

interface ChoiceRowProps<T extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly value: T | undefined;
  readonly onChange: (value: T) => void;
  /** After a choice by its number on the keyboard. */
  readonly onChosen?: () => void;
  readonly numbered?: boolean;
}

/** A few choices in a row; with numbers they are chosen by one key. */
export function ChoiceRow<T extends string>(props: ChoiceRowProps<T>) {
  const { options, value } = props;
  const onKey = (event: KeyboardEvent) => {
    const by = Number(event.key) - 1;
    const here = options.findIndex((one) => one.value === value);
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next =
      props.numbered && options[by]
        ? options[by]
        : step === 0
          ? undefined
          : options[(here + step + options.length) % options.length];
    if (!next) return;
    event.preventDefault();
    props.onChange(next.value);
    if (props.numbered && options[by]) props.onChosen?.();
    else (event.currentTarget.children[options.indexOf(next)] as HTMLElement | undefined)?.focus();
  };
  return (
    <div className="choices" role="radiogroup" aria-label={props.label} onKeyDown={onKey}>
      {options.map((one, index) => (
        // biome-ignore lint/a11y/useSemanticElements: buttons drawn as chips keep the one look of every sheet.
        <button
          key={one.value}
          type="button"
          role="radio"
          className="choice"
          aria-checked={one.value === value}
          tabIndex={value === one.value || (value === undefined && index === 0) ? 0 : -1}
          onClick={() => props.onChange(one.value)}
        >
          {props.numbered && <span className="small">{index + 1} </span>}
          {one.label}
        </button>
      ))}
    </div>
  );
}
