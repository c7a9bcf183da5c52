import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { openResident } from '#capabilities/residents/contract.ts';
import { programs } from '#capabilities/residents/domain/program.ts';
import { RevealButton } from '#capabilities/residents/workbench/reveal-button.tsx';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { FormSheet } from '#platform/browser/form-renderer/form-sheet.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { printArchiveTail } from '#standards/identity/archive-number.ts';
import { listFollowUps } from '../contract.ts';
import { followUpPrograms } from '../domain/follow-up-programs.ts';

/** The official sheet on A4: four visits beside each other, as on paper. */
export function PrintSheetScreen() {
  const { residentId, program } = useParams({ from: '/print/residents/$residentId/$program' });
  const known = programs.find((one) => one === program) ?? 'hypertension';
  const { edition } = followUpPrograms[known];
  const actor = useActor();
  const [page, setPage] = useState(0);
  const resident = useQuery({
    queryKey: ['resident', residentId],
    queryFn: () => callApi(openResident, { params: { residentId } }),
  });
  const visits = useQuery({
    queryKey: ['follow-ups', residentId, 'print', known],
    queryFn: () => callApi(listFollowUps, { params: { residentId }, query: { limit: 100, program: known } }),
  });
  if (resident.isError || visits.isError) return <Failure error={resident.error ?? visits.error} />;
  if (!resident.data || !visits.data) return <Loading />;
  const perSheet = edition.paper.recordsPerSheet;
  const oldestFirst = visits.data.items.toReversed();
  const sheets = Math.max(1, Math.ceil(oldestFirst.length / perSheet));
  const current = Math.max(0, sheets - 1 - page);
  const shown = oldestFirst.slice(current * perSheet, current * perSheet + perSheet);
  return (
    <div style={{ padding: '12px 0', background: '#fff', minHeight: '100%' }}>
      <div
        className="no-print row"
        style={{ width: '190mm', maxWidth: '100%', margin: '0 auto 12px', padding: '0 8px' }}
      >
        <Button type="primary" onClick={() => window.print()}>
          打印
        </Button>
        <RevealButton residentId={residentId} purpose="print" within={shown} />
        <Button disabled={current === 0} onClick={() => setPage(page + 1)}>
          较早一张
        </Button>
        <Button disabled={page === 0} onClick={() => setPage(page - 1)}>
          较近一张
        </Button>
        <span className="soft">
          第 {current + 1} 张，共 {sheets} 张
        </span>
      </div>
      <div className="scroll-x">
        <FormSheet
          edition={edition}
          name={resident.data.name}
          archiveTail={printArchiveTail(resident.data.archiveNo)}
          records={shown.map((visit) => visit.answers)}
          isDemo={actor.isDemo}
        />
      </div>
    </div>
  );
}
