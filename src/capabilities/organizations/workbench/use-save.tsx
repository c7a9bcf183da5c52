import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem } from '#platform/browser/api-client.ts';

/** Runs a save, shows its refusal, and refreshes what it changed. */
export function useSave() {
  const client = useQueryClient();
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  const run = async <T,>(work: () => Promise<T>): Promise<T | undefined> => {
    setBusy(true);
    setFailure(undefined);
    try {
      const result = await work();
      await client.invalidateQueries({ queryKey: ['organizations'] });
      await client.invalidateQueries({ queryKey: ['organization-staff'] });
      return result;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setFailure(error.issues.map((one) => one.message).join(' ') || `${error.title}。${error.detail}`);
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { run, failure, busy };
}

/** The refusal of a save. */
export function FailureText({ text }: { text: string | undefined }) {
  return text ? (
    <p role="alert" style={{ color: 'var(--crisis)' }}>
      {text}
    </p>
  ) : null;
}
