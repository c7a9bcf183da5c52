import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { openResident } from '#capabilities/residents/contract.ts';
import { RevealButton } from '#capabilities/residents/workbench/reveal-button.tsx';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { FormPaper } from '#platform/browser/form-renderer/form-paper.tsx';
import { RegisterPaper } from '#platform/browser/form-renderer/register-paper.tsx';
import { useReadableSheet } from '#platform/browser/form-renderer/use-readable-sheet.ts';
import { useActor } from '#platform/browser/session.tsx';
import { printArchiveTail } from '#standards/identity/archive-number.ts';
import { listRegisterRows, showRecord } from '../contract.ts';

/** A filed form on A4, in the order and numbering of the paper; of a register, all rows the person has in it. */
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
  const readable = useReadableSheet(record.data);
  const edition = readable?.edition;
  // A version that was corrected is printed alone: it no longer stands in the register.
  const isRegister =
    readable?.isBare !== true && edition?.paper.layout === 'register' && !record.data?.supersededBy;
  const form = record.data?.form ?? '';
  const register = useQuery({
    queryKey: ['register', residentId, form],
    enabled: isRegister,
    queryFn: () => callApi(listRegisterRows, { params: { residentId, form } }),
  });
  const error = record.error ?? resident.error ?? register.error;
  if (error) return <Failure error={error} />;
  if (!record.data || !readable || !resident.data || (isRegister && !register.data)) return <Loading />;
  const sheet = {
    name: resident.data.name,
    archiveTail: printArchiveTail(resident.data.archiveNo),
    isDemo: actor.isDemo,
  };
  const rows = register.data?.items.filter((row) => row.formEdition === edition?.edition);
  return (
    <div style={{ padding: '12px 0', background: '#fff', minHeight: '100%' }}>
      <div className="no-print row" style={{ width: '190mm', maxWidth: '100%', margin: '0 auto 12px' }}>
        <Button type="primary" onClick={() => window.print()}>
          打印
        </Button>
        <RevealButton residentId={residentId} purpose="print" within={[record.data, register.data]} />
        {record.data.supersededBy && <span style={{ color: 'var(--late)' }}>这一版已被更正</span>}
      </div>
      {edition && (
        <div className="scroll-x">
          {rows ? (
            <RegisterPaper {...sheet} edition={edition} records={rows.map((row) => row.answers)} />
          ) : (
            <FormPaper {...sheet} edition={edition} answers={readable.answers} />
          )}
        </div>
      )}
    </div>
  );
}
