import { useQuery } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { printInstant } from '#platform/browser/print-instant.ts';
import { useActor } from '#platform/browser/session.tsx';
import { mayDo } from '#standards/access-policy.ts';
import { type Role, roleLabels } from '#standards/roles.ts';
import { identityTieHours } from '#standards/security-profile.ts';
import { showSystem } from '#standards/session-contract.ts';
import {
  addStaff,
  changeStaff,
  listStaff,
  type OrganizationLine,
  type SecurityChange,
  type StaffChange,
  type StaffLine,
  secureStaff,
} from '../contract.ts';
import { mayResetPassword } from '../domain/may-reset-password.ts';
import { rolesOf } from '../domain/place-organization.ts';
import { FactorResetDialog } from './factor-reset-dialog.tsx';
import { FailureText, useSave } from './use-save.tsx';

/** The people of an organization: add, reset a password, disable. A new password is shown once. */
export function StaffPanel({ organization }: { organization: OrganizationLine }) {
  const { message } = App.useApp();
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState<{ username: string; password: string }>();
  const [resetting, setResetting] = useState<StaffLine>();
  const { run, failure } = useSave();
  const staff = useQuery({
    queryKey: ['organization-staff', organization.id],
    queryFn: () => callApi(listStaff, { params: { organizationId: organization.id } }),
  });
  const system = useQuery({ queryKey: ['system'], queryFn: () => callApi(showSystem) });
  const role = useActor().role;
  const mayManage = mayDo(role, 'organizations.manage');
  const maySecure = mayDo(role, 'roles.grant');
  const change = async (staffId: string, username: string, what: StaffChange) => {
    const done = await run(() =>
      callApi(changeStaff, { params: { staffId }, body: { operationId: uuidv7(), change: what } }),
    );
    if (!done) return;
    if (done.oneTimePassword) setSecret({ username, password: done.oneTimePassword });
    else void message.success(doneWords[what]);
  };
  const secure = async (staffId: string, what: SecurityChange) => {
    const done = await run(() =>
      callApi(secureStaff, { params: { staffId }, body: { operationId: uuidv7(), change: what } }),
    );
    if (done) void message.success(secureWords[what]);
  };
  return (
    <section className="card">
      <div className="row spread" style={{ marginBottom: 6 }}>
        <h2>人员</h2>
        {mayManage && (rolesOf[organization.kind] ?? []).length > 0 && (
          <Button onClick={() => setAdding(true)}>新增人员</Button>
        )}
      </div>
      <FailureText text={failure} />
      {staff.isPending && <Loading />}
      {staff.isLoadingError && <Failure error={staff.error} onRetry={() => void staff.refetch()} />}
      {staff.data?.items.length === 0 && <p className="soft">还没有人员。</p>}
      {staff.data?.items.map((person) => (
        <div
          key={person.id}
          className="row spread"
          style={{ padding: '8px 0', borderTop: '1px solid var(--line)', flexWrap: 'wrap' }}
        >
          <span>
            <b>{person.name}</b> {roleLabels[person.role]}{' '}
            <span className="small soft">{person.username}</span>
          </span>
          <span className="row">
            {person.awaitsGrant && <StateTag state="recheck">待授予角色</StateTag>}
            {person.disabled && !person.awaitsGrant && <StateTag state="late">已停用</StateTag>}
            {!person.disabled && person.mustChangePassword && <StateTag state="recheck">待改口令</StateTag>}
            {mayManage && mayResetPassword(role, person.role) && (
              <Button size="small" onClick={() => void change(person.id, person.username, 'reset-password')}>
                重置口令
              </Button>
            )}
            {maySecure && system.data?.identityService && !person.disabled && (
              <IdentityTie person={person} onChange={(what) => void secure(person.id, what)} />
            )}
            {maySecure && person.awaitsGrant && (
              <Button size="small" type="primary" onClick={() => void secure(person.id, 'grant-role')}>
                授予角色
              </Button>
            )}
            {!person.awaitsGrant && (
              <Button size="small" onClick={() => setResetting(person)}>
                重置第二因子
              </Button>
            )}
            {mayManage && !person.awaitsGrant && (
              <Button
                size="small"
                onClick={() =>
                  void change(person.id, person.username, person.disabled ? 'enable' : 'disable')
                }
              >
                {person.disabled ? '恢复' : '停用'}
              </Button>
            )}
          </span>
        </div>
      ))}
      <AddStaffDialog
        key={String(adding)}
        organization={organization}
        open={adding}
        onClose={() => setAdding(false)}
        onAdded={(username, password) => {
          setAdding(false);
          if (password) setSecret({ username, password });
        }}
      />
      <Modal
        open={secret !== undefined}
        title="一次性口令"
        footer={
          <Button type="primary" onClick={() => setSecret(undefined)}>
            已抄下
          </Button>
        }
        onCancel={() => setSecret(undefined)}
      >
        <p>
          用户名 <b>{secret?.username}</b>
        </p>
        <p>
          口令 <b style={{ fontFamily: 'monospace', fontSize: 16 }}>{secret?.password}</b>
        </p>
        <p className="small soft">只显示这一次；新账号待安全管理员授予角色后才能登录，首次登录须修改口令。</p>
      </Modal>
      {resetting && <FactorResetDialog person={resetting} onClose={() => setResetting(undefined)} />}
    </section>
  );
}

