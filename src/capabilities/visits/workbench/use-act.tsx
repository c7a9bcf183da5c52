import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { ApiProblem } from '#platform/browser/api-client.ts';

/** Ids of one write; the same until it has succeeded, so that sending it again is harmless. */
export function useWriteIds() {
  const make = () => ({ operationId: uuidv7(), id: uuidv7() });
  const [ids, setIds] = useState(make);
  return { ids, renew: () => setIds(make()) };
}

/** Runs a write, shows its refusal in words, and refreshes what the centre shows. */
export function useAct() {
  const client = useQueryClient();
  const { message } = App.useApp();
  const [problem, setProblem] = useState<ApiProblem>();
  const [busy, setBusy] = useState(false);
  const run = async <T,>(work: () => Promise<T>, done?: string): Promise<T | undefined> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const result = await work();
      const keys = ['centre', 'visit', 'reception', 'resident', 'assessment-record', 'worklist'];
      await Promise.all(keys.map((key) => client.invalidateQueries({ queryKey: [key] })));
      // Told once the screen stands on what was saved: the next write begins from there, not from before.
      if (done) void message.success(done);
      return result;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error);
      if (error.code === 'stale-version') await client.invalidateQueries({ queryKey: ['visit'] });
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { run, problem, busy, clear: () => setProblem(undefined) };
}

/** Why a write was refused, and that nothing typed is lost. */
export function ProblemText({ problem }: { problem: ApiProblem | undefined }) {
  if (!problem) return null;
  const text = problem.issues.map((one) => one.message).join(' ') || `${problem.title}。${problem.detail}`;
  return (
    <div role="alert" className="field-error" style={{ padding: '4px 0' }}>
      {text}
    </div>
  );
}
