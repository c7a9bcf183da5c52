import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { openResident } from '#capabilities/residents/contract.ts';
import { ResidentHeader } from '#capabilities/residents/workbench/resident-header.tsx';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { listFollowUps, prepareFollowUp } from '../contract.ts';
import { FollowUpEditor } from './follow-up-editor.tsx';

/** A new hypertension follow-up, prefilled from the last. */
export function FollowUpScreen() {
  const { residentId } = useParams({ from: '/residents/$residentId/follow-up' });
  return <FollowUpPage residentId={residentId} />;
}

/** A saved follow-up, to be corrected with a reason. */
export function CorrectionScreen() {
  const { residentId, recordId } = useParams({ from: '/residents/$residentId/follow-up/$recordId' });
  return <FollowUpPage residentId={residentId} correctedId={recordId} />;
}

function FollowUpPage({ residentId, correctedId }: { residentId: string; correctedId?: string }) {
  const resident = useQuery({
    queryKey: ['resident', residentId],
    queryFn: () => callApi(openResident, { params: { residentId } }),
  });
  const start = useQuery({
    queryKey: ['follow-up-start', residentId],
    queryFn: () => callApi(prepareFollowUp, { params: { residentId } }),
    staleTime: 0,
    gcTime: 0,
  });
  const records = useQuery({
    queryKey: ['follow-ups', residentId, 'all'],
    enabled: correctedId !== undefined,
    queryFn: () => callApi(listFollowUps, { params: { residentId }, query: { limit: 100 } }),
  });
  const failed = [resident, start, records].find((query) => query.isError);
  if (failed) {
    return (
      <main className="page">
        <Failure error={failed.error} onRetry={() => void failed.refetch()} />
      </main>
    );
  }
  const corrected = records.data?.items.find((record) => record.recordId === correctedId);
  if (!resident.data || !start.data || start.isFetching || (correctedId !== undefined && !records.data)) {
    return (
      <main className="page">
        <Loading rows={10} />
      </main>
    );
  }
  return (
    <>
      <ResidentHeader person={resident.data} />
      <FollowUpEditor
        key={correctedId ?? 'new'}
        residentId={residentId}
        start={start.data}
        {...(corrected ? { corrected } : {})}
      />
    </>
  );
}
