interface ChipSetProps {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string; readonly mark?: string }[];
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
}

/** Chips of which several may be on. */
export function ChipSet({ label, options, value, onChange }: ChipSetProps) {
  return (
    <fieldset className="choices" aria-label={label} style={{ border: 0, margin: 0, padding: 0 }}>
      {options.map((one) => (
        // biome-ignore lint/a11y/useSemanticElements: buttons drawn as chips keep the one look of every sheet.
        <button
          key={one.value}
          type="button"
          role="checkbox"
          className="choice"
          aria-checked={value.includes(one.value)}
          onClick={() =>
            onChange(
              value.includes(one.value)
                ? value.filter((other) => other !== one.value)
                : [...value, one.value],
            )
          }
        >
          {one.label}
          {one.mark && <span className="small"> {one.mark}</span>}
        </button>
      ))}
    </fieldset>
  );
}
