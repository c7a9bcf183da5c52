import { Button } from 'antd';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { referResident } from '../contract.ts';
import { ReferralFields } from './referral-fields.tsx';

/** Sends a person on from their page, where they are not at a centre. */
export function ReferResident({ residentId, reason }: { residentId: string; reason?: string }) {
  const [isOpen, setOpen] = useState(false);
  if (!isOpen)
    return (
      <Button style={{ alignSelf: 'start' }} onClick={() => setOpen(true)}>
        发起转诊
      </Button>
    );
  return (
    <ReferralFields
      residentId={residentId}
      draft={`resident:${residentId}:referral`}
      {...(reason === undefined ? {} : { reason })}
      action="送出转诊"
      send={(asked) => callApi(referResident, { params: { residentId }, body: asked })}
      onSent={() => setOpen(false)}
    />
  );
}
