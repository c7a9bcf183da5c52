import { Button } from 'antd';
import { useState } from 'react';
import type { ReferralProposal } from '#capabilities/referrals/domain/propose-referral.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { referResident } from '../contract.ts';
import { ReferralFields } from './referral-fields.tsx';

/** Sends a person on from their page, where they are not at a centre; says first what the rules propose. */
export function ReferResident(props: {
  residentId: string;
  /** Shown above, where nobody is at it yet. */
  proposal: ReferralProposal | undefined;
  /** What the form begins with. */
  asked: ReferralProposal | undefined;
}) {
  const { residentId, proposal, asked } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      {proposal && <Proposed proposal={proposal} />}
      {isOpen ? (
        <ReferralFields
          residentId={residentId}
          draft={`resident:${residentId}:referral`}
          proposed={asked}
          action="送出转诊"
          send={(body) => callApi(referResident, { params: { residentId }, body })}
          onSent={() => setOpen(false)}
        />
      ) : (
        <Button style={{ alignSelf: 'start' }} onClick={() => setOpen(true)}>
          发起转诊
        </Button>
      )}
    </>
  );
}

function Proposed({ proposal: { urgency, title, first, reason } }: { proposal: ReferralProposal }) {
  return (
    <section aria-label="建议转诊" style={{ marginBottom: 8 }}>
      <StateTag state={urgency === 'emergency' ? 'crisis' : 'late'}>{title}</StateTag>
      {first && <div style={{ marginTop: 4 }}>{first}</div>}
      <div className="small soft">{reason}</div>
    </section>
  );
}
