import { inOrder } from '#kernel/in-order.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import type { HomePressure } from '../early-warning/watch-trend.ts';

/** Days of the longest trend, a year of weights, and a day. */
const yearDays = 366;

interface DayValues {
  sbp: number[];
  dbp: number[];
}

/** Home pressures, glucoses and weights of the last year, for the trends; the same whatever order they came in. */
export class HomeSeries {
  /** Nothing before this day is kept. */
  readonly since: PlainDate;
  private readonly pressures = new Map<PlainDate, DayValues>();
  private readonly glucoses: { on: PlainDate; value: number; fasting: boolean }[] = [];
  private readonly kilograms: { on: PlainDate; kg: number }[] = [];

  constructor(day: PlainDate) {
    this.since = addDays(day, -yearDays);
  }

  /** Keeps a reading when a trend asks for its kind. */
  add(kind: string, value: number, on: PlainDate, context: string | null | undefined): void {
    if (kind === 'weight') this.kilograms.push({ on, kg: value });
    else if (kind === 'sbp' || kind === 'dbp') {
      if (context !== 'home') return;
      let held = this.pressures.get(on);
      if (!held) {
        held = { sbp: [], dbp: [] };
        this.pressures.set(on, held);
      }
      held[kind].push(value);
    } else if (kind === 'fasting-glucose') this.glucoses.push({ on, value, fasting: true });
    else if (kind === 'random-glucose' || kind === 'glucose-2h')
      this.glucoses.push({ on, value, fasting: false });
  }

  /** Mean home pressure of each day that has both values, oldest first. */
  homePressures(): HomePressure[] {
    const list: HomePressure[] = [];
    for (const [on, { sbp, dbp }] of this.pressures)
      if (sbp.length > 0 && dbp.length > 0) list.push({ on, sbp: mean(sbp), dbp: mean(dbp) });
    return inOrder(list, (a, b) => (a.on < b.on ? -1 : 1));
  }

  /** The highest and lowest home pressure of the latest day measured at home. */
  latestHomeDay(): { on: PlainDate; high: Pair; low: Pair } | undefined {
    let latest: PlainDate | undefined;
    for (const [on, { sbp, dbp }] of this.pressures)
      if (sbp.length > 0 && dbp.length > 0 && (latest === undefined || on > latest)) latest = on;
    const held = latest === undefined ? undefined : this.pressures.get(latest);
    if (latest === undefined || !held) return undefined;
    return {
      on: latest,
      high: { sbp: Math.max(...held.sbp), dbp: Math.max(...held.dbp) },
      low: { sbp: Math.min(...held.sbp), dbp: Math.min(...held.dbp) },
    };
  }

  /** Whether anything was measured at home. */
  hasHomePressure(): boolean {
    return this.pressures.size > 0;
  }

  glucoseReadings(): { on: PlainDate; value: number; fasting: boolean }[] {
    return inOrder(this.glucoses, (a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.value - b.value));
  }

  weights(): { on: PlainDate; kg: number }[] {
    return inOrder(this.kilograms, (a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.kg - b.kg));
  }
}

interface Pair {
  readonly sbp: number;
  readonly dbp: number;
}

/** Sorted first, so that the sum does not depend on the order of the readings. */
function mean(values: number[]): number {
  let sum = 0;
  for (const value of values.length > 1 ? values.sort((a, b) => a - b) : values) sum += value;
  return sum / values.length;
}
