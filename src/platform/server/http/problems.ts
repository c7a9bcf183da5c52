import { ZodError } from 'zod';
import { type FieldIssue, type Problem, ProblemError, problem } from '#kernel/problem.ts';

/** The issues of a failed schema, with paths like `answers.sbp` and Chinese sentences. */
export function issuesOf(error: ZodError): FieldIssue[] {
  return error.issues.slice(0, 50).map((issue) => ({
    path: issue.path.map(String).join('.').slice(0, 100),
    code: issue.code,
    message: /[\u4e00-\u9fff]/.test(issue.message) ? issue.message : '填写的内容不符合要求。',
  }));
}

const databaseBusy = new Set(['40001', '40P01', '55P03', '57014', '53300', '25P03']);
const refusedByTrail = /(?:table|relation) "?audit_entry"?/;
const databaseAway = /^(08|57P0|53100|53200|58)/;

/** Which named problem an error is; undefined for one we did not expect. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof ZodError) return problem('invalid-input', { issues: issuesOf(error) });
  const { code, statusCode, message } = (error ?? {}) as {
    code?: unknown;
    statusCode?: unknown;
    message?: unknown;
  };
  if (statusCode === 413) return problem('too-large');
  if (statusCode === 415) return problem('malformed-request');
  if (statusCode === 400 || code === 'FST_ERR_CTP_INVALID_JSON_BODY') return problem('malformed-request');
  // No look and no write without its line in the trail: where the trail refuses, so do we, by name.
  if (typeof message === 'string' && refusedByTrail.test(message)) return problem('audit-unavailable');
  if (typeof code === 'string') {
    // A made-up id that is taken, or of something that is not there: the constraint is the last to notice, and enough.
    if (code === '23505') return problem('already-exists');
    if (code === '23503') return problem('not-found');
    if (databaseBusy.has(code)) return problem('busy');
    if (databaseAway.test(code) || ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'].includes(code)) {
      return problem('storage-unavailable');
    }
  }
  if (
    typeof message === 'string' &&
    /Connection terminated|timeout exceeded when trying to connect|Query read timeout/.test(message)
  ) {
    return problem('storage-unavailable');
  }
  return undefined;
}
