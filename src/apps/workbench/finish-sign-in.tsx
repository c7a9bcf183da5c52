import { Button } from 'antd';
import type { ReactNode } from 'react';
import { SecondFactorForm } from '#platform/browser/second-factor-form.tsx';
import { SetUpFactorForm } from '#platform/browser/set-up-factor-form.tsx';
import type { Session } from '#standards/session-contract.ts';
import { ChangePasswordForm } from './change-password-form.tsx';

/** What still stands between a person and the data after the password. */
export function FinishSignIn({
  stage,
  onDone,
  onLeave,
}: {
  stage: Exclude<Session['stage'], 'open'>;
  onDone: () => void;
  onLeave: () => void;
}) {
  const steps: Record<typeof stage, { title: string; body: ReactNode }> = {
    'second-factor': { title: '请输入动态验证码', body: <SecondFactorForm onPassed={onDone} /> },
    'set-up-factor': { title: '请启用第二因子', body: <SetUpFactorForm onDone={onDone} /> },
    'change-password': { title: '请先修改口令', body: <ChangePasswordForm onChanged={onDone} /> },
  };
  const step = steps[stage];
  return (
    <div
      style={{
        minHeight: 'calc(100dvh - var(--drill, 0px))',
        display: 'grid',
        placeItems: 'center',
        padding: 16,
      }}
    >
      <main className="card" style={{ width: 'min(440px, 100%)', padding: 26 }}>
        <h1 style={{ marginBottom: 10 }}>{step.title}</h1>
        {step.body}
        <Button type="link" block onClick={onLeave} style={{ marginTop: 8 }}>
          退出
        </Button>
      </main>
    </div>
  );
}
