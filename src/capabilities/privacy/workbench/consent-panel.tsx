import { Button } from 'antd';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { mayDo } from '#standards/access-policy.ts';
import {
  basisLabels,
  findPurpose,
  type LegalBasis,
  type ProcessingPurpose,
} from '#standards/privacy/processing-purposes.ts';
import { listConsents, type PurposeState } from '../contract.ts';
import { ConsentForm } from './consent-form.tsx';
import { RequestForm } from './request-form.tsx';

const means = { paper: '书面', spoken: '口头', electronic: '电子' } as const;

/** What this person agreed to and what not, and where it is written down. */
export function ConsentPanel({ residentId }: { residentId: string }) {
  const actor = useActor();
  const [asked, setAsked] = useState<{ purpose: ProcessingPurpose; deed: 'given' | 'withdrawn' }>();
  const [isRequesting, setRequesting] = useState(false);
  const [showsHistory, setShowsHistory] = useState(false);
  const consents = usePages({
    queryKey: ['consents', residentId],
    read: (cursor) => callApi(listConsents, { params: { residentId }, query: { limit: 20, cursor } }),
  });
  if (consents.isPending) return <Loading rows={3} />;
  if (consents.isLoadingError)
    return <Failure error={consents.error} onRetry={() => void consents.refetch()} />;
  const { first, items } = consents.data;
  const mayWrite = mayDo(actor.role, 'consents.write');
  return (
    <section className="card">
      <div className="row spread">
        <h2 style={{ margin: 0 }}>隐私与同意</h2>
        {mayWrite && <Button onClick={() => setRequesting(true)}>登记居民请求</Button>}
      </div>
      <p className="small" style={{ margin: '4px 0 8px' }}>
        <a href="/privacy" target="_blank" rel="noreferrer">
          给居民看的说明
        </a>
      </p>
      {first?.purposes.map((state) => {
        const purpose = findPurpose(state.purpose);
        return purpose ? (
          <PurposeLine
            key={state.purpose}
            purpose={purpose}
            state={state}
            onAsk={mayWrite ? (deed) => setAsked({ purpose, deed }) : undefined}
          />
        ) : null;
      })}
      {items.length > 0 && (
        <Button type="link" style={{ paddingLeft: 0 }} onClick={() => setShowsHistory(!showsHistory)}>
          {showsHistory ? '收起历次登记' : '历次登记'}
        </Button>
      )}
      {showsHistory &&
        items.map((one) => (
          <div key={one.consentId} className="small" style={{ padding: '4px 0' }}>
            {one.onDay} {findPurpose(one.purpose)?.title ?? one.purpose}：
            {one.deed === 'given' ? '同意' : '撤回或拒绝'}，{one.signer}
            {one.relation ? `（${one.relation}）` : ''}，{means[one.means]}
            <span className="soft">
              {one.note ? `，${one.note}` : ''}，{one.recordedBy}登记
            </span>
          </div>
        ))}
      {showsHistory && <MoreButton list={consents}>更早的</MoreButton>}
      {isRequesting && first && (
        <RequestForm
          residentId={residentId}
          residentName={first.residentName}
          needsGuardian={first.needsGuardian}
          today={actor.today}
          onClose={() => setRequesting(false)}
        />
      )}
      {asked && first && (
        <ConsentForm
          residentId={residentId}
          residentName={first.residentName}
          needsGuardian={first.needsGuardian}
          purpose={asked.purpose}
          deed={asked.deed}
          today={actor.today}
          onClose={() => setAsked(undefined)}
        />
      )}
    </section>
  );
}

function stateWords(basis: LegalBasis, state: PurposeState['state']): string {
  if (basis === 'statutory-duty') return '不需同意';
  if (state === 'withdrawn') return basis === 'service-asked-for' ? '不接收' : '已撤回';
  if (state === 'lapsed') return '监护人的同意已到期，须本人表示';
  if (state === 'given') return '已同意';
  return basis === 'service-asked-for' ? '未拒绝' : '未同意';
}

function PurposeLine(props: {
  purpose: ProcessingPurpose;
  state: PurposeState;
  onAsk: ((deed: 'given' | 'withdrawn') => void) | undefined;
}) {
  const { purpose, state, onAsk } = props;
  const isFixed = purpose.basis === 'statutory-duty' || purpose.keptWith !== undefined;
  const tag = state.state === 'withdrawn' || state.state === 'lapsed' ? 'late' : 'plain';
  const mayGive =
    state.state !== 'given' && (purpose.basis === 'separate-consent' || state.state === 'withdrawn');
  return (
    <div
      className="row spread"
      style={{ padding: '8px 0', borderTop: '1px solid var(--line)', flexWrap: 'wrap', gap: 8 }}
    >
      <span style={{ flex: '1 1 280px', minWidth: 0 }}>
        {purpose.title}
        <div className="small soft">
          {purpose.keptWith ? '在“筛查”栏登记和撤回' : basisLabels[purpose.basis]}
          {state.since ? `；${state.since} ${state.signer ?? ''}` : ''}
        </div>
      </span>
      <span className="row" style={{ gap: 8 }}>
        <StateTag state={state.state === 'given' ? 'good' : tag}>
          {stateWords(purpose.basis, state.state)}
        </StateTag>
        {onAsk && !isFixed && (
          <>
            {mayGive && (
              <Button size="small" onClick={() => onAsk('given')}>
                {purpose.basis === 'service-asked-for' ? '恢复接收' : '登记同意'}
              </Button>
            )}
            {state.state !== 'withdrawn' && (
              <Button size="small" onClick={() => onAsk('withdrawn')}>
                {purpose.basis === 'service-asked-for' || state.state !== 'given' ? '登记拒绝' : '撤回'}
              </Button>
            )}
          </>
        )}
      </span>
    </div>
  );
}
