import '#platform/browser/no-eval.ts';
import '#platform/browser/design-system/tokens.css';
import '#platform/browser/design-system/drill.css';
import '#platform/browser/field/field.css';
import { StrictMode, useCallback, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { LockScreen } from '#capabilities/field-sync/field/lock-screen.tsx';
import { openPhoneDoor } from '#capabilities/field-sync/field/open-phone-door.ts';
import { type Phone, PhoneProvider, todayOf } from '#capabilities/field-sync/field/phone-context.tsx';
import type { VillageStore } from '#capabilities/field-sync/field/village-store.ts';
import { DrillBanner } from '#platform/browser/drill-banner.tsx';
import { FieldEmpty, FieldLoading } from '#platform/browser/field/controls.tsx';
import { FieldLink, FieldRouter, goTo } from '#platform/browser/field/navigation.tsx';
import type { PhoneUser } from '#platform/browser/offline/field-store.ts';
import type { Session } from '#standards/session-contract.ts';
import { routes } from './screens.tsx';
import { useAppUpdate } from './use-app-update.ts';

const door = openPhoneDoor();
const demoMark = 'quancheng-field-demo';
const userMark = 'quancheng-field-user';

/** The app: locked, or the screens of whoever opened it. */
function FieldApp() {
  const [phone, setPhone] = useState<Phone>();
  const update = useAppUpdate();
  const open = useCallback((store: VillageStore, user: PhoneUser, session?: Session) => {
    if (session) localStorage.setItem(demoMark, session.isDemo ? 'yes' : 'no');
    // The place the screen stands at is of whoever had it before: another doctor starts at their own list.
    if (localStorage.getItem(userMark) !== user.userId) goTo('/', 'replace');
    localStorage.setItem(userMark, user.userId);
    setPhone({
      store,
      userId: user.userId,
      doctorName: user.name,
      isDemo: localStorage.getItem(demoMark) === 'yes',
      lock: () => store.lock(),
    });
  }, []);
  useIdleLock(phone, () => setPhone(undefined));
  useSigningReady(phone);
  return (
    <>
      <DrillBanner />
      {phone ? (
        <PhoneProvider phone={phone}>
          <FieldRouter
            routes={routes}
            loading={<FieldLoading />}
            notFound={
              <FieldEmpty title="没有这个页面">
                <FieldLink to="/">回到今日</FieldLink>
              </FieldEmpty>
            }
          />
        </PhoneProvider>
      ) : (
        <LockScreen door={door} onOpen={open} />
      )}
      {update.isWaiting && (
        <div className="f-toast" role="status">
          <span style={{ flex: 1 }}>有新版本。正在填写的内容会保留。</span>
          <button
            type="button"
            onClick={update.take}
            style={{ background: 'none', border: 0, minHeight: 44 }}
          >
            现在更新
          </button>
        </div>
      )}
    </>
  );
}

/** Tells the store that somebody is there, and shows the lock when it has locked itself. */
function useIdleLock(phone: Phone | undefined, onLocked: () => void): void {
  useEffect(() => {
    if (!phone) return;
    const { store } = phone;
    const touch = () => store.touch();
    const events = ['pointerdown', 'keydown'] as const;
    for (const event of events) window.addEventListener(event, touch);
    const stop = store.subscribe(() => {
      if (store.syncState().lock === 'locked') onLocked();
    });
    return () => {
      stop();
      for (const event of events) window.removeEventListener(event, touch);
    };
  }, [phone, onLocked]);
}

/** Fetches what signs and checks summaries while there is a network, so that it is there when there is none. */
function useSigningReady(phone: Phone | undefined): void {
  useEffect(() => {
    if (!phone) return;
    const { store } = phone;
    void import('#capabilities/field-sync/field/use-signing.ts').then(({ readOrRenew }) =>
      readOrRenew(store, todayOf(store.syncState())),
    );
  }, [phone]);
}

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <FieldApp />
    </StrictMode>,
  );
// The phone's own Chinese font comes first; the bundled one is only fetched where there is none, after the first paint.
requestAnimationFrame(() => void import('./fonts.ts'));
