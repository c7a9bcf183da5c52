import { addMonths, type PlainDate, parsePlainDate } from '#kernel/plain-date.ts';

/** What an annual checkup says of examinations; null where the sheet leaves it open. */
export interface CheckupExaminations {
  readonly on: PlainDate;
  readonly ecg: string | null;
  readonly fundus: string | null;
  readonly elderCognition: string | null;
  readonly elderEmotion: string | null;
  /** Rows of vaccines given, as the sheet holds them. */
  readonly vaccinations: unknown;
}

/** A result of the centre that is written in words. */
export interface CentreExamination {
  readonly code: string;
  readonly on: PlainDate;
}

/** Months of a record that say what was done; what is older says nothing any more, on server and phone alike. */
export const monthsOfRecord = 60;

/** What else one sitting at the centre looks at. */
const alsoLooksAt: Readonly<Record<string, readonly string[]>> = {
  foot: ['neuropathy'],
  assessments: ['dental', 'mood', 'cognition'],
};

/** The last day of each examination, of a checkup or at the centre; unanswered on a sheet is not done. */
export function examinationsDone(
  checkups: readonly CheckupExaminations[],
  examined: readonly CentreExamination[],
): Record<string, PlainDate> {
  const last = new Map<string, PlainDate>();
  const done = (code: string, day: PlainDate) => {
    const kept = last.get(code);
    if (kept === undefined || kept < day) last.set(code, day);
  };
  for (const one of checkups) {
    done('checkup', one.on);
    if (one.ecg !== null) done('ecg', one.on);
    if (one.fundus !== null) done('retina', one.on);
    if (one.elderCognition !== null) done('cognition', one.on);
    if (one.elderEmotion !== null) done('mood', one.on);
    for (const day of influenzaDays(one)) done('influenza', day);
  }
  for (const { code, on } of examined)
    for (const each of [code, ...(alsoLooksAt[code] ?? [])]) done(each, on);
  return Object.fromEntries(last);
}

/** Of the last days those that still say something on a day. */
export function examinationsHeeded(
  done: Readonly<Record<string, PlainDate>>,
  day: PlainDate,
): Record<string, PlainDate> {
  const since = addMonths(day, -monthsOfRecord);
  return Object.fromEntries(Object.entries(done).filter(([, on]) => on >= since));
}

/** Days of vaccines against influenza; a row without its day says nothing of when. */
function influenzaDays({ vaccinations }: CheckupExaminations): PlainDate[] {
  if (!Array.isArray(vaccinations)) return [];
  return vaccinations.flatMap((row: { vaccineName?: unknown; vaccDate?: unknown } | null) => {
    const day = typeof row?.vaccDate === 'string' ? parsePlainDate(row.vaccDate) : undefined;
    return day && typeof row?.vaccineName === 'string' && isAgainstInfluenza(row.vaccineName) ? [day] : [];
  });
}

/** By its written name; Haemophilus influenzae is another illness. */
export const isAgainstInfluenza = (name: string): boolean =>
  /流感|流行性感冒/.test(name) && !/嗜血/.test(name);
