import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { FieldButton, FieldLoading } from '#platform/browser/field/controls.tsx';
import type { PhoneUser, UnlockResult } from '#platform/browser/offline/field-store.ts';
import { StorageFull } from '#platform/browser/offline/storage.ts';
import type { Session } from '#standards/session-contract.ts';
import type { PhoneDoor } from './phone-door.ts';
import { type PinAnswer, PinEntry } from './pin-entry.tsx';
import { FieldSignIn } from './sign-in-form.tsx';
import type { VillageStore } from './village-store.ts';

/** Where one is on the way in. */
type Step =
  | { readonly kind: 'reading' }
  | { readonly kind: 'choose'; readonly users: readonly PhoneUser[] }
  | { readonly kind: 'pin'; readonly user: PhoneUser }
  /** `forgot`: whose PIN is set anew after the password. */
  | { readonly kind: 'sign-in'; readonly note: string; readonly forgot?: PhoneUser }
  | {
      readonly kind: 'new-pin';
      readonly store: VillageStore;
      readonly user: PhoneUser;
      readonly first?: string;
    }
  | { readonly kind: 'wiped' };

const whySignIn: Readonly<Record<string, string>> = {
  'first-time': '第一次在这台手机上使用，请联网登录一次，之后用 PIN 解锁，没有网络也能用。',
  'lease-over': '太久没有联网，为保护居民信息请联网登录一次；本机已存的内容都在。',
  withdrawn: '这台手机的使用授权已收回，请联网登录。',
  'share-lost': '本机的一半钥匙丢失，请联网登录一次取回；本机已存的内容都在。',
};

const fullPhone = '手机存储空间已满，暂时打不开。请先删除一些照片或应用，再试一次；本机已存的内容都在。';

/** Said where somebody keeps guessing. */
const forgottenOffer = '忘了可以点“忘了 PIN”联网重设，本机内容都在。';

