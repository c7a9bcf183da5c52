import { type FormEvent, useState } from 'react';
import { ApiProblem, callApi } from '#platform/browser/api-client.ts';
import { FieldButton } from '#platform/browser/field/controls.tsx';
import { NoAnswer } from '#platform/browser/offline/transport.ts';
import { type Session, signIn } from '#standards/session-contract.ts';

/** User name and password, once online; afterwards the PIN opens the phone. */
export function FieldSignIn(props: {
  title: string;
  note: string;
  onSignedIn: (session: Session) => Promise<string | undefined>;
}) {
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setFailure(undefined);
    try {
      const session = await callApi(signIn, {
        body: { username: String(form.get('username')).trim(), password: String(form.get('password')) },
      });
      setFailure(await props.onSignedIn(session));
    } catch (error) {
      setFailure(
        error instanceof ApiProblem
          ? error.code === 'offline'
            ? '连不上服务器。第一次使用或换人需要联网。'
            : `${error.title}。${error.detail}`
          : error instanceof NoAnswer && error.problem
            ? `${error.problem.title}。${error.problem.detail}`
            : '登录失败，请重试。',
      );
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      onSubmit={(event) => void submit(event)}
      style={{ display: 'flex', flexDirection: 'column', gap: 10 }}
    >
      <h1 style={{ fontSize: 22 }}>{props.title}</h1>
      <p className="f-soft" style={{ margin: 0 }}>
        {props.note}
      </p>
      <label>
        <span className="f-label">用户名</span>
        <input
          className="f-input"
          name="username"
          autoComplete="username"
          autoCapitalize="off"
          required
          maxLength={64}
        />
      </label>
      <label>
        <span className="f-label">口令</span>
        <input
          className="f-input"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          maxLength={200}
        />
      </label>
      <div className="f-error" role="alert" style={{ minHeight: 22 }}>
        {failure}
      </div>
      <FieldButton kind="main" type="submit" disabled={busy}>
        {busy ? '正在登录…' : '登录'}
      </FieldButton>
    </form>
  );
}
