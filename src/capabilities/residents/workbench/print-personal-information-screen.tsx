import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import { ApiProblem, callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { FormPaper } from '#platform/browser/form-renderer/form-paper.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { personalInformation2017 } from '#standards/forms/personal-information/2017.ts';
import { printArchiveTail } from '#standards/identity/archive-number.ts';
import { openResident } from '../contract.ts';
import { revealFor, type WholeAnswers, withWhole } from './reveal-values.ts';

/** The basic information on A4; whole numbers and addresses come onto the paper only when it is printed, and that is noted. */
export function PrintPersonalInformationScreen() {
  const { residentId } = useParams({ from: '/print/residents/$residentId/personal-information' });
  const actor = useActor();
  const { message } = App.useApp();
  const [whole, setWhole] = useState<WholeAnswers>();
  const [busy, setBusy] = useState(false);
  const resident = useQuery({
    queryKey: ['resident', residentId],
    queryFn: () => callApi(openResident, { params: { residentId } }),
  });
  const print = async () => {
    setBusy(true);
    try {
      const all = whole ?? (await revealFor(residentId, 'print'));
      flushSync(() => setWhole(all));
      window.print();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      void message.error(error.detail || error.title);
    } finally {
      setBusy(false);
    }
  };
  if (resident.error) return <Failure error={resident.error} />;
  if (!resident.data) return <Loading />;
  const { name, archiveNo, personalInformation } = resident.data;
  return (
    <div style={{ padding: '12px 0', background: '#fff', minHeight: '100%' }}>
      <div className="no-print row" style={{ width: '190mm', maxWidth: '100%', margin: '0 auto 12px' }}>
        <Button type="primary" loading={busy} onClick={() => void print()}>
          打印
        </Button>
        <span className="soft">打印时带出完整的证件号、电话、住址和敏感诊断，并记入本人的查阅记录。</span>
      </div>
      <div className="scroll-x">
        <FormPaper
          name={name}
          archiveTail={printArchiveTail(archiveNo)}
          isDemo={actor.isDemo}
          edition={personalInformation2017}
          answers={whole ? withWhole(personalInformation, whole) : personalInformation}
        />
      </div>
    </div>
  );
}
