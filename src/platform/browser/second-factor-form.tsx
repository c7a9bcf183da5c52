import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { passSecondFactor, type Session } from '#standards/session-contract.ts';
import { ApiProblem, callApi } from './api-client.ts';

/** The second step of signing in: the code of the phone, or a recovery code from paper. */
export function SecondFactorForm({
  onPassed,
  onLeave,
}: {
  onPassed: (session: Session) => void;
  onLeave?: () => void;
}) {
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = async ({ code }: { code: string }) => {
    setBusy(true);
    setFailure(undefined);
    try {
      onPassed(await callApi(passSecondFactor, { body: { code: code.trim() } }));
    } catch (error) {
      const problem = error instanceof ApiProblem ? error : undefined;
      setFailure(problem?.issues[0]?.message ?? problem?.title ?? '没有通过，请重试。');
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form layout="vertical" onFinish={submit} requiredMark={false}>
      <Form.Item
        label="动态验证码"
        name="code"
        extra="手机验证器里“全程”一项的 6 位数字；手机不在身边时填一个备用码。"
        rules={[{ required: true, message: '请输入验证码' }]}
      >
        <Input size="large" autoFocus autoComplete="one-time-code" inputMode="numeric" maxLength={20} />
      </Form.Item>
      {failure && (
        <p role="alert" style={{ color: 'var(--crisis)' }}>
          {failure}
        </p>
      )}
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        确认
      </Button>
      {onLeave && (
        <Button type="link" block onClick={onLeave} style={{ marginTop: 8 }}>
          换一个账号
        </Button>
      )}
    </Form>
  );
}
