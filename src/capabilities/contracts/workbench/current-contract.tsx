import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import type { ContractDetail } from '../contract.ts';
import { EndDialog, TransferDialog } from './contract-dialogs.tsx';
import { contractWords, type SigningPage } from './contract-words.ts';
import { ServiceLink } from './service-link.tsx';

/** The contract that stands: parties, term, and item by item what was promised and what real work is credited. */
export function CurrentContract(props: {
  contract: ContractDetail;
  /** The term before an early renewal, while it runs. */
  running: SigningPage['running'];
  doctors: SigningPage['doctors'];
  mayWrite: boolean;
  onRenew: () => void;
}) {
  const { contract } = props;
  const [dialog, setDialog] = useState<'end' | 'transfer'>();
  const words = contractWords(contract.state);
  return (
    <>
      <section className="card" aria-label="现行签约">
        <div className="row spread">
          <h2>
            {contract.doctorName} <span className="small soft">{contract.organizationName}</span>
          </h2>
          <StateTag state={words.tone}>{words.text}</StateTag>
        </div>
        <p style={{ margin: '8px 0' }}>
          服务期 {contract.validFrom} 至 {contract.validTo}，签于 {contract.signedOn}；
          {contract.packageNames.join('、')}
          {contract.family.length > 0 && (
            <>
              ；同户签约{' '}
              {contract.family.map((one) => (
                <span key={one.id}>
                  <Link to="/residents/$residentId/contract" params={{ residentId: one.id }}>
                    {one.name}
                  </Link>{' '}
                </span>
              ))}
            </>
          )}
        </p>
        <div className="row">
          {props.mayWrite && (
            <>
              <Button
                type={contract.state === 'to-renew' || contract.state === 'expired' ? 'primary' : 'default'}
                onClick={props.onRenew}
              >
                续签
              </Button>
              {contract.state !== 'expired' && (
                <Button onClick={() => setDialog('transfer')}>转给其他家庭医生</Button>
              )}
              <Button onClick={() => setDialog('end')}>终止</Button>
            </>
          )}
          <a href={`/print/contracts/${contract.id}`} target="_blank" rel="noreferrer">
            打印协议书
          </a>
        </div>
      </section>
      {props.running && <Deliveries contract={props.running} title="续签前的服务期" />}
      <Deliveries contract={contract} title="履约" />
      <EndDialog
        key={`end-${dialog}`}
        contract={contract}
        open={dialog === 'end'}
        onClose={() => setDialog(undefined)}
      />
      <TransferDialog
        key={`transfer-${dialog}`}
        contract={contract}
        doctors={props.doctors}
        open={dialog === 'transfer'}
        onClose={() => setDialog(undefined)}
      />
    </>
  );
}

/** Item by item what was promised in a term and what real work is credited. */
function Deliveries({ contract, title }: { contract: Omit<ContractDetail, 'family'>; title: string }) {
  const done = contract.deliveries.reduce((sum, one) => sum + one.done, 0);
  const planned = contract.deliveries.reduce((sum, one) => sum + one.planned, 0);
  return (
    <section className="card" aria-label={title}>
      <div className="row spread">
        <h2>
          {title}{' '}
          <span className="small soft">
            {contract.validFrom} 至 {contract.endedOn ?? contract.validTo}
          </span>
        </h2>
        <span className="soft">
          已履约 {done} / {planned} 次，由真实的服务记录计入
        </span>
      </div>
      {contract.deliveries.map((item) => (
        <div
          key={item.packageName + item.code}
          style={{ padding: '10px 0', borderTop: '1px solid var(--line)', marginTop: 8 }}
        >
          <div className="row spread">
            <span>
              <b>{item.label}</b> <span className="small soft">{item.packageName}</span>
            </span>
            <span className="row">
              <span>
                {item.done} / {item.planned} 次
              </span>
              {item.nextDueOn === null ? (
                <StateTag state="good">已完成</StateTag>
              ) : item.isOverdue ? (
                <StateTag state="late">逾期，应于 {item.nextDueOn}</StateTag>
              ) : (
                <StateTag state="plain">应于 {item.nextDueOn}</StateTag>
              )}
            </span>
          </div>
          <div className="row small" style={{ gap: 16 }}>
            {item.services.length === 0 && <span className="soft">尚无计入的服务</span>}
            {item.services.map((service) => (
              <ServiceLink
                key={service.recordId + service.on}
                residentId={contract.residentId}
                service={service}
              />
            ))}
          </div>
        </div>
      ))}
    </section>
  );
}
