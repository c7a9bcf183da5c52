import { drillHeader, readDrill } from '#standards/drill-copy.ts';

const mark = 'quancheng-drill';
const listeners = new Set<() => void>();

/** Where the drill's copy comes from that this browser last talked with; empty for the county. Kept for when there is no network. */
export const drillCopy = (): string => localStorage.getItem(mark) ?? '';

/** Takes note of what an answer says; an open page may meet another server than the one it was loaded from. */
export function heedDrill(response: Response): void {
  const said = readDrill(response.headers.get(drillHeader));
  if (said === undefined || said === drillCopy()) return;
  if (said) localStorage.setItem(mark, said);
  else localStorage.removeItem(mark);
  for (const tell of listeners) tell();
}

export function onDrillChange(tell: () => void): () => void {
  listeners.add(tell);
  return () => void listeners.delete(tell);
}
