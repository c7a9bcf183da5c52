/** Every answer of the server says with this header whether it is the county or a copy restored for a drill. */
export const drillHeader = 'x-quancheng-drill';

/** The header's value: where the copy comes from, or that it is the county itself. */
export const sayDrill = (drill: string | undefined): string =>
  drill === undefined ? 'no' : encodeURIComponent(drill);

/** Where the copy comes from, empty for the county; undefined when the answer is not one of ours. */
export function readDrill(header: string | null): string | undefined {
  if (header === null) return undefined;
  if (header === 'no') return '';
  try {
    return decodeURIComponent(header);
  } catch {
    return undefined;
  }
}
