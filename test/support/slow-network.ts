import { connect, createServer, type Socket } from 'node:net';

/** What a bad village network does, both ways together. */
export interface Weather {
  readonly bytesPerSecond: number;
  /** There and back. */
  readonly roundTripMs: number;
  /** Share of packets lost: each comes a round trip later. */
  readonly loss: number;
  /** Share of packets at which the connection is reset. */
  readonly resets: number;
}

const packetBytes = 1400;

/** A relay before a server that is as slow and as broken as told; fair weather until then. Seeded, so that a run repeats. */
export async function startSlowNetwork(serverUrl: string, seed: number) {
  const target = new URL(serverUrl);
  let weather: Weather | undefined;
  let state = seed;
  let resets = 0;
  const random = () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
  const open = new Set<Socket>();
  const relay = (from: Socket, to: Socket) => {
    let turn = Promise.resolve();
    from.on('data', (data: Buffer) => {
      for (let at = 0; at < data.length; at += packetBytes) {
        const packet = data.subarray(at, at + packetBytes);
        turn = turn.then(() => carry(packet, from, to));
      }
    });
    from.on('end', () => void turn.then(() => to.end()));
    from.on('error', () => to.destroy());
    from.on('close', () => open.delete(from));
  };
  const carry = async (packet: Buffer, from: Socket, to: Socket) => {
    const now = weather;
    if (now) {
      if (random() < now.resets) {
        resets += 1;
        from.resetAndDestroy();
        to.resetAndDestroy();
        return;
      }
      const late = random() < now.loss ? now.roundTripMs : 0;
      await wait((packet.length / now.bytesPerSecond) * 1000 + late);
    }
    const send = () => void (to.writable && to.write(packet));
    // Packets follow each other on the way; only the first of them waits for the whole of it.
    if (now) setTimeout(send, now.roundTripMs / 2);
    else send();
  };
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) open.add(socket);
    relay(client, upstream);
    relay(upstream, client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  return {
    url: `http://127.0.0.1:${address.port}`,
    become(next: Weather | undefined) {
      weather = next;
    },
    resets: () => resets,
    async stop() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
