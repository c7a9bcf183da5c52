import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useRef, useState } from 'react';
import { ApiProblem, callApi } from '#platform/browser/api-client.ts';
import type { EndpointInput } from '#standards/endpoint.ts';
import { readOutboxFile } from '../device-contract.ts';

interface Outcome {
  readonly type: 'success' | 'error';
  readonly text: string;
}

/** Takes in the sealed file of a phone that cannot send: what is in it waits below for somebody to enter it. */
export function ReadOutboxFile() {
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [outcome, setOutcome] = useState<Outcome>();
  const [isBusy, setIsBusy] = useState(false);
  const read = async (file: File) => {
    setIsBusy(true);
    setOutcome(undefined);
    try {
      const body = parse(await file.text());
      if (body === undefined) {
        setOutcome({ type: 'error', text: '这不是手机导出的文件。' });
        return;
      }
      const { held, taken, userName } = await callApi(readOutboxFile, { body });
      await client.invalidateQueries({ queryKey: ['field-held'] });
      const before = taken > 0 ? `，另有 ${taken} 项服务器早已收到` : '';
      setOutcome({
        type: 'success',
        text: `已读入${userName}手机上的 ${held} 项${before}，列在下面等人核对录入。`,
      });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setOutcome({ type: 'error', text: error.detail || error.title });
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <div className="card" style={{ display: 'flex', gap: 12, alignItems: 'center', flexWrap: 'wrap' }}>
      <Button loading={isBusy} onClick={() => input.current?.click()}>
        读入手机导出的文件
      </Button>
      <span className="small soft">手机一直传不上来时，请本人在“同步”页导出加密文件，交到这里读入。</span>
      <input
        ref={input}
        type="file"
        accept=".quancheng,application/json"
        aria-label="手机导出的文件"
        hidden
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = '';
          if (file) void read(file);
        }}
      />
      {outcome && <Alert type={outcome.type} showIcon title={outcome.text} style={{ flexBasis: '100%' }} />}
    </div>
  );
}

type Body = EndpointInput<typeof readOutboxFile>['body'];

function parse(text: string): Body | undefined {
  try {
    const value = JSON.parse(text) as Body;
    return value?.format === 'quancheng-outbox-1' ? value : undefined;
  } catch {
    return undefined;
  }
}
