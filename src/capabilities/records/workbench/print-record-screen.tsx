import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { openResident } from '#capabilities/residents/contract.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { FormPaper } from '#platform/browser/form-renderer/form-paper.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { formEdition } from '#standards/forms/all-forms.ts';
import { printArchiveTail } from '#standards/identity/archive-number.ts';
import { showRecord } from '../contract.ts';

/** A filed form on A4, in the order and numbering of the paper. */
export function PrintRecordScreen() {
  const { recordId } = useParams({ from: '/print/records/$recordId' });
  const actor = useActor();
  const record = useQuery({
    queryKey: ['record', recordId],
    queryFn: () => callApi(showRecord, { params: { recordId } }),
  });
  const residentId = record.data?.residentId ?? '';
  const resident = useQuery({
    queryKey: ['resident', residentId],
    enabled: residentId !== '',
    queryFn: () => callApi(openResident, { params: { residentId } }),
  });
  if (record.isError || resident.isError) return <Failure error={record.error ?? resident.error} />;
  if (!record.data || !resident.data) return <Loading />;
  const edition = formEdition(record.data.form, record.data.formEdition);
  return (
    <div style={{ padding: '12px 0', background: '#fff', minHeight: '100%' }}>
      <div className="no-print row" style={{ width: '190mm', maxWidth: '100%', margin: '0 auto 12px' }}>
        <Button type="primary" onClick={() => window.print()}>
          打印
        </Button>
        {record.data.supersededBy && <span style={{ color: 'var(--late)' }}>这一版已被更正</span>}
      </div>
      {edition && (
        <div className="scroll-x">
          <FormPaper
            edition={edition}
            name={resident.data.name}
            archiveTail={printArchiveTail(resident.data.archiveNo)}
            answers={record.data.answers}
            isDemo={actor.isDemo}
          />
        </div>
      )}
    </div>
  );
}
