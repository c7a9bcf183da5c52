import type { FormAnswers } from '#kernel/form-shape.ts';

/** The kept record's answers with the chosen fields as the removed record has them. */
export function mergeAnswers(
  kept: FormAnswers,
  removed: FormAnswers,
  fromRemoved: readonly string[],
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...kept };
  for (const id of fromRemoved) {
    if (removed[id] === undefined) delete merged[id];
    else merged[id] = removed[id];
  }
  return merged;
}

/** Fields in which two records differ, each once, in the order of the first and then the second. */
export function differingFields(first: FormAnswers, second: FormAnswers): string[] {
  const ids = [...new Set([...Object.keys(first), ...Object.keys(second)])];
  return ids.filter((id) => JSON.stringify(first[id] ?? null) !== JSON.stringify(second[id] ?? null));
}