const doneWords: Readonly<Record<StaffChange, string>> = {
  'reset-password': '已重置',
  disable: '已停用，其登录已结束',
  enable: '已恢复',
};

const secureWords: Readonly<Record<SecurityChange, string>> = {
  'grant-role': '已授予角色，可以登录了',
  'allow-identity-tie': `已开通，请本人在 ${identityTieHours} 小时内用统一身份认证登录一次`,
  'withdraw-identity-tie': '已收回',
};

/** Whether this account is tied to the county's identity service, and the one-time leave to tie it. */
function IdentityTie({ person, onChange }: { person: StaffLine; onChange: (what: SecurityChange) => void }) {
  if (person.identityTie === 'tied') return <span className="small soft">已对上统一认证</span>;
  if (person.identityTie === 'none')
    return (
      <Button size="small" onClick={() => onChange('allow-identity-tie')}>
        开通统一认证
      </Button>
    );
  return (
    <>
      <span className="small soft">{printInstant(person.identityTieUntil ?? '')} 前可首次登录</span>
      <Button size="small" onClick={() => onChange('withdraw-identity-tie')}>
        收回统一认证
      </Button>
    </>
  );
}

function AddStaffDialog(props: {
  organization: OrganizationLine;
  open: boolean;
  onClose: () => void;
  onAdded: (username: string, password: string | null) => void;
}) {
  const { organization } = props;
  const [ids] = useState(() => ({ operationId: uuidv7(), staffId: uuidv7() }));
  const { run, failure, busy } = useSave();
  const [form] = Form.useForm<{ username: string; name: string; role: Role; phone?: string }>();
  const roles = (rolesOf[organization.kind] ?? []) as readonly Role[];
  return (
    <Modal
      open={props.open}
      title={`在${organization.name}新增人员`}
      okText="新增"
      cancelText="取消"
      confirmLoading={busy}
      onCancel={props.onClose}
      onOk={form.submit}
      destroyOnHidden
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ role: roles[0] }}
        onFinish={async ({ phone, ...values }) => {
          const done = await run(() =>
            callApi(addStaff, {
              body: { ...ids, organizationId: organization.id, ...values, ...(phone ? { phone } : {}) },
            }),
          );
          if (done) props.onAdded(done.username, done.oneTimePassword);
        }}
      >
        <Form.Item name="name" label="姓名" rules={[{ required: true, message: '请填写姓名' }]}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item
          name="username"
          label="用户名（字母开头）"
          rules={[{ required: true, message: '请填写用户名' }]}
        >
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <Form.Item name="role" label="角色" rules={[{ required: true }]}>
          <Select options={roles.map((value) => ({ value, label: roleLabels[value] }))} />
        </Form.Item>
        <Form.Item name="phone" label="电话">
          <Input maxLength={20} inputMode="tel" />
        </Form.Item>
        <FailureText text={failure} />
      </Form>
    </Modal>
  );
}
