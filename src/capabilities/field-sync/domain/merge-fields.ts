/** One field as somebody changed it: what they saw before and what they want. */
export interface FieldChange {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

export interface FieldMerge {
  /** Fields to write. */
  readonly take: Readonly<Record<string, unknown>>;
  /** Fields somebody else changed meanwhile to something different: both values stay visible. */
  readonly conflicts: readonly (FieldChange & { readonly current: unknown })[];
}

/** Equality of answers: by content, and nothing given equals null and an empty text. */
export function isSameAnswer(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  if (value === undefined || value === null || value === '') return '';
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/**
 * Three-way merge by field: a field nobody else touched takes the new value; one that already holds it stays; one that
 * somebody else changed to something different is a conflict. Never decides by who was later.
 */
export function mergeFields(
  current: Readonly<Record<string, unknown>>,
  changes: readonly FieldChange[],
): FieldMerge {
  const take: Record<string, unknown> = {};
  const conflicts: (FieldChange & { current: unknown })[] = [];
  for (const change of changes) {
    const now = current[change.field];
    if (isSameAnswer(now, change.to)) continue;
    if (isSameAnswer(now, change.from)) take[change.field] = change.to;
    else conflicts.push({ ...change, current: now });
  }
  return { take, conflicts };
}
