import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { openResident } from '#capabilities/residents/contract.ts';
import { ResidentHeader } from '#capabilities/residents/workbench/resident-header.tsx';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { prepareFollowUp, prepareVisit, showFollowUp } from '../contract.ts';
import { FollowUpEditor } from './follow-up-editor.tsx';

/** A new visit: the sheets of all the person's programmes as one, prefilled from the last. */
export function FollowUpScreen() {
  const { residentId } = useParams({ from: '/residents/$residentId/follow-up' });
  const start = useQuery({
    queryKey: ['visit-start', residentId],
    queryFn: () => callApi(prepareVisit, { params: { residentId } }),
    staleTime: 0,
    gcTime: 0,
  });
  return (
    <OnPerson residentId={residentId} needs={[start]}>
      {start.data && <FollowUpEditor key="new" residentId={residentId} starts={start.data.sheets} />}
    </OnPerson>
  );
}

/** A saved sheet, to be corrected with a reason. */
export function CorrectionScreen() {
  const { residentId, recordId } = useParams({ from: '/residents/$residentId/follow-up/$recordId' });
  const record = useQuery({
    queryKey: ['follow-up-record', recordId],
    queryFn: () => callApi(showFollowUp, { params: { recordId } }),
    staleTime: 0,
    gcTime: 0,
  });
  const program = record.data?.program;
  const start = useQuery({
    queryKey: ['follow-up-start', residentId, program, record.data?.formEdition],
    enabled: program !== undefined,
    queryFn: () =>
      callApi(prepareFollowUp, {
        params: { residentId },
        query: { program, edition: record.data?.formEdition },
      }),
    staleTime: 0,
    gcTime: 0,
  });
  return (
    <OnPerson residentId={residentId} needs={[record, start]}>
      {record.data && start.data && (
        <FollowUpEditor
          key={recordId}
          residentId={residentId}
          starts={[start.data]}
          corrected={record.data}
        />
      )}
    </OnPerson>
  );
}

/** The person's header above what is loaded for them. */
function OnPerson(props: {
  residentId: string;
  needs: readonly UseQueryResult<unknown>[];
  children: ReactNode;
}) {
  const { residentId } = props;
  const resident = useQuery({
    queryKey: ['resident', residentId],
    queryFn: () => callApi(openResident, { params: { residentId } }),
  });
  const failed = [resident, ...props.needs].find((query) => query.isLoadingError);
  if (failed) {
    return (
      <main className="page">
        <Failure error={failed.error} onRetry={() => void failed.refetch()} />
      </main>
    );
  }
  if (!resident.data || props.needs.some((query) => !query.data || query.isFetching)) {
    return (
      <main className="page">
        <Loading rows={10} />
      </main>
    );
  }
  return (
    <>
      <ResidentHeader person={resident.data} />
      {props.children}
    </>
  );
}
