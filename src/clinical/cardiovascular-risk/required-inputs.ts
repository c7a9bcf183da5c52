/** The name of an input and the lowest and highest figure believed or allowed, both included. */
export type InputRange = readonly [name: string, low: number, high: number];

/** Whether a figure is given and within its range. */
export function isWithin(value: number | undefined, range: InputRange): value is number {
  return value !== undefined && value >= range[1] && value <= range[2];
}

/**
 * The Chinese names of figures not given, or given outside their range with why in brackets. Nothing is replaced by a
 * default.
 */
export function lackingFigures(
  pairs: readonly (readonly [number | undefined, InputRange])[],
  why = '数值不合理',
): string[] {
  const lacking: string[] = [];
  for (const pair of pairs) {
    const [value, range] = [pair[0], pair[1]];
    if (!isWithin(value, range)) lacking.push(value === undefined ? range[0] : `${range[0]}（${why}）`);
  }
  return lacking;
}

/** The Chinese names of answers not given. */
export function lackingAnswers(pairs: readonly (readonly [unknown, string])[]): string[] {
  const lacking: string[] = [];
  for (const pair of pairs) if (pair[0] === undefined) lacking.push(pair[1]);
  return lacking;
}

/** Ranges of a pressure reading, mmHg, and the least difference believed between its two figures. */
export interface PressureRanges {
  readonly sbp: InputRange;
  readonly dbp: InputRange;
  readonly leastPulse: number;
}

/** The Chinese names of pressures not given or not believed, alone or together. */
export function lackingPressure(
  sbp: number | undefined,
  dbp: number | undefined,
  ranges: PressureRanges,
): string[] {
  const lacking = lackingFigures([
    [sbp, ranges.sbp],
    [dbp, ranges.dbp],
  ]);
  if (lacking.length > 0 || sbp === undefined || dbp === undefined) return lacking;
  return sbp - dbp >= ranges.leastPulse ? [] : ['血压（数值不合理）'];
}
