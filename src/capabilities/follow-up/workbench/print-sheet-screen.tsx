import { useQueries, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { openResident } from '#capabilities/residents/contract.ts';
import { programLabels, programs } from '#capabilities/residents/domain/program.ts';
import { RevealButton } from '#capabilities/residents/workbench/reveal-button.tsx';
import type { FormEdition } from '#kernel/form-shape.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { formEditionQuery } from '#platform/browser/form-renderer/form-edition-query.ts';
import { FormSheet } from '#platform/browser/form-renderer/form-sheet.tsx';
import { useEditionOn } from '#platform/browser/form-renderer/use-editions-on.ts';
import { useActor } from '#platform/browser/session.tsx';
import { printArchiveTail } from '#standards/identity/archive-number.ts';
import { type FollowUpRecord, listFollowUps } from '../contract.ts';
import { followUpFormOf } from '../domain/follow-up-programs.ts';
import { layOutSheets } from '../domain/lay-out-sheets.ts';

/** The official sheet on A4, on the edition each visit names: its visits beside each other, as on paper. */
export function PrintSheetScreen() {
  const { residentId, program } = useParams({ from: '/print/residents/$residentId/$program' });
  const known = programs.find((one) => one === program) ?? 'hypertension';
  const form = followUpFormOf(known);
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
  const named = useNamedEditions(form, visits.data?.items ?? []);
  // Without a visit there is the sheet to be filled in by hand.
  const blank = useEditionOn(form, plainDate(actor.today));
  const failed = [resident, visits].find((query) => query.isLoadingError)?.error ?? named.error;
  if (failed) return <Failure error={failed} />;
  if (!resident.data || !visits.data || named.isPending || blank.kind === 'loading') return <Loading />;
  const sheets = layOutSheets(
    visits.data.items.toReversed(),
    (edition) => named.editions.get(edition)?.paper.recordsPerSheet ?? Number.POSITIVE_INFINITY,
  );
  const count = Math.max(1, sheets.length);
  const current = Math.max(0, count - 1 - page);
  const shown = sheets[current];
  const blankEdition = blank.kind === 'there' ? blank.edition : undefined;
  const edition = shown ? named.editions.get(shown.formEdition) : blankEdition;
  return (
    <div style={{ padding: '12px 0', background: '#fff', minHeight: '100%' }}>
      <div
        className="no-print row"
        style={{ width: '190mm', maxWidth: '100%', margin: '0 auto 12px', padding: '0 8px' }}
      >
        <Button type="primary" disabled={!edition} onClick={() => window.print()}>
          打印
        </Button>
        <RevealButton residentId={residentId} purpose="print" within={shown?.visits ?? []} />
        <Button disabled={current === 0} onClick={() => setPage(page + 1)}>
          较早一张
        </Button>
        <Button disabled={page === 0} onClick={() => setPage(page - 1)}>
          较近一张
        </Button>
        <span className="soft">
          第 {current + 1} 张，共 {count} 张{edition && ` · ${edition.edition} 版`}
        </span>
      </div>
      {edition ? (
        <div className="scroll-x">
          <FormSheet
            edition={edition}
            name={resident.data.name}
            archiveTail={printArchiveTail(resident.data.archiveNo)}
            records={(shown?.visits ?? []).map((visit) => visit.answers)}
            isDemo={actor.isDemo}
          />
        </div>
      ) : (
        <div className="no-print" style={{ width: '190mm', maxWidth: '100%', margin: '0 auto' }}>
          <Empty
            title={`没有${programLabels[known]}随访表的 ${shown?.formEdition ?? '现行'} 版表样，这一张不能打印`}
          >
            {shown && `${daysOf(shown.visits)} 的随访写在这一版上，按别的版打印，编号和文字会对不上。`}
            答案在随访记录里点“查看”，照原样列出；升级程序后再打印。
          </Empty>
        </div>
      )}
    </div>
  );
}

function daysOf(visits: readonly FollowUpRecord[]): string {
  return visits.map((visit) => visit.occurredOn).join('、');
}

/** The editions the visits name, as far as anybody here has them. */
function useNamedEditions(form: string, visits: readonly FollowUpRecord[]) {
  const names = [...new Set(visits.map((visit) => visit.formEdition))];
  return useQueries({
    queries: names.map((edition) => formEditionQuery(form, edition)),
    combine: (asked) => ({
      error: asked.find((one) => one.isLoadingError)?.error,
      isPending: asked.some((one) => one.isPending),
      editions: new Map<string, FormEdition>(
        asked.flatMap((one, at) => (one.data ? [[names[at] ?? '', one.data] as const] : [])),
      ),
    }),
  });
}
