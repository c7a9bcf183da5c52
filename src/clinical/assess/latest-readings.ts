import { valueOn } from '#kernel/dated.ts';
import { epochDayOf, type PlainDate } from '#kernel/plain-date.ts';
import { roundTo } from '../answering.ts';
import type { HomeSeries } from './home-series.ts';
import type { RecordedMeasurement } from './patient-record.ts';
import { type KindLimits, plausibleReadings, unitConversions } from './plausible-readings.ts';

type LimitTable = Readonly<Record<string, KindLimits>>;

/** The kinds of a table of limits, numbered: a kind's number is its place in every column. */
interface Kinds {
  readonly places: ReadonlyMap<string, number>;
  readonly limits: readonly KindLimits[];
}

const numbered = new Map<LimitTable, Kinds>();

/** The tables are the parameter's own rows; each is numbered once. */
function kindsOf(table: LimitTable): Kinds {
  let kinds = numbered.get(table);
  if (!kinds) {
    const limits = Object.values(table);
    kinds = { places: new Map(Object.keys(table).map((kind, place) => [kind, place])), limits };
    numbered.set(table, kinds);
  }
  return kinds;
}

/** No day of a calendar. */
const never = Number.NEGATIVE_INFINITY;

/** Of every kind of reading the latest, and the last of an earlier day: one column for each, days also as numbers. */
export class LatestReadings {
  private readonly places: ReadonlyMap<string, number>;
  private readonly limits: readonly KindLimits[];
  private readonly values: number[];
  private readonly numbers: number[];
  private readonly days: (PlainDate | undefined)[];
  private readonly before: number[];
  private readonly beforeNumbers: number[];

  constructor({ places, limits }: Kinds) {
    this.places = places;
    this.limits = limits;
    const { length } = limits;
    this.values = new Array<number>(length).fill(never);
    this.numbers = new Array<number>(length).fill(never);
    this.days = new Array<PlainDate | undefined>(length).fill(undefined);
    this.before = new Array<number>(length).fill(never);
    this.beforeNumbers = new Array<number>(length).fill(never);
  }

  latest(kind: string): number | undefined {
    const place = this.places.get(kind);
    return place === undefined || this.days[place] === undefined ? undefined : this.values[place];
  }

  latestOn(kind: string): PlainDate | undefined {
    const place = this.places.get(kind);
    return place === undefined ? undefined : this.days[place];
  }

  /** The day of the latest of the kind that is so called. */
  latestOnByName(name: string): PlainDate | undefined {
    const place = this.limits.findIndex((one) => one.name === name);
    return place < 0 ? undefined : this.days[place];
  }

  previous(kind: string): number | undefined {
    const place = this.places.get(kind);
    return place === undefined || this.beforeNumbers[place] === never ? undefined : this.before[place];
  }

  /** Takes a believable reading in; of one day the worse counts, so that the order they stand in says nothing. */
  keep(place: number, value: number, on: PlainDate, number: number): void {
    const held = this.numbers[place] as number;
    if (number > held) {
      this.before[place] = this.values[place] as number;
      this.beforeNumbers[place] = held;
      this.values[place] = value;
      this.numbers[place] = number;
      this.days[place] = on;
    } else if (number === held) {
      if (isWorse(this.limits[place] as KindLimits, value, this.values[place] as number))
        this.values[place] = value;
    } else {
      const earlier = this.beforeNumbers[place] as number;
      if (
        number > earlier ||
        (number === earlier && isWorse(this.limits[place] as KindLimits, value, this.before[place] as number))
      ) {
        this.before[place] = value;
        this.beforeNumbers[place] = number;
      }
    }
  }

  /** Puts a value worked out from others before what was measured. */
  derive(kind: string, value: number, on: PlainDate): void {
    const place = this.places.get(kind);
    if (place !== undefined) this.keep(place, value, on, epochDayOf(on));
  }

  /** Sets the latest of a kind aside as not to be believed. */
  drop(kind: string): void {
    const place = this.places.get(kind);
    if (place !== undefined) this.days[place] = undefined;
  }
}

/** The believable readings of a record until a day, in one pass; what cannot be right is named and set aside. */
export function keepReadings(
  measurements: readonly RecordedMeasurement[],
  day: PlainDate,
  floor: PlainDate,
  problems: Set<string>,
  series: HomeSeries,
): LatestReadings {
  const kinds = kindsOf(valueOn(plausibleReadings, day));
  const kept = new LatestReadings(kinds);
  let checkedOn: PlainDate | undefined;
  let [number, isInTime, isRecent] = [never, false, false];
  for (const reading of measurements) {
    const { kind, on } = reading;
    const place = kinds.places.get(kind);
    if (place === undefined) continue;
    const known = kinds.limits[place] as KindLimits;
    // Readings of one visit share its day; it is looked at once.
    if (on !== checkedOn) {
      checkedOn = on;
      number = epochDayOf(on);
      isInTime = on <= day && on >= floor && number > never;
      isRecent = isInTime && on >= series.since;
    }
    if (!isInTime) {
      problems.add(`${known.name}的日期 ${on} 不可信。`);
      continue;
    }
    const value =
      reading.unit === undefined || reading.unit === known.unit
        ? reading.value
        : converted(reading, known, day, problems);
    if (value === undefined) continue;
    if (!(value >= known.min && value <= known.max)) {
      const isOther = known.other && value >= known.other.min && value <= known.other.max;
      problems.add(`${known.name} ${value} 不可信${isOther ? `（${known.other?.hint}）` : ''}。`);
      continue;
    }
    if (isRecent) series.add(kind, value, on, reading.context);
    kept.keep(place, value, on, number);
  }
  return kept;
}

function isWorse({ worse }: KindLimits, value: number, than: number): boolean {
  if (worse === undefined) return value > than;
  if (worse === 'low') return value < than;
  const low = Math.min(value, than);
  return low <= worse.lowUpTo ? value < than : value > than;
}

function converted(
  { kind, value, unit }: RecordedMeasurement,
  known: KindLimits,
  day: PlainDate,
  problems: Set<string>,
): number | undefined {
  const table = valueOn(unitConversions, day);
  const key = `${kind}|${unit}`;
  const how = Object.hasOwn(table, key) ? table[key] : undefined;
  if (how) return roundTo(value * how.times + (how.plus ?? 0), 2);
  problems.add(`${known.name}的单位 ${unit} 不认识，没有采用。`);
  return undefined;
}
