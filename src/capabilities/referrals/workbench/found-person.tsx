import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { beginRegistration } from '#capabilities/residents/workbench/register-draft.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { useActor } from '#platform/browser/session.tsx';
import { useWrite, WriteProblem } from '#platform/browser/use-write.tsx';
import { mayDo } from '#standards/access-policy.ts';
import type { EndpointResponse } from '#standards/endpoint.ts';
import type { ReferralDetail } from '../contract.ts';
import { showFoundPerson } from '../down-contract.ts';
import { LabelledLines } from './told-list.tsx';

/** Whom a hospital found: how to reach them, and whether this house keeps a record of them, or who does. */
export function FoundPerson({ one }: { one: ReferralDetail }) {
  const { role } = useActor();
  const navigate = useNavigate();
  const [whole, setWhole] = useState<EndpointResponse<typeof showFoundPerson>>();
  const { run, problem, busy } = useWrite([]);
  const isReceiver =
    one.side === 'received' && one.deeds.length > 0 && mayDo(role, 'referrals.receive-person');
  const ask = () => run(() => callApi(showFoundPerson, { params: { referralId: one.id } }));
  const register = async () => {
    const person = await ask();
    if (!person) return;
    const { name, sex, birthDate, idNo, phone } = person;
    beginRegistration(one.id, { name, gender: sex, birthDate, idNo, phone });
    void navigate({ to: '/residents/new', search: { referral: one.id } });
  };
  const { holder } = one;
  return (
    <>
      <LabelledLines
        lines={[
          ['证件号码', whole?.idNo ?? one.person?.idNo],
          ['本人或家属电话', whole?.phone ?? one.person?.phone],
          ...(isReceiver ? [['档案', <Kept key="kept" one={one} />] as const] : []),
        ]}
      />
      {isReceiver && (
        <div className="row" style={{ marginTop: 6 }}>
          {!whole && (
            <Button
              size="small"
              loading={busy}
              title="记入查阅记录"
              onClick={() => void ask().then(setWhole)}
            >
              查看证件号码、电话
            </Button>
          )}
          {one.residentId === null && holder === null && one.state !== 'requested' && (
            <Button size="small" loading={busy} onClick={() => void register()}>
              建档
            </Button>
          )}
          <WriteProblem problem={problem} />
        </div>
      )}
    </>
  );
}

/** Whether this house keeps a record of them, or who does. */
function Kept({ one: { residentId, holder } }: { one: ReferralDetail }) {
  if (residentId !== null) return '已对上本机构的档案，点姓名打开';
  if (holder === null) return '县内还没有此人的档案';
  if (holder.residentId === null)
    return `档案在${holder.organizationName}：请与该机构联系办理县内迁移，迁入后再确认接续`;
  return (
    <>
      {holder.organizationName}有此证件号码的档案，
      <Link to="/residents/$residentId" params={{ residentId: holder.residentId }}>
        打开
      </Link>
    </>
  );
}
