import type { FormAnswers } from '#kernel/form-shape.ts';

/** What a station saved of one person; later ones go over earlier ones, field by field. */
export interface Section {
  readonly seq: number;
  readonly savedBy: string;
  /** `null` takes a value back. */
  readonly answers: FormAnswers;
}

/** The sheet of a person from everything the stations saved. No order of arrival loses another station's values. */
export function mergeSections(sections: readonly Section[]): FormAnswers {
  const merged: Record<string, unknown> = {};
  for (const section of [...sections].sort((a, b) => a.seq - b.seq)) {
    for (const [id, value] of Object.entries(section.answers)) {
      if (value === null || value === undefined) delete merged[id];
      else merged[id] = value;
    }
  }
  return merged;
}

/**
 * Fields of a patch that somebody else changed to something else since the writer looked: those are asked about, not
 * overwritten. Equal values are no conflict.
 */
export function overtakenFields(
  sections: readonly Section[],
  patch: FormAnswers,
  seen: { readonly seq: number; readonly by: string },
): string[] {
  const later = sections.filter((one) => one.seq > seen.seq && one.savedBy !== seen.by);
  const now = mergeSections(sections);
  return Object.keys(patch).filter(
    (id) =>
      later.some((one) => id in one.answers) &&
      JSON.stringify(now[id] ?? null) !== JSON.stringify(patch[id] ?? null),
  );
}

/** Only what differs between the sheet as it was opened and as it is typed; cleared fields become null. */
export function changedAnswers(before: FormAnswers, now: FormAnswers): Record<string, unknown> {
  const ids = new Set([...Object.keys(before), ...Object.keys(now)]);
  return Object.fromEntries(
    [...ids].flatMap((id) =>
      JSON.stringify(before[id] ?? null) === JSON.stringify(now[id] ?? null) ? [] : [[id, now[id] ?? null]],
    ),
  );
}
