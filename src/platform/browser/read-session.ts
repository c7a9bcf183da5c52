import { type Session, showSession } from '#standards/session-contract.ts';
import { ApiProblem, callApi } from './api-client.ts';

/** The server itself gives up on its database after 35 seconds; one that is still silent then is not there. */
const longestWaitMs = 45_000;
const firstPauseMs = 2_000;
const longestPauseMs = 30_000;

/** Who is signed in; null only where the server itself says that nobody is. Throws when it gave no such answer. */
export async function readSession(): Promise<Session | null> {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), longestWaitMs);
  try {
    return await callApi(showSession, { signal: control.signal });
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'not-signed-in') return null;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Pause before the server is asked again: longer after each failure in a row, for a county asks at once. */
export function pauseBeforeAskingMs(failures: number): number {
  return Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1));
}
