import { App, Button } from 'antd';
import { useState } from 'react';
import { dialLink } from '#kernel/dial-link.ts';
import { isMasked } from '#kernel/masked-text.ts';
import { ApiProblem } from '#platform/browser/api-client.ts';
import { useActor } from '#platform/browser/session.tsx';
import { mayDo } from '#standards/access-policy.ts';
import type { MaskedField, RevealPurpose } from '#standards/reveal-purposes.ts';
import type { ResidentDetail } from '../contract.ts';
import { revealFor, type WholeValues } from './reveal-values.ts';

/** Identity number and telephone as they arrived; what is hidden is asked for where it is needed, each for its purpose. */
export function ContactLine({ person }: { person: ResidentDetail }) {
  const actor = useActor();
  const { message } = App.useApp();
  const [whole, setWhole] = useState<WholeValues>({});
  const mayReveal = mayDo(actor.role, 'residents.reveal');
  const ask = async (purpose: RevealPurpose, field: MaskedField) => {
    try {
      const { values } = await revealFor(person.id, purpose, [field]);
      setWhole((old) => ({ ...old, ...values }));
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      void message.error(error.detail || error.title);
    }
  };
  const idNo = whole.idNo ?? person.idNo;
  const phone = whole.phone ?? person.phone;
  const dial = dialLink(phone);
  const reveal = (label: string, name: string, purpose: RevealPurpose, field: MaskedField) => (
    <Button type="link" size="small" aria-label={name} onClick={() => void ask(purpose, field)}>
      {label}
    </Button>
  );
  return (
    <>
      <span style={{ whiteSpace: 'nowrap' }}>
        证件 {idNo ?? '未登记'}
        {mayReveal &&
          idNo !== null &&
          isMasked(idNo) &&
          reveal('核对', '核对：显示完整证件号码', 'identity', 'idNo')}
      </span>
      <span style={{ whiteSpace: 'nowrap' }}>
        电话 {dial ? <a href={dial}>{phone}</a> : (phone ?? '未登记')}
        {mayReveal &&
          phone !== null &&
          isMasked(phone) &&
          reveal('拨打', '拨打：显示完整电话', 'contact', 'phone')}
      </span>
    </>
  );
}
