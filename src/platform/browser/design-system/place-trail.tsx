import { Fragment, type ReactNode } from 'react';

interface Place {
  readonly id: string;
  readonly name: string;
}

/** The way from the top of one's area down to the place shown; those above it lead back. */
export function PlaceTrail<P extends Place>(props: {
  trail: readonly P[];
  here: string;
  link: (place: P) => ReactNode;
}) {
  return (
    <div className="small">
      {props.trail.map((place, index) => (
        <Fragment key={place.id}>
          {index > 0 && ' › '}
          {place.id === props.here ? place.name : props.link(place)}
        </Fragment>
      ))}
    </div>
  );
}
