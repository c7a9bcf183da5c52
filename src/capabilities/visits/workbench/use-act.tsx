import type { ApiProblem } from '#platform/browser/api-client.ts';
import { useWrite } from '#platform/browser/use-write.tsx';

/** What the centre shows of a visit, and of the person elsewhere. */
const shown = [
  'centre',
  'visit',
  'reception',
  'resident',
  'assessment-record',
  'worklist',
  'referrals',
  'resident-referrals',
];

/** Runs a write of the centre. */
export const useAct = () => useWrite(shown);

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
