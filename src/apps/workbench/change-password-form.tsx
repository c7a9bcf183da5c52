import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { ApiProblem, callApi } from '#platform/browser/api-client.ts';
import { changePassword } from '#standards/session-contract.ts';

/** Changes one's own password: at the first sign-in, when it grew old, or at will. */
export function ChangePasswordForm({ onChanged }: { onChanged: () => void }) {
  const [failure, setFailure] = useState<string>();
  const submit = async (values: { currentPassword: string; newPassword: string }) => {
    setFailure(undefined);
    try {
      await callApi(changePassword, {
        body: { currentPassword: values.currentPassword, newPassword: values.newPassword },
      });
      onChanged();
    } catch (error) {
      const problem = error instanceof ApiProblem ? error : undefined;
      setFailure(problem?.issues[0]?.message ?? problem?.title ?? '修改失败，请重试。');
    }
  };
  return (
    <>
      <p className="soft">至少 10 个字符，含大写、小写、数字、符号中的三种；或长于 16 个字符的一句话。</p>
      <Form layout="vertical" onFinish={submit} requiredMark={false}>
        <Form.Item
          label="当前口令"
          name="currentPassword"
          rules={[{ required: true, message: '请输入当前口令' }]}
        >
          <Input.Password size="large" autoComplete="current-password" />
        </Form.Item>
        <Form.Item label="新口令" name="newPassword" rules={[{ required: true, message: '请输入新口令' }]}>
          <Input.Password size="large" autoComplete="new-password" />
        </Form.Item>
        {failure && (
          <p role="alert" style={{ color: 'var(--crisis)' }}>
            {failure}
          </p>
        )}
        <Button type="primary" htmlType="submit" size="large" block>
          修改口令
        </Button>
      </Form>
    </>
  );
}
