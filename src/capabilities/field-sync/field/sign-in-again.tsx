import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { BottomSheet, FieldButton } from '#platform/browser/field/controls.tsx';
import { type Session, signOut } from '#standards/session-contract.ts';
import { usePhone } from './phone-context.tsx';
import { FieldSignIn } from './sign-in-form.tsx';

/**
 * A session ends each day: the password once, over the open screen, and what waits is sent. What is being typed stays while
 * the store tries again by itself.
 */
export function SignInAgain({ isNeeded }: { isNeeded: boolean }) {
  const { store, userId, doctorName } = usePhone();
  const [open, setOpen] = useState(false);
  const signedIn = async (session: Session): Promise<string | undefined> => {
    if (session.staffId !== userId) {
      await callApi(signOut, {});
      return `现在打开的是${doctorName}的本机数据；另一位医生请先锁屏换人。`;
    }
    setOpen(false);
    await store.syncNow();
    return undefined;
  };
  return (
    <>
      {isNeeded && (
        <FieldButton kind="main" style={{ marginTop: 10, width: '100%' }} onClick={() => setOpen(true)}>
          登录后上传
        </FieldButton>
      )}
      {open && (
        <BottomSheet title="重新登录" onClose={() => setOpen(false)}>
          <FieldSignIn title={doctorName} note="登录每天到期；本机已存的内容都在。" onSignedIn={signedIn} />
        </BottomSheet>
      )}
    </>
  );
}
