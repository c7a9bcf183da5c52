import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { isMasked } from '#kernel/masked-text.ts';
import { ApiProblem } from '#platform/browser/api-client.ts';
import { useActor } from '#platform/browser/session.tsx';
import { mayDo } from '#standards/access-policy.ts';
import { type RevealPurpose, revealPurposes } from '#standards/reveal-purposes.ts';
import { revealFor } from './reveal-values.ts';

/** Asks for all a purpose needs of one person; every screen then shows it for a while. Away where nothing is hidden. */
export function RevealButton(props: {
  residentId: string;
  purpose: RevealPurpose;
  /** What the screen shows, hidden or not. */
  within: unknown;
  size?: 'small';
}) {
  const { residentId, purpose, within, size } = props;
  const actor = useActor();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  if (!mayDo(actor.role, 'residents.reveal') || !isMasked(JSON.stringify(within ?? null))) return null;
  const ask = async () => {
    setBusy(true);
    try {
      await revealFor(residentId, purpose);
      await client.invalidateQueries();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      void message.error(error.detail || error.title);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      {...(size ? { size } : {})}
      loading={busy}
      title="记入本人的查阅记录，十五分钟内各处显示"
      onClick={() => void ask()}
    >
      查看遮蔽内容（{revealPurposes[purpose].label}）
    </Button>
  );
}
