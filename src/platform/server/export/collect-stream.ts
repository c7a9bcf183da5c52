import type { Readable } from 'node:stream';

/** A file that is written piece by piece as one, so that its digest is known before it leaves. */
export async function collectStream(stream: Readable): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
