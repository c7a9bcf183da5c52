import { createServer, type Socket } from 'node:net';

/** A message of the PostgreSQL wire protocol, version 3: type, length, body. */
function message(type: string, ...parts: (Buffer | string)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
}

const int16 = (n: number) => Buffer.from([(n >> 8) & 0xff, n & 0xff]);
const int32 = (n: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(n);
  return bytes;
};

const ready = message('Z', 'I');
const greeting = Buffer.concat([
  message('R', int32(0)),
  message('S', 'server_version\0', '14.12\0'),
  message('S', 'client_encoding\0', 'UTF8\0'),
  message('K', int32(1), int32(1)),
  ready,
]);
const versionAnswer = Buffer.concat([
  message('T', int16(1), 'version\0', int32(0), int16(0), int32(23), int16(4), int32(-1), int16(0)),
  message('D', int16(1), int32(6), '140012'),
  message('C', 'SELECT 1\0'),
  ready,
]);
const refusal = Buffer.concat([message('E', 'SERROR\0', 'C0A000\0', 'Mnot here\0', '\0'), ready]);

/** A foreign server of version 14, as far as a client that asks for its version can tell; it does nothing else. */
export async function answerAsOldPostgres(): Promise<{ port: number; asked: string[]; close(): void }> {
  const asked: string[] = [];
  const server = createServer((socket) => converse(socket, asked));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return { port, asked, close: () => server.close() };
}

function converse(socket: Socket, asked: string[]): void {
  let isGreeted = false;
  let waiting = Buffer.alloc(0);
  socket.on('error', () => undefined);
  socket.on('data', (bytes) => {
    waiting = Buffer.concat([waiting, bytes]);
    for (;;) {
      const head = isGreeted ? 1 : 0;
      if (waiting.length < head + 4) return;
      const length = head + waiting.readInt32BE(head);
      if (waiting.length < length) return;
      const whole = waiting.subarray(0, length);
      waiting = waiting.subarray(length);
      if (!isGreeted) {
        isGreeted = true;
        socket.write(greeting);
      } else if (whole.toString('latin1', 0, 1) === 'Q') {
        const text = whole.toString('utf8', 5, length - 1);
        if (/^(rollback|commit)/.test(text)) {
          socket.write(refusal);
          continue;
        }
        asked.push(text);
        socket.write(text.includes('server_version_num') ? versionAnswer : refusal);
      } else if (whole.toString('latin1', 0, 1) === 'X') socket.end();
    }
  });
}
