import { Button, Form, Input } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { renderSVG } from 'uqr';
import { enableFactor, setUpFactor } from '#standards/session-contract.ts';
import { ApiProblem, callApi } from './api-client.ts';

const messageOf = (error: unknown) => {
  const problem = error instanceof ApiProblem ? error : undefined;
  return problem?.issues[0]?.message ?? problem?.detail ?? '没有成功，请重试。';
};

/** Sets up the second factor in three steps: scan, give back a code, keep the recovery codes. */
export function SetUpFactorForm({ onDone }: { onDone: () => void }) {
  const [secret, setSecret] = useState<{ secret: string; uri: string }>();
  const [codes, setCodes] = useState<readonly string[]>();
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    callApi(setUpFactor).then(setSecret, (error: unknown) => setFailure(messageOf(error)));
  }, []);
  const enable = async ({ code }: { code: string }) => {
    setFailure(undefined);
    try {
      const enabled = await callApi(enableFactor, { body: { code: code.trim() } });
      setCodes(enabled.recoveryCodes);
    } catch (error) {
      setFailure(messageOf(error));
    }
  };
  if (codes) return <RecoveryCodes codes={codes} onDone={onDone} />;
  return (
    <Form layout="vertical" onFinish={enable} requiredMark={false}>
      <p className="soft">
        用手机上的验证器（微信“腾讯身份验证器”小程序、Microsoft Authenticator
        等任何支持动态口令的应用）扫描下面的码。
      </p>
      {secret && <FactorCode uri={secret.uri} secret={secret.secret} />}
      <Form.Item
        label="输入手机上显示的 6 位数字"
        name="code"
        rules={[{ required: true, message: '请输入验证码' }]}
      >
        <Input size="large" autoComplete="one-time-code" inputMode="numeric" maxLength={6} />
      </Form.Item>
      {failure && (
        <p role="alert" style={{ color: 'var(--crisis)' }}>
          {failure}
        </p>
      )}
      <Button type="primary" htmlType="submit" size="large" block disabled={!secret}>
        启用
      </Button>
    </Form>
  );
}

function FactorCode({ uri, secret }: { uri: string; secret: string }) {
  const image = useMemo(() => `data:image/svg+xml;utf8,${encodeURIComponent(renderSVG(uri))}`, [uri]);
  return (
    <div style={{ textAlign: 'center', marginBottom: 16 }}>
      <img src={image} alt="第二因子二维码" width={200} height={200} />
      <div className="small soft">扫不了码时，手工输入密钥：</div>
      <code style={{ wordBreak: 'break-all' }}>{secret.match(/.{1,4}/g)?.join(' ')}</code>
    </div>
  );
}

function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  return (
    <div>
      <p>
        第二因子已启用。请把这 {codes.length}{' '}
        个备用码抄下或打印，锁好：手机丢了时，每个可代替验证码一次。它们只显示这一次。
      </p>
      <ol style={{ columns: 2, fontFamily: 'monospace', fontSize: 16, lineHeight: 2 }}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="row no-print" style={{ gap: 8 }}>
        <Button onClick={() => window.print()}>打印</Button>
        <Button type="primary" onClick={onDone}>
          已保存，继续
        </Button>
      </div>
    </div>
  );
}
