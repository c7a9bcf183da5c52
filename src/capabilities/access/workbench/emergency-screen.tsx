import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Form, Input } from 'antd';
import { useRef } from 'react';
import { uuidv7 } from 'uuidv7';
import { minuteInChina } from '#kernel/china-time.ts';
import { ApiProblem, callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { mayDo } from '#standards/access-policy.ts';
import { accessProfile } from '#standards/access-profile.ts';
import { listEmergencyAccesses, openEmergencyAccess } from '../contract.ts';
import { ReviewList } from './review-list.tsx';

/** Looking at a person one does not look after, with a reason and for some hours; and the review of such looks. */
export function EmergencyScreen() {
  const actor = useActor();
  const role = actor.role;
  return (
    <main className="page">
      <h1>紧急查阅</h1>
      {mayDo(role, 'emergency-access.open') && (
        <>
          <OpenAccess />
          <OwnAccesses />
        </>
      )}
      {mayDo(role, 'emergency-access.review') && <ReviewList />}
    </main>
  );
}

function OpenAccess() {
  const navigate = useNavigate();
  const [form] = Form.useForm<{ idNo: string; reason: string }>();
  // The same ids until it is done: pressing twice, or again after a cut, opens one access.
  const ids = useRef({ operationId: uuidv7(), accessId: uuidv7() });
  const open = useMutation({
    mutationFn: (typed: { idNo: string; reason: string }) =>
      callApi(openEmergencyAccess, { body: { ...ids.current, ...typed } }),
    onSuccess: ({ accessId }) => {
      ids.current = { operationId: uuidv7(), accessId: uuidv7() };
      void navigate({ to: '/emergency/$accessId', params: { accessId } });
    },
    onError(error) {
      ids.current = { operationId: uuidv7(), accessId: uuidv7() };
      if (error instanceof ApiProblem)
        form.setFields(
          error.issues
            .filter((issue) => issue.path === 'idNo' || issue.path === 'reason')
            .map((issue) => ({ name: issue.path as 'idNo' | 'reason', errors: [issue.message] })),
        );
    },
  });
  return (
    <section className="card">
      <h2>查看不在管理范围内的居民</h2>
      <p className="soft">
        仅限抢救、急诊等紧急情况。每次只开放一人，{accessProfile.emergencyHours}
        小时后自动关闭；您的姓名、时间和理由会记入该居民的查阅记录，并由他人在{accessProfile.reviewDays}
        天内复核。
      </p>
      <Form form={form} layout="vertical" onFinish={(typed) => open.mutate(typed)} requiredMark={false}>
        <Form.Item
          name="idNo"
          label="完整身份证号"
          rules={[{ required: true, message: '请填写18位身份证号。' }]}
        >
          <Input size="large" inputMode="text" autoComplete="off" maxLength={22} style={{ maxWidth: 320 }} />
        </Form.Item>
        <Form.Item
          name="reason"
          label={`理由（至少${accessProfile.emergencyReasonLength}个字）`}
          rules={[
            {
              required: true,
              min: accessProfile.emergencyReasonLength,
              message: `请写明理由，至少${accessProfile.emergencyReasonLength}个字。`,
            },
          ]}
        >
          <Input.TextArea
            rows={3}
            maxLength={500}
            placeholder="如：患者昏迷由120送入，急需了解既往病史和用药"
          />
        </Form.Item>
        {open.isError && !(open.error instanceof ApiProblem && open.error.issues.length > 0) && (
          <Failure error={open.error} />
        )}
        <Button type="primary" danger htmlType="submit" size="large" loading={open.isPending}>
          记录理由并查看
        </Button>
      </Form>
    </section>
  );
}

function OwnAccesses() {
  const mine = useQuery({
    queryKey: ['emergency-accesses', 'mine'],
    queryFn: () => callApi(listEmergencyAccesses, { query: { show: 'mine', limit: 20 } }),
  });
  if (mine.isPending) return <Loading rows={2} />;
  if (mine.isLoadingError) return <Failure error={mine.error} onRetry={() => void mine.refetch()} />;
  return (
    <section className="card">
      <h2>我发起的</h2>
      {mine.data.items.length === 0 && <p className="soft">没有发起过。</p>}
      {mine.data.items.map((one) => (
        <div
          key={one.accessId}
          className="row spread"
          style={{ padding: '10px 0', borderTop: '1px solid var(--line)', flexWrap: 'wrap', gap: 8 }}
        >
          <span>
            <b>{one.residentName}</b> <span className="soft">{one.organizationName}</span>
            <div className="small soft">
              {minuteInChina(new Date(one.openedAt))} · {one.reason}
            </div>
          </span>
          {one.isOpen ? (
            <Link to="/emergency/$accessId" params={{ accessId: one.accessId }}>
              <Button size="small">查看（至 {minuteInChina(new Date(one.expiresAt))}）</Button>
            </Link>
          ) : (
            <StateTag state={one.verdict === 'unjustified' ? 'crisis' : 'plain'}>
              {one.verdict === null
                ? '已到期，待复核'
                : one.verdict === 'justified'
                  ? '复核：合理'
                  : '复核：不合理'}
            </StateTag>
          )}
        </div>
      ))}
    </section>
  );
}
