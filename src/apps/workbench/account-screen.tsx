import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { App, Button, Modal } from 'antd';
import { useState } from 'react';
import { FactorResets } from '#capabilities/organizations/workbench/factor-resets.tsx';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { printInstant } from '#platform/browser/print-instant.ts';
import { useActor } from '#platform/browser/session.tsx';
import { SetUpFactorForm } from '#platform/browser/set-up-factor-form.tsx';
import { mayDo } from '#standards/access-policy.ts';
import { listSessions, revokeSession, showFactor } from '#standards/session-contract.ts';
import { ChangePasswordForm } from './change-password-form.tsx';

const moment = (instant: string) => printInstant(instant);

/** One's own account: second factor, password, and where one is signed in. */
export function AccountScreen() {
  const actor = useActor();
  // Who grants roles finds them on the page 账号安全.
  const settlesResets = mayDo(actor.role, 'factor-resets.settle') && !mayDo(actor.role, 'roles.grant');
  return (
    <main className="page" style={{ maxWidth: 820 }}>
      <h1>账号与登录安全</h1>
      <p className="soft">
        {actor.name}（{actor.username}）· {actor.roleLabel} · {actor.organizationName}
      </p>
      <p>
        <a href="/privacy">居民的健康信息怎样被使用</a> · <Link to="/access-matrix">各角色能做什么</Link>
      </p>
      <FactorCard />
      <SessionsCard />
      <PasswordCard />
      {settlesResets && <FactorResets />}
    </main>
  );
}

function FactorCard() {
  const [settingUp, setSettingUp] = useState(false);
  const factor = useQuery({ queryKey: ['factor'], queryFn: () => callApi(showFactor) });
  if (factor.isPending) return <Loading rows={2} />;
  if (factor.isLoadingError) return <Failure error={factor.error} onRetry={() => void factor.refetch()} />;
  const { enabledAt, recoveryCodesLeft } = factor.data;
  return (
    <section className="card" style={{ marginBottom: 12 }}>
      <div className="row spread">
        <h2>第二因子（动态验证码）</h2>
        {enabledAt ? <StateTag state="good">已启用</StateTag> : <StateTag state="recheck">未启用</StateTag>}
      </div>
      {enabledAt ? (
        <p className="soft">
          {moment(enabledAt)} 启用，备用码还剩 {recoveryCodesLeft} 个。换了手机又没有备用码时，请管理员重置。
        </p>
      ) : (
        <>
          <p className="soft">启用后，登录时除口令外还要输入手机上的 6 位数字：口令泄露了，别人也进不来。</p>
          <Button type="primary" onClick={() => setSettingUp(true)}>
            启用
          </Button>
        </>
      )}
      <Modal
        open={settingUp}
        footer={null}
        title="启用第二因子"
        maskClosable={false}
        destroyOnHidden
        onCancel={() => {
          setSettingUp(false);
          void factor.refetch();
        }}
      >
        <SetUpFactorForm
          onDone={() => {
            setSettingUp(false);
            void factor.refetch();
          }}
        />
      </Modal>
    </section>
  );
}

function SessionsCard() {
  const { message } = App.useApp();
  const sessions = useQuery({ queryKey: ['own-sessions'], queryFn: () => callApi(listSessions) });
  if (sessions.isPending) return <Loading rows={3} />;
  if (sessions.isLoadingError)
    return <Failure error={sessions.error} onRetry={() => void sessions.refetch()} />;
  const revoke = async (sessionId: string) => {
    await callApi(revokeSession, { params: { sessionId } }).catch(() => undefined);
    void message.success('已让那处登录失效');
    void sessions.refetch();
  };
  return (
    <section className="card" style={{ marginBottom: 12 }}>
      <h2>正在登录的地方</h2>
      {sessions.data.items.map((one) => (
        <div
          key={one.id}
          className="row spread"
          style={{ padding: '8px 0', borderTop: '1px solid var(--line)', flexWrap: 'wrap', gap: 8 }}
        >
          <span style={{ minWidth: 0, flex: '1 1 260px' }}>
            <b>{one.address ?? '未知地址'}</b> <span className="soft">{describeAgent(one.agent)}</span>
            <div className="small soft">
              {moment(one.openedAt)} 登录 · 最近使用 {moment(one.lastSeenAt)}
            </div>
          </span>
          {one.isThis ? (
            <StateTag state="good">本次登录</StateTag>
          ) : (
            <Button size="small" onClick={() => void revoke(one.id)}>
              让它失效
            </Button>
          )}
        </div>
      ))}
      <p className="small soft">有不认得的登录时，先让它失效，再修改口令。</p>
    </section>
  );
}

function describeAgent(agent: string | null): string {
  if (agent === null) return '未知设备';
  const system = /Android/.test(agent)
    ? '安卓手机'
    : /iPhone|iPad/.test(agent)
      ? '苹果手机'
      : /Windows/.test(agent)
        ? 'Windows 电脑'
        : /Mac OS/.test(agent)
          ? '苹果电脑'
          : /Linux/.test(agent)
            ? 'Linux 电脑'
            : '其他设备';
  const browser = /Edg\//.test(agent)
    ? 'Edge'
    : /Chrome\//.test(agent)
      ? 'Chrome'
      : /Firefox\//.test(agent)
        ? 'Firefox'
        : '';
  return `${system} ${browser}`.trim();
}

function PasswordCard() {
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  return (
    <section className="card" style={{ marginBottom: 12 }}>
      <div className="row spread">
        <h2>口令</h2>
        {!open && <Button onClick={() => setOpen(true)}>修改口令</Button>}
      </div>
      {open && (
        <div style={{ maxWidth: 420 }}>
          <ChangePasswordForm
            onChanged={() => {
              setOpen(false);
              void message.success('口令已修改，其他登录已失效');
            }}
          />
        </div>
      )}
    </section>
  );
}
