import type { ReactNode } from 'react';

/** A figure of each place. */
export interface PlaceColumn<P> {
  readonly label: string;
  readonly of: (place: P) => number;
}

/** Places below one another's, a figure a column; pressing a name goes there. */
export function PlacesTable<P extends { readonly id: string; readonly name: string }>(props: {
  places: readonly P[];
  columns: readonly PlaceColumn<P>[];
  /** Said behind a place's name. */
  remark?: (place: P) => ReactNode;
  onOpen: (id: string) => void;
}) {
  return (
    <section className="card scroll-x">
      <table className="plain-table">
        <thead>
          <tr>
            <th>机构</th>
            {props.columns.map(({ label }) => (
              <th key={label} className="number">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.places.map((place) => (
            <tr key={place.id}>
              <td style={{ whiteSpace: 'nowrap' }}>
                <button type="button" className="link-button" onClick={() => props.onOpen(place.id)}>
                  {place.name}
                </button>
                {props.remark?.(place)}
              </td>
              {props.columns.map(({ label, of }) => (
                <td key={label} className="number">
                  {of(place)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
