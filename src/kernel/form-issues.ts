import type { FieldIssue } from './problem.ts';

/** Collects what is wrong, what is doubtful and what is not known while a sheet is read. */
export class FormIssues {
  readonly errors: FieldIssue[] = [];
  readonly warnings: FieldIssue[] = [];
  readonly unknown: string[] = [];

  /** The sheet cannot be saved so. */
  refuse(path: string, code: string, message: string): void {
    this.errors.push({ path, code, message });
  }

  /** The doctor is asked to look again. */
  ask(path: string, code: string, message: string): void {
    this.warnings.push({ path, code, message });
  }

  /** Whether something is already refused at a path or below it. */
  isRefused(path: string): boolean {
    return this.errors.some((issue) => issue.path === path || issue.path.startsWith(`${path}.`));
  }
}
