import type { ReactNode } from 'react';

/** Places as bars of their share, in the order given; the figures stand in the table under them. */
export function PlaceBars(props: {
  /** Of what, for whoever does not see them. */
  label: string;
  places: readonly {
    readonly id: string;
    readonly name: string;
    readonly share: number;
    readonly text: ReactNode;
  }[];
  /** Widths of the name and of the text, px. */
  widths: readonly [name: number, text: number];
}) {
  const [name, text] = props.widths;
  return (
    <div role="img" aria-label={props.label} style={{ display: 'grid', gap: 5, marginBottom: 14 }}>
      {props.places.map((place) => (
        <div
          key={place.id}
          className="small"
          style={{
            display: 'grid',
            gridTemplateColumns: `${name}px 1fr ${text}px`,
            gap: 8,
            alignItems: 'center',
          }}
        >
          <span style={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
            {place.name}
          </span>
          <span style={{ background: '#eef1f4', borderRadius: 4, height: 14 }}>
            <span
              style={{
                display: 'block',
                width: `${place.share * 100}%`,
                background: 'var(--accent)',
                height: 14,
                borderRadius: 4,
              }}
            />
          </span>
          <span className="number" style={{ whiteSpace: 'nowrap' }}>
            {place.text}
          </span>
        </div>
      ))}
    </div>
  );
}
