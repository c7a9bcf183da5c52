import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Modal } from 'antd';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react';
import { type Session, signIn } from '#standards/session-contract.ts';
import { ApiProblem, callApi, offerSignInPrompt } from './api-client.ts';
import { pauseBeforeAskingMs, readSession } from './read-session.ts';
import { SecondFactorForm } from './second-factor-form.tsx';
import { ServerAway, ServerAwayStrip } from './server-away.tsx';

interface SessionState {
  readonly session: Session | null;
  /** Asks the server who is signed in. */
  readonly refresh: () => Promise<void>;
  /** Somebody signed in, as the server answered. */
  readonly enter: (session: Session) => void;
  readonly forget: () => void;
}

const SessionContext = createContext<SessionState | undefined>(undefined);

/** Who is signed in, for every screen. */
export function useSession(): SessionState {
  const state = useContext(SessionContext);
  if (!state) throw new Error('useSession outside SessionProvider');
  return state;
}

/** The session of a signed-in screen. */
export function useActor(): Session {
  const { session } = useSession();
  if (!session) throw new Error('no session');
  return session;
}

/** Asks the server who is signed in, and again by itself until it answers. */
function useAskedSession() {
  const [session, setSession] = useState<Session | null | undefined>(undefined);
  const [away, setAway] = useState<{ readonly error: unknown; readonly failures: number }>();
  const [isAsking, setIsAsking] = useState(false);
  const refresh = useCallback(async () => {
    setIsAsking(true);
    try {
      setSession(await readSession());
      setAway(undefined);
    } catch (error) {
      setAway((before) => ({ error, failures: (before?.failures ?? 0) + 1 }));
    } finally {
      setIsAsking(false);
    }
  }, []);
  useEffect(() => {
    void refresh();
  }, [refresh]);
  useEffect(() => {
    if (!away) return;
    const again = () => void refresh();
    const timer = setTimeout(again, pauseBeforeAskingMs(away.failures));
    window.addEventListener('online', again);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', again);
    };
  }, [away, refresh]);
  const trouble = away && { error: away.error, isAsking, onRetry: () => void refresh() };
  return { session, setSession, refresh, trouble };
}

/**
 * Holds the session; when it runs out, asks to sign in again over the page, and what was typed stays. `unknown` is shown
 * until the server has said who is signed in, with what to say of a server that does not.
 */
export function SessionProvider({
  children,
  unknown,
}: {
  children: ReactNode;
  unknown: (away: ReactNode) => ReactNode;
}) {
  const { session, setSession, refresh, trouble } = useAskedSession();
  const [asking, setAsking] = useState(false);
  const waiting = useRef<(() => void)[]>([]);
  const current = useRef<Session | null | undefined>(undefined);
  current.current = session;
  const client = useQueryClient();

  useEffect(() => {
    offerSignInPrompt(() => {
      if (!current.current) {
        setSession(null);
        return new Promise(() => undefined);
      }
      setAsking(true);
      return new Promise((resolve) => waiting.current.push(resolve));
    });
    return () => offerSignInPrompt(undefined);
  }, [setSession]);

  if (session === undefined) return unknown(trouble && <ServerAway {...trouble} />);
  const forget = () => {
    client.clear();
    setSession(null);
  };
  return (
    <SessionContext.Provider value={{ session, refresh, enter: setSession, forget }}>
      {trouble && <ServerAwayStrip {...trouble} />}
      {children}
      <Modal
        open={asking}
        footer={null}
        closable={false}
        title="登录已过期"
        maskClosable={false}
        destroyOnHidden
      >
        <p>您填写的内容还在。请重新登录后继续。</p>
        <SignInForm
          username={session?.username ?? ''}
          onSignedIn={(renewed) => {
            if (session && renewed.staffId !== session.staffId) client.clear();
            setSession(renewed);
            setAsking(false);
            for (const go of waiting.current.splice(0)) go();
          }}
        />
      </Modal>
    </SessionContext.Provider>
  );
}

/** User name and password, with what the server says of them. */
export function SignInForm({
  username,
  onSignedIn,
}: {
  username?: string;
  onSignedIn: (session: Session) => void;
}) {
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [asksCode, setAsksCode] = useState(false);
  const submit = async (values: { username: string; password: string }) => {
    setBusy(true);
    setFailure(undefined);
    try {
      const session = await callApi(signIn, {
        body: { username: values.username.trim(), password: values.password },
      });
      if (session.stage === 'second-factor') setAsksCode(true);
      else onSignedIn(session);
    } catch (error) {
      setFailure(error instanceof ApiProblem ? `${error.title}。${error.detail}` : '登录失败，请重试。');
    } finally {
      setBusy(false);
    }
  };
  if (asksCode) return <SecondFactorForm onPassed={onSignedIn} onLeave={() => setAsksCode(false)} />;
  return (
    <Form layout="vertical" onFinish={submit} initialValues={{ username }} requiredMark={false}>
      <Form.Item label="用户名" name="username" rules={[{ required: true, message: '请输入用户名' }]}>
        <Input autoComplete="username" size="large" autoFocus={!username} maxLength={64} />
      </Form.Item>
      <Form.Item label="口令" name="password" rules={[{ required: true, message: '请输入口令' }]}>
        <Input.Password
          autoComplete="current-password"
          size="large"
          autoFocus={Boolean(username)}
          maxLength={200}
        />
      </Form.Item>
      {failure && (
        <p role="alert" style={{ color: 'var(--crisis)' }}>
          {failure}
        </p>
      )}
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        登录
      </Button>
    </Form>
  );
}
