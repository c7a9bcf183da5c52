import { type Query, QueryCache, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { ApiProblem } from './api-client.ts';
import { printInstantTime } from './print-instant.ts';

const againMs = 15_000;

/** What is on the screen and could not be asked for anew. */
const isStale = (query: Query) =>
  query.isActive() && query.state.status === 'error' && query.state.data !== undefined;

/**
 * Answers that stay on the screen when asking anew fails for the moment: a server that restarts takes nobody's page away.
 * Those that are refused go: who may no longer see something does not see it.
 */
export function keepingCache(): QueryCache {
  return new QueryCache({
    onError: (error, query) => {
      if (!(error instanceof ApiProblem && error.retryable)) query.setState({ data: undefined });
    },
  });
}

/** Says that the page is from earlier, since when, and asks again until it is not. */
export function StaleStrip() {
  const client = useQueryClient();
  const cache = client.getQueryCache();
  const since = useSyncExternalStore(
    useCallback((tell) => cache.subscribe(tell), [cache]),
    () =>
      cache
        .getAll()
        .filter(isStale)
        .map((query) => query.state.dataUpdatedAt)
        .toSorted()[0],
  );
  const askAgain = useCallback(() => void client.refetchQueries({ predicate: isStale }), [client]);
  useEffect(() => {
    if (since === undefined) return;
    const timer = setInterval(askAgain, againMs);
    return () => clearInterval(timer);
  }, [since, askAgain]);
  if (since === undefined) return null;
  return (
    <div role="status" className="stale-strip">
      连不上服务器或服务器繁忙，这里是 {printInstantTime(new Date(since).toISOString())}{' '}
      的内容，正在自动再试。
      <button type="button" className="link-button" onClick={askAgain}>
        立即再试
      </button>
    </div>
  );
}
