import { chown, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { SuiteId } from '../crypto/cipher-suite.ts';
import type { KeyProvider } from '../crypto/key-provider.ts';
import type { RunAs } from '../database/place-postgres.ts';
import type { LogSpan } from './backup-file.ts';
import { createSealedFile, readSealedFile, SealedFileUnusable } from './sealed-file.ts';

const deflate = promisify(gzip);
const inflate = promisify(gunzip);
const ending = '.sealed';
const logFile = /^[0-9A-F]{24}$/;
const anyLogFile = /^[0-9A-F]{8}(\.history|[0-9A-F]{16}(\.[0-9A-F]{8}\.backup|\.partial)?)$/;

/**
 * Moves what the database has laid into the spool into the archive, each file sealed under a key of its own. A file leaves
 * the spool only when its sealed copy is on disk, so a cut between the two repeats it and loses nothing. Answers how many.
 */
export async function archiveSpooledLog(input: {
  spool: string;
  archive: string;
  provider: KeyProvider;
  suite: SuiteId;
}): Promise<number> {
  const waiting = (await readdir(input.spool)).filter((name) => anyLogFile.test(name)).sort();
  await mkdir(input.archive, { recursive: true, mode: 0o700 });
  for (const name of waiting) {
    const content = await readFile(join(input.spool, name));
    const sealed = await createSealedFile({
      path: join(input.archive, name + ending),
      provider: input.provider,
      suite: input.suite,
      about: { what: 'log', name },
    });
    await sealed.write('w', await deflate(content, { level: 1 }));
    await sealed.finish();
    await rm(join(input.spool, name));
  }
  return waiting.length;
}

/** Age in seconds of the oldest file of the log that is not in the archive yet; 0 when none waits. */
export async function oldestWaitingSeconds(spool: string, now: Date): Promise<number> {
  let oldest = now.getTime();
  for (const name of await readdir(spool).catch(() => [])) {
    const found = await stat(join(spool, name)).catch(() => undefined);
    if (found) oldest = Math.min(oldest, found.mtimeMs);
  }
  return Math.max(0, (now.getTime() - oldest) / 1000);
}

/**
 * Opens an archive into a folder the database reads from, from the files of the log a backup holds itself. Refuses an archive with a
 * gap: PostgreSQL would stop at it without a word and come up with less than there was.
 */
export async function openLogArchive(input: {
  archive: string;
  into: string;
  log: LogSpan;
  provider: KeyProvider;
  runAs: RunAs | undefined;
}): Promise<number> {
  const names = (await readdir(input.archive))
    .filter((name) => name.endsWith(ending) && anyLogFile.test(name.slice(0, -ending.length)))
    .map((name) => name.slice(0, -ending.length))
    .sort();
  const segments = names.filter((name) => logFile.test(name));
  const gap = gapIn([input.log.endSegment, ...segments.filter((name) => name > input.log.endSegment)]);
  if (gap)
    throw new SealedFileUnusable(
      `日志归档缺少 ${gap}，不能恢复到它之后的时间。The log archive lacks ${gap}; nothing after it can be restored.`,
    );
  await mkdir(input.into, { recursive: true, mode: 0o700 });
  if (input.runAs) await chown(input.into, input.runAs.uid, input.runAs.gid);
  const wanted = names.filter((name) => name >= input.log.startSegment || name.endsWith('.history'));
  for (const name of wanted) {
    const pieces: Buffer[] = [];
    for await (const part of readSealedFile(join(input.archive, name + ending), input.provider))
      pieces.push(await inflate(part.bytes));
    const path = join(input.into, name);
    const file = await open(path, 'w', 0o600);
    await file.write(Buffer.concat(pieces));
    await file.close();
    if (input.runAs) await chown(path, input.runAs.uid, input.runAs.gid);
  }
  return wanted.length;
}

/** The first segment missing between neighbours of one timeline; 256 segments of 16 MB make the high part one more. */
function gapIn(segments: readonly string[]): string | undefined {
  for (const [at, name] of segments.entries()) {
    const next = segments[at + 1];
    if (next === undefined || next.slice(0, 8) !== name.slice(0, 8)) continue;
    const following = segmentAfter(name);
    if (next !== following) return following;
  }
  return undefined;
}

function segmentAfter(name: string): string {
  const low = Number.parseInt(name.slice(16), 16) + 1;
  const high = Number.parseInt(name.slice(8, 16), 16) + (low > 0xff ? 1 : 0);
  const hex = (value: number) => value.toString(16).toUpperCase().padStart(8, '0');
  return name.slice(0, 8) + hex(high) + hex(low > 0xff ? 0 : low);
}
