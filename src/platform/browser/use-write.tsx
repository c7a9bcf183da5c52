import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { ApiProblem } from './api-client.ts';

/** Ids of one write; the same until it has succeeded, so that sending it again is harmless. */
export function useWriteIds() {
  const make = () => ({ operationId: uuidv7(), id: uuidv7() });
  const [ids, setIds] = useState(make);
  return { ids, renew: () => setIds(make()) };
}

/** Runs a write, says that it is done, refreshes what it changed, and keeps its refusal to be shown. */
export function useWrite(refreshes: readonly (string | readonly string[])[]) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const [problem, setProblem] = useState<ApiProblem>();
  const [busy, setBusy] = useState(false);
  const refresh = () =>
    Promise.all(
      refreshes.map((key) =>
        client.invalidateQueries({ queryKey: typeof key === 'string' ? [key] : [...key] }),
      ),
    );
  const run = async <T,>(work: () => Promise<T>, done?: string): Promise<T | undefined> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const result = await work();
      await refresh();
      // Told once the screen stands on what was saved: the next write begins from there, not from before.
      if (done) void message.success(done);
      return result;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error);
      // What was refused because it had changed is shown anew beneath the refusal.
      if (error.code !== 'offline' && error.code !== 'invalid-input') await refresh();
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { run, problem, busy, clear: () => setProblem(undefined) };
}

/** Why a write was refused. */
export function WriteProblem({ problem }: { problem: ApiProblem | undefined }) {
  if (!problem) return null;
  const issues = problem.issues.map((one) => one.message).join(' ');
  return (
    <p role="alert" style={{ color: 'var(--crisis)', margin: '6px 0' }}>
      {issues || `${problem.title}。${problem.detail}`}
    </p>
  );
}
