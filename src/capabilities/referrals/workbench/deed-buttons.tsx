import { Button, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { useActor } from '#platform/browser/session.tsx';
import { useWrite, useWriteIds, WriteProblem } from '#platform/browser/use-write.tsx';
import { mayDo } from '#standards/access-policy.ts';
import { type ReferralLine, stepReferral } from '../contract.ts';
import {
  labelOf,
  missingWord,
  type PlainDeed,
  type ReferralDeed,
  referralDeeds,
  referralStates,
  ruleOf,
} from '../domain/referral-states.ts';
import { RedirectDownForm } from './redirect-down-form.tsx';
import { RedirectForm } from './redirect-form.tsx';
import { refreshed } from './refreshed.ts';
import { ReturnForm } from './return-form.tsx';

/** What this house may do with a referral now; what has to be explained opens a line to say it in. */
export function DeedButtons({ line, children }: { line: ReferralLine; children: ReactNode }) {
  const { role } = useActor();
  const [saying, setSaying] = useState<ReferralDeed | 'redirect'>();
  const [note, setNote] = useState('');
  const { ids, renew } = useWriteIds();
  const { run, problem, busy } = useWrite(refreshed);
  const deeds = line.deeds
    .filter((deed) => mayDo(role, deed === 'return' ? 'referrals.return' : 'referrals.answer'))
    .toSorted((a, b) => Number(b === 'take-on') - Number(a === 'take-on'));
  const asksOf = (deed: ReferralDeed) => ruleOf(deed, line)?.asks;
  const mayRedirect =
    deeds.includes('withdraw') &&
    (line.isFound ? mayDo(role, 'referrals.send-down') : line.mayOpenRecord && mayDo(role, 'referrals.send'));
  const toggle = (deed: ReferralDeed | 'redirect') => setSaying(saying === deed ? undefined : deed);
  const step = async (deed: PlainDeed) => {
    const done = await run(
      () =>
        callApi(stepReferral, {
          params: { referralId: line.id },
          body: {
            operationId: ids.operationId,
            version: line.version,
            deed,
            note: asksOf(deed) ? note : '',
          },
        }),
      referralStates[referralDeeds[deed].to],
    );
    if (!done) return;
    renew();
    setSaying(undefined);
    setNote('');
  };
  return (
    <>
      <div className="row">
        {deeds.map((deed, index) => (
          <Button
            key={deed}
            type={index === 0 && (deed === 'take-on' || asksOf(deed) === undefined) ? 'primary' : 'default'}
            loading={busy && saying === undefined && asksOf(deed) === undefined}
            onClick={() => (deed === 'return' || asksOf(deed) ? toggle(deed) : void step(deed))}
          >
            {labelOf(deed, line.state, line)}
          </Button>
        ))}
        {mayRedirect && <Button onClick={() => toggle('redirect')}>另转一家</Button>}
        {children}
      </div>
      {saying === 'redirect' &&
        mayRedirect &&
        (line.isFound ? (
          <RedirectDownForm line={line} onDone={() => setSaying(undefined)} />
        ) : (
          <RedirectForm line={line} onDone={() => setSaying(undefined)} />
        ))}
      {saying === 'return' && deeds.includes(saying) && (
        <ReturnForm line={line} onDone={() => setSaying(undefined)} />
      )}
      {saying && saying !== 'return' && saying !== 'redirect' && deeds.includes(saying) && (
        <div className="row" style={{ marginTop: 6 }}>
          <Input
            autoFocus
            aria-label={`${labelOf(saying, line.state, line)}的说明`}
            placeholder={asksOf(saying) ?? ''}
            maxLength={300}
            style={{ width: 360, maxWidth: '100%' }}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
          <Button
            type={saying === 'take-on' ? 'primary' : 'default'}
            danger={saying !== 'withdraw' && saying !== 'take-on'}
            loading={busy}
            disabled={missingWord(saying, note, line) !== undefined}
            onClick={() => void step(saying)}
          >
            {saying === 'take-on' ? '' : '确认'}
            {labelOf(saying, line.state, line)}
          </Button>
        </div>
      )}
      <WriteProblem problem={problem} />
    </>
  );
}
