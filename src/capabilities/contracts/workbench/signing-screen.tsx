import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { openResident } from '#capabilities/residents/contract.ts';
import { ResidentHeader } from '#capabilities/residents/workbench/resident-header.tsx';
import { callApi } from '#platform/browser/api-client.ts';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { mayDo } from '#standards/access-policy.ts';
import { showContracts } from '../contract.ts';
import { OfferDialog } from './contract-dialogs.tsx';
import { contractWords, endReasonLabels, offerLabels, type SigningPage } from './contract-words.ts';
import { CurrentContract } from './current-contract.tsx';
import { SignForm } from './sign-form.tsx';

/** Who signs for a team; the server decides, this only hides what it would refuse. */
/** A person's contract: what stands and what of it is done, sign, renew, hand over, end, and what was before. */
export function SigningScreen() {
  const { residentId } = useParams({ from: '/residents/$residentId/contract' });
  const actor = useActor();
  const [signing, setSigning] = useState<'new' | 'renew'>();
  const [declining, setDeclining] = useState(false);
  const resident = useQuery({
    queryKey: ['resident', residentId],
    queryFn: () => callApi(openResident, { params: { residentId } }),
  });
  const contracts = useQuery({
    queryKey: ['contracts', 'of', residentId],
    queryFn: () => callApi(showContracts, { params: { residentId } }),
  });
  const failed = [resident, contracts].find((query) => query.isLoadingError);
  if (failed)
    return (
      <main className="page">
        <Failure error={failed.error} onRetry={() => void failed.refetch()} />
      </main>
    );
  if (!resident.data || !contracts.data)
    return (
      <main className="page">
        <Loading rows={8} />
      </main>
    );
  const person = resident.data;
  const page = contracts.data;
  const mayWrite = mayDo(actor.role, 'contracts.sign') && person.status === 'active';
  return (
    <>
      <ResidentHeader person={person} />
      <main className="page">
        {signing ? (
          <SignForm
            key={signing}
            person={person}
            page={page}
            renews={signing === 'renew'}
            onClose={() => setSigning(undefined)}
          />
        ) : page.current ? (
          <CurrentContract
            contract={page.current}
            running={page.running}
            doctors={page.doctors}
            mayWrite={mayWrite}
            onRenew={() => setSigning('renew')}
          />
        ) : (
          <Empty title="尚未签约家庭医生">
            {mayWrite ? (
              <div className="row" style={{ justifyContent: 'center', marginTop: 8 }}>
                <Button type="primary" size="large" onClick={() => setSigning('new')}>
                  签约
                </Button>
                <Button size="large" onClick={() => setDeclining(true)}>
                  居民暂不签约
                </Button>
              </div>
            ) : (
              '由村医或乡镇卫生院医生签约。'
            )}
          </Empty>
        )}
        <PastContracts page={page} />
        <OfferDialog
          key={String(declining)}
          residentId={residentId}
          open={declining}
          onClose={() => setDeclining(false)}
        />
      </main>
    </>
  );
}

function PastContracts({ page }: { page: SigningPage }) {
  if (page.past.length + page.offers.length === 0) return null;
  return (
    <section className="card" aria-label="以往签约与引导">
      <h2 style={{ marginBottom: 6 }}>以往签约与引导</h2>
      {page.past.map((one) => (
        <div key={one.id} className="row spread" style={{ padding: '6px 0' }}>
          <span>
            {one.validFrom} 至 {one.validTo} · {one.organizationName} {one.doctorName}
            <span className="small soft"> {one.packageNames.join('、')}</span>
          </span>
          <span className="small">
            {one.endedOn
              ? `${one.endedOn} ${endReasonLabels[one.endReason ?? ''] ?? '终止'}`
              : contractWords(one.state).text}{' '}
            <a href={`/print/contracts/${one.id}`} target="_blank" rel="noreferrer">
              协议书
            </a>
          </span>
        </div>
      ))}
      {page.offers.map((one) => (
        <div key={one.on + one.reason} className="row spread" style={{ padding: '6px 0' }}>
          <span>
            {one.on} 引导签约：{offerLabels[one.outcome] ?? one.outcome}，{one.reason}
          </span>
          <span className="small soft">{one.recordedByName}</span>
        </div>
      ))}
    </section>
  );
}
