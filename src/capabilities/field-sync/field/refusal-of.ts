import type { Problem } from '#kernel/problem.ts';
import type { VillageStore } from './village-store.ts';

/** What the server said when it sent this operation back, line by line; empty when it did not. */
export function refusalOf(store: VillageStore, operationId: string | undefined): readonly string[] {
  const found = operationId
    ? store.needsYou().find((one) => one.operation.operationId === operationId)
    : undefined;
  return found?.problem ? problemLines(found.problem) : [];
}

/** A refusal in words: the fields concerned, or what happened and what to do. */
export function problemLines(problem: Problem): readonly string[] {
  const issues = problem.issues ?? [];
  return issues.length > 0 ? issues.map((issue) => issue.message) : [`${problem.title}。${problem.detail}`];
}
