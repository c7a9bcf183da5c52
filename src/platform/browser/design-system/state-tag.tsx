import type { ReactNode } from 'react';

export type ClinicalState = 'crisis' | 'late' | 'recheck' | 'good' | 'plain';

const signs: Record<ClinicalState, string> = { crisis: '●', late: '▲', recheck: '◆', good: '✓', plain: '' };

/** A clinical state: colour, sign and word together, so that colour is never the only carrier. */
export function StateTag({ state, children }: { state: ClinicalState; children: ReactNode }) {
  return (
    <span className={`state state-${state}`}>
      {signs[state] && <span aria-hidden="true">{signs[state]}</span>}
      {children}
    </span>
  );
}