/** The way into the phone: who, their PIN, or signing in once. What was typed behind the lock stays. */
export function LockScreen(props: {
  door: PhoneDoor;
  onOpen: (store: VillageStore, user: PhoneUser, session?: Session) => void;
}) {
  const { door, onOpen } = props;
  const [step, setStep] = useState<Step>({ kind: 'reading' });
  const [session, setSession] = useState<Session>();
  const [admitted, setAdmitted] = useState<{ store: VillageStore; user: PhoneUser }>();
  const begin = useCallback(async () => {
    const users = await door.users();
    const [only] = users;
    if (!only) setStep({ kind: 'sign-in', note: whySignIn['first-time'] ?? '' });
    else if (users.length === 1) setStep({ kind: 'pin', user: only });
    else setStep({ kind: 'choose', users });
  }, [door]);
  useEffect(() => void begin(), [begin]);

  const enter = async (user: PhoneUser, pin: string): Promise<PinAnswer> => {
    const store = await door.storeOf(user);
    return answerTo(await store.unlock(pin), {
      opened: () => onOpen(store, user, session),
      signIn: (why) => setStep({ kind: 'sign-in', note: whySignIn[why] ?? '' }),
      wiped: () => setStep({ kind: 'wiped' }),
    });
  };
  const choosePin = async (
    store: VillageStore,
    user: PhoneUser,
    first: string,
    pin: string,
  ): Promise<PinAnswer> => {
    if (first !== pin) {
      setStep({ kind: 'new-pin', store, user });
      return { message: '两次输入不一样，请重新设置。' };
    }
    return answerTo(await door.setPin(store, user, pin), {
      opened: () => onOpen(store, user, session),
      signIn: (why) => setStep({ kind: 'sign-in', note: whySignIn[why] ?? '' }),
      wiped: () => setStep({ kind: 'wiped' }),
    });
  };
  /** Whoever just signed in may set a new PIN at once; others sign in first. */
  const forgot = (user: PhoneUser) => {
    if (admitted?.user.userId === user.userId) setStep({ kind: 'new-pin', ...admitted });
    else
      setStep({
        kind: 'sign-in',
        note: '联网用口令登录后重设 PIN；本机已存的内容都在。',
        forgot: user,
      });
  };
  const signedIn = async (given: Session, forgot?: PhoneUser): Promise<string | undefined> => {
    if (given.stage !== 'open' || given.mustChangePassword)
      return '这个账号还要修改初始口令或完成第二因子，请先在电脑工作台登录一次。';
    setSession(given);
    const taken = await door.admit(given).catch((error: unknown) => {
      if (error instanceof StorageFull) return undefined;
      throw error;
    });
    if (!taken) return fullPhone;
    const { store, user } = taken;
    setAdmitted({ store, user });
    const knowsPin = user.hasPin && user.userId !== forgot?.userId;
    setStep(knowsPin ? { kind: 'pin', user } : { kind: 'new-pin', store, user });
    return undefined;
  };

  switch (step.kind) {
    case 'reading':
      return <Frame>{<FieldLoading />}</Frame>;
    case 'choose':
      return (
        <Frame>
          <h1 style={{ fontSize: 22, textAlign: 'center' }}>谁在用？</h1>
          {step.users.map((user) => (
            <FieldButton key={user.userId} kind="main" onClick={() => setStep({ kind: 'pin', user })}>
              {user.name}
            </FieldButton>
          ))}
          <Newcomer onPress={() => setStep({ kind: 'sign-in', note: whySignIn['first-time'] ?? '' })} />
        </Frame>
      );
    case 'pin':
      return (
        <Frame>
          <PinEntry
            key={step.user.userId}
            title={step.user.name}
            note="请输入 PIN 解锁"
            onPin={(pin) => enter(step.user, pin)}
          />
          <div className="f-row" style={{ justifyContent: 'center' }}>
            <FieldButton
              kind="quiet"
              onClick={() => void door.users().then((users) => setStep({ kind: 'choose', users }))}
            >
              换人
            </FieldButton>
            <FieldButton kind="quiet" onClick={() => forgot(step.user)}>
              忘了 PIN
            </FieldButton>
          </div>
        </Frame>
      );
    case 'sign-in':
      return (
        <Frame>
          <FieldSignIn
            title="全程 · 村医"
            note={step.note}
            onSignedIn={(given) => signedIn(given, step.forgot)}
          />
          <FieldButton kind="quiet" onClick={() => void begin()}>
            返回
          </FieldButton>
        </Frame>
      );
    case 'new-pin':
      return (
        <Frame>
          <PinEntry
            key={step.first ?? 'first'}
            title={step.first ? '再输入一次' : '设置 6 位 PIN'}
            note="没有网络时用它解锁；数据用它加密存在本机。"
            onPin={async (pin) => {
              if (step.first) return choosePin(step.store, step.user, step.first, pin);
              if (isTooEasy(pin)) return { message: '太容易猜到，请换一个。' };
              setStep({ ...step, first: pin });
              return {};
            }}
          />
        </Frame>
      );
    case 'wiped':
      return (
        <Frame>
          <h1 style={{ fontSize: 22 }}>本机数据已清除</h1>
          <p>按管理员要求，未上传的内容已交给服务器，本机数据已删除。</p>
          <FieldButton kind="main" onClick={() => setStep({ kind: 'sign-in', note: '' })}>
            重新登录
          </FieldButton>
        </Frame>
      );
  }
}

function answerTo(
  result: UnlockResult,
  on: { opened: () => void; signIn: (why: string) => void; wiped: () => void },
): PinAnswer {
  switch (result.kind) {
    case 'unlocked':
      on.opened();
      return {};
    case 'wrong-pin':
      return {
        message: result.waitSeconds > 0 ? `PIN 不对。${forgottenOffer}` : 'PIN 不对。',
        waitSeconds: result.waitSeconds,
      };
    case 'wait':
      return { message: `输错次数过多。${forgottenOffer}`, waitSeconds: result.waitSeconds };
    case 'needs-sign-in':
      on.signIn(result.why);
      return {};
    case 'no-room':
      return { message: fullPhone };
    case 'wiped':
      on.wiped();
      return {};
  }
}

/** All the same digit, or a row up or down. */
function isTooEasy(pin: string): boolean {
  const steps = new Set([...pin].slice(1).map((digit, at) => Number(digit) - Number(pin[at])));
  return steps.size === 1 && [0, 1, -1].includes([...steps][0] ?? 9);
}

function Newcomer({ onPress }: { onPress: () => void }) {
  return (
    <FieldButton kind="quiet" onClick={onPress}>
      另一位医生登录
    </FieldButton>
  );
}

function Frame({ children }: { children: ReactNode }) {
  return <main className="f-lock">{children}</main>;
}
