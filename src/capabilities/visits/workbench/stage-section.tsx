import { type ReactNode, useEffect, useState } from 'react';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';

/** A part of the visit that opens when the visit stands there; a summary says what is done. */
export function StageSection(props: {
  title: string;
  isHere: boolean;
  done?: string | undefined;
  children: ReactNode;
}) {
  const [isOpen, setOpen] = useState(props.isHere);
  useEffect(() => setOpen(props.isHere), [props.isHere]);
  return (
    <details
      className="card stage"
      open={isOpen}
      onToggle={(event) => setOpen((event.target as HTMLDetailsElement).open)}
      aria-label={props.title}
    >
      <summary>
        <h2>{props.title}</h2>
        {props.isHere ? (
          <StateTag state="recheck">现在</StateTag>
        ) : (
          props.done !== undefined && <span className="small soft">{props.done}</span>
        )}
      </summary>
      <div>{props.children}</div>
    </details>
  );
}
