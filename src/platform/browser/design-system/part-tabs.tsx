/** The parts of a page of which one is shown. */
export function PartTabs<K extends string>(props: {
  readonly parts: readonly { readonly key: K; readonly label: string }[];
  readonly here: K;
  readonly onChoose: (part: K) => void;
  /** What the parts are parts of, where the heading does not say it. */
  readonly label?: string;
  /** Inside a card. */
  readonly isSmall?: boolean;
}) {
  const { parts, here, onChoose, label, isSmall } = props;
  return (
    <div
      className="tabs"
      role="tablist"
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(isSmall ? { style: { marginBottom: 6 } } : {})}
    >
      {parts.map((part) => (
        <button
          key={part.key}
          type="button"
          role="tab"
          className="tab"
          {...(isSmall ? { style: { minHeight: 34 } } : {})}
          aria-selected={part.key === here}
          onClick={() => onChoose(part.key)}
        >
          {part.label}
        </button>
      ))}
    </div>
  );
}
