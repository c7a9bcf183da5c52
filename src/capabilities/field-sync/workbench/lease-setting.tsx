import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, InputNumber } from 'antd';
import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { ApiProblem, callApi } from '#platform/browser/api-client.ts';
import { printInstantDay } from '#platform/browser/print-instant.ts';
import { useSession } from '#platform/browser/session.tsx';
import { mayDo } from '#standards/access-policy.ts';
import { changePhoneSettings, showPhoneSettings } from '../device-contract.ts';
import { leaseLimits } from '../domain/phone-lease.ts';

const queryKey = ['phone-settings'];

/** How long a phone works without contact before it asks for a sign-in: everybody sees it, the system administrator sets it. */
export function LeaseSetting() {
  const client = useQueryClient();
  const { session } = useSession();
  const settings = useQuery({ queryKey, queryFn: () => callApi(showPhoneSettings, {}) });
  const [days, setDays] = useState<number | null>(null);
  const [message, setMessage] = useState<string>();
  if (!settings.data) return null;
  const { leaseDays, defaultLeaseDays, changedAt, changedByName } = settings.data;
  const mayChange = session !== null && mayDo(session.role, 'county-settings.change');
  const save = async () => {
    if (days === null) return;
    try {
      const body = { operationId: uuidv7(), leaseDays: days, seen: changedAt };
      client.setQueryData(queryKey, await callApi(changePhoneSettings, { body }));
      setDays(null);
      setMessage('已修改；各手机下次联系时生效。');
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setMessage(error.issues?.[0]?.message ?? error.detail);
      await client.invalidateQueries({ queryKey });
    }
  };
  return (
    <div className="small soft" style={{ display: 'flex', gap: 8, alignItems: 'center', flexWrap: 'wrap' }}>
      <span>
        手机连续 <b>{leaseDays}</b> 天不联网要重新登录
        {changedAt === null
          ? `（默认 ${defaultLeaseDays} 天：无网的村一个月都要能用，丢失的手机又不能一直打得开）`
          : `（${changedByName ?? ''} ${printInstantDay(changedAt)} 改，默认 ${defaultLeaseDays} 天）`}
        。
      </span>
      {mayChange && (
        <>
          <InputNumber
            size="small"
            aria-label="不联网的天数"
            min={leaseLimits.least}
            max={leaseLimits.most}
            value={days ?? leaseDays}
            onChange={(value) => setDays(value)}
          />
          <Button size="small" disabled={days === null || days === leaseDays} onClick={() => void save()}>
            修改
          </Button>
        </>
      )}
      {message && <span role="status">{message}</span>}
    </div>
  );
}
