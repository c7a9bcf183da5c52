import { connect as connectTo, createServer, type Socket } from 'node:net';

export type LinkState = 'through' | 'silent' | 'away';

export interface SlowLink {
  readonly port: number;
  /** Lets through, swallows everything on lines that stay open, or refuses and cuts every line. */
  set(state: LinkState): void;
  /** Leads elsewhere from now on, as when a gateway is set to another server. */
  turnTo(target: number): void;
  /** Cuts each line after so many more bytes of an answer. */
  cutAfter(bytes: number): void;
  readonly lines: () => number;
  /** How many lines were cut that way. */
  readonly cuts: () => number;
  close(): Promise<void>;
}

/** A line, such as between a server and its database or its phones, that can go silent, be cut in the middle of an answer, or be gone. */
export async function slowLink(first: number): Promise<SlowLink> {
  let target = first;
  let state: LinkState = 'through';
  let left = Number.POSITIVE_INFINITY;
  let cuts = 0;
  const pairs = new Set<readonly [Socket, Socket]>();
  const server = createServer((near) => {
    if (state === 'away') return near.destroy();
    const far = connectTo(target, '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    near.on('data', (data) => state === 'through' && far.write(data));
    far.on('data', (data) => {
      if (state !== 'through') return;
      if (data.length <= left) {
        left -= data.length;
        near.write(data);
        return;
      }
      near.write(data.subarray(0, left), () => near.resetAndDestroy());
      left = Number.POSITIVE_INFINITY;
      cuts += 1;
    });
    for (const socket of pair) socket.on('error', end).on('close', end);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  const cutAll = () => {
    for (const [near, far] of pairs) {
      near.destroy();
      far.destroy();
    }
  };
  return {
    port: address.port,
    set(next) {
      state = next;
      if (next === 'away') cutAll();
    },
    turnTo(next) {
      target = next;
      cutAll();
    },
    cutAfter(bytes) {
      left = bytes;
    },
    lines: () => pairs.size,
    cuts: () => cuts,
    close: () =>
      new Promise((resolve) => {
        cutAll();
        server.close(() => resolve());
      }),
  };
}
