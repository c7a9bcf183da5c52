import type { ReactNode } from 'react';
import { printInstantDay, printInstantTime } from '#platform/browser/print-instant.ts';
import { minutesBetween, printInterval } from '../domain/print-interval.ts';

/** What each step was, when, by whom, and how long after the one before. */
export function StepList<S extends string>(props: {
  readonly label: string;
  readonly steps: readonly {
    readonly state: S;
    readonly at: string;
    readonly byName: string;
    readonly organizationName: string;
    readonly note: string | null;
  }[];
  /** What the first step and any later one is called. */
  readonly first: string;
  readonly names: Readonly<Record<S, string>>;
  readonly children?: ReactNode;
}) {
  const { steps, names } = props;
  return (
    <ol
      aria-label={props.label}
      className="small"
      style={{
        listStyle: 'none',
        margin: '6px 0',
        padding: '4px 0 4px 10px',
        borderInlineStart: '2px solid var(--line)',
      }}
    >
      {steps.map((step, index) => (
        <li key={`${step.state} ${step.at}`}>
          <b>{index === 0 ? props.first : names[step.state]}</b> {printInstantDay(step.at)}{' '}
          {printInstantTime(step.at)}
          {index > 0 && (
            <span className="soft">
              （{printInterval(minutesBetween(steps[index - 1]?.at ?? step.at, step.at))}后）
            </span>
          )}{' '}
          <span className="soft">
            {step.organizationName} {step.byName}
          </span>
          {step.note && ` · ${step.note}`}
        </li>
      ))}
      {props.children}
    </ol>
  );
}
