import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { isScreeningForm } from '#capabilities/records/domain/evaluate-screening.ts';
import { notBegun } from '#capabilities/records/domain/not-begun.ts';
import { findRecordForm } from '#capabilities/records/domain/record-forms.ts';
import { openResident } from '#capabilities/residents/contract.ts';
import { ResidentHeader } from '#capabilities/residents/workbench/resident-header.tsx';
import { plainDate } from '#kernel/plain-date.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { useEditionOn } from '#platform/browser/form-renderer/use-editions-on.ts';
import { useActor } from '#platform/browser/session.tsx';
import type { EndpointResponse } from '#standards/endpoint.ts';
import { prepareScreening, type recordScreening } from '../contract.ts';
import { FindingList } from './finding-list.tsx';
import { ScreeningEditor } from './screening-editor.tsx';

/** A screening sheet or questionnaire for a person: the rule speaks while it is filled, and the saved sheet says what is next. */
export function ScreeningSheetScreen() {
  const { residentId, form } = useParams({ from: '/residents/$residentId/screening/$form' });
  const { campaignId } = useSearch({ from: '/residents/$residentId/screening/$form' });
  const [saved, setSaved] = useState<EndpointResponse<typeof recordScreening>>();
  const resident = useQuery({
    queryKey: ['resident', residentId],
    queryFn: () => callApi(openResident, { params: { residentId } }),
  });
  const start = useQuery({
    queryKey: ['screening-start', residentId],
    queryFn: () => callApi(prepareScreening, { params: { residentId } }),
  });
  const known = findRecordForm(form);
  const inForce = useEditionOn(known?.form, plainDate(useActor().today));
  const failed = [resident, start].find((one) => one.isLoadingError);
  if (failed || inForce.kind === 'failed')
    return (
      <main className="page">
        {failed && <Failure error={failed.error} onRetry={() => void failed.refetch()} />}
        {inForce.kind === 'failed' && <Failure error={inForce.error} onRetry={inForce.again} />}
      </main>
    );
  if (!resident.data || !start.data || inForce.kind === 'loading')
    return (
      <main className="page">
        <Loading rows={10} />
      </main>
    );
  const edition = inForce.kind === 'there' ? inForce.edition : undefined;
  const campaign = start.data.campaigns.find((one) => one.id === campaignId);
  if (saved)
    return (
      <>
        <ResidentHeader person={resident.data} />
        <main className="page">
          <section className="card">
            <h2>{known?.title}已保存</h2>
            <FindingList findings={saved.findings} />
            <div className="row" style={{ marginTop: 12 }}>
              {campaignId && (
                <Link to="/screening/campaigns/$campaignId" params={{ campaignId }}>
                  <Button type="primary">回到筛查活动</Button>
                </Link>
              )}
              <Link to="/residents/$residentId" params={{ residentId }}>
                <Button>看居民档案</Button>
              </Link>
              <Link
                to="/residents/$residentId/records/$recordId"
                params={{ residentId, recordId: saved.recordId }}
              >
                <Button>看这张表</Button>
              </Link>
            </div>
          </section>
        </main>
      </>
    );
  return (
    <>
      <ResidentHeader person={resident.data} />
      {known && edition && isScreeningForm(form) ? (
        <ScreeningEditor
          key={form}
          person={resident.data}
          start={start.data}
          known={known}
          edition={edition}
          campaign={campaign}
          onDone={setSaved}
        />
      ) : (
        <main className="page">
          {known && isScreeningForm(form) ? (
            <Empty title="现在不能开始填写">{notBegun(known.title)}</Empty>
          ) : (
            <Empty title="没有这张筛查表">请从居民档案的“筛查”里选择。</Empty>
          )}
        </main>
      )}
    </>
  );
}
