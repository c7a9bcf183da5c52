import type { NoticeChannel } from '../domain/notice-plan.ts';

/** What leaves the county for one person on one channel. */
export interface OutgoingNotice {
  /** Stays the same over all tries: whoever receives it twice can tell. */
  readonly key: string;
  readonly phone: string | null;
  readonly body: string;
}

/** Undeliverable for good: trying again would not help. */
export class Undeliverable extends Error {}

/** One way of reaching people. A try that fails throws. */
export interface Channel {
  readonly channel: NoticeChannel;
  readonly isConfigured: boolean;
  send(notice: OutgoingNotice): Promise<void>;
}

/** The person's message box: the row itself is the message, there is nothing to carry. */
const inApp: Channel = { channel: 'in-app', isConfigured: true, send: async () => undefined };

const absent = (channel: NoticeChannel): Channel => ({
  channel,
  isConfigured: false,
  send: () => Promise.reject(new Undeliverable('通道未配置')),
});

/** A county's gateway for short messages or WeChat, spoken to over HTTP; its address and key come from outside. */
export function gatewayChannel(
  channel: 'sms' | 'wechat',
  gateway: { url: string; key: string; timeoutMilliseconds?: number },
): Channel {
  return {
    channel,
    isConfigured: true,
    async send(notice) {
      if (!notice.phone) throw new Undeliverable('没有登记电话');
      const response = await fetch(gateway.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${gateway.key}`,
          'idempotency-key': notice.key,
        },
        body: JSON.stringify({ to: notice.phone, text: notice.body }),
        signal: AbortSignal.timeout(gateway.timeoutMilliseconds ?? 5000),
      });
      await response.arrayBuffer();
      if (response.status === 400 || response.status === 422) throw new Undeliverable('网关拒收');
      if (!response.ok) throw new Error(`网关答复 ${response.status}`);
    },
  };
}

/** The channels of this installation. What is sent by log goes to `write`, without the person's number. */
export function channelsFrom(
  env: Readonly<Record<string, string | undefined>>,
  write: (line: { key: string; body: string }) => Promise<void>,
): readonly Channel[] {
  const gateway = (channel: 'sms' | 'wechat', prefix: string) => {
    const url = env[`${prefix}_URL`];
    const key = env[`${prefix}_KEY`];
    return url && key ? gatewayChannel(channel, { url, key }) : absent(channel);
  };
  return [
    inApp,
    {
      channel: 'log',
      isConfigured: true,
      send: ({ key, body }) => write({ key, body }),
    },
    gateway('sms', 'QUANCHENG_SMS'),
    gateway('wechat', 'QUANCHENG_WECHAT'),
  ];
}
