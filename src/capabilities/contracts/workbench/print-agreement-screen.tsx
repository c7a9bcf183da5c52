import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { RevealButton } from '#capabilities/residents/workbench/reveal-button.tsx';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { FormPaper } from '#platform/browser/form-renderer/form-paper.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { familyDoctorContract2022 } from '#standards/forms/family-doctor-contract/2022.ts';
import { printArchiveTail } from '#standards/identity/archive-number.ts';
import { showAgreement } from '../contract.ts';

/** The agreement on A4, filled in from the record, with room for the signatures. */
export function PrintAgreementScreen() {
  const { contractId } = useParams({ from: '/print/contracts/$contractId' });
  const actor = useActor();
  const agreement = useQuery({
    queryKey: ['contracts', 'agreement', contractId],
    queryFn: () => callApi(showAgreement, { params: { contractId } }),
  });
  if (agreement.isLoadingError)
    return <Failure error={agreement.error} onRetry={() => void agreement.refetch()} />;
  if (!agreement.data) return <Loading />;
  const { name, archiveNo, answers } = agreement.data;
  return (
    <div style={{ padding: '12px 0', background: '#fff', minHeight: '100%' }}>
      <div className="no-print row" style={{ width: '190mm', maxWidth: '100%', margin: '0 auto 12px' }}>
        <Button type="primary" onClick={() => window.print()}>
          打印
        </Button>
        <RevealButton residentId={agreement.data.residentId} purpose="print" within={answers} />
      </div>
      <div className="scroll-x">
        <FormPaper
          edition={familyDoctorContract2022}
          name={name}
          archiveTail={printArchiveTail(archiveNo)}
          answers={answers}
          isDemo={actor.isDemo}
        />
        <div
          style={{
            width: '190mm',
            margin: '8mm auto 0',
            display: 'flex',
            justifyContent: 'space-between',
            fontSize: '11pt',
          }}
        >
          <span>甲方（盖章、签字）：＿＿＿＿＿＿＿＿</span>
          <span>乙方（签字）：＿＿＿＿＿＿＿＿</span>
          <span>　　　年　　月　　日</span>
        </div>
      </div>
    </div>
  );
}
