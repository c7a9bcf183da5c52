import { execFile } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type CipherSuite, cipherSuites, Unsealable } from './cipher-suite.ts';

/** Holds the root key, which never leaves it in the clear: a file, or a key service or crypto machine of the county. */
export interface KeyProvider {
  readonly name: string;
  /** Tells this root from another without telling anything of it; stands on every file sealed under it. */
  readonly rootId: string;
  /** Seals a data key for keeping in the database. */
  wrap(key: Buffer): Promise<Buffer>;
  /** Opens a wrapped data key. Throws `KeysUnavailable` when it cannot. */
  unwrap(wrapped: Buffer): Promise<Buffer>;
}

/** The root key cannot be used; protected data stays closed, and nothing falls back to plain text. */
export class KeysUnavailable extends Error {}

const place = 'data-key';

/**
 * A root key in a file that only its owner can read; made at the first start, and only then: where data was sealed before,
 * a missing file is said and not replaced.
 */
export async function fileKeyProvider(
  path: string,
  suite: CipherSuite,
  options: { mustExist?: boolean } = {},
): Promise<KeyProvider> {
  const found = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new KeysUnavailable(`密钥文件不可读（${error.code}）。The key file cannot be read.`);
  });
  if (found !== undefined && !/^[0-9a-f]{64}\s*$/.test(found))
    throw new KeysUnavailable('密钥文件已损坏，请从密钥备份恢复。The key file is damaged; restore it.');
  if (found === undefined && options.mustExist)
    throw new KeysUnavailable(
      '找不到密钥文件，数据库里的密文打不开，因此不启动。请把这个数据库的密钥文件放回 keys/root-key。The key file of this database is missing.',
    );
  const root = found === undefined ? randomBytes(32) : Buffer.from(found.trim(), 'hex');
  if (found === undefined) await writeFile(path, `${root.toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  return rootKeyProvider(root, suite);
}

/** The provider over a root key in memory. */
export function rootKeyProvider(root: Buffer, suite: CipherSuite): KeyProvider {
  return {
    name: 'file',
    rootId: createHmac('sm3', root).update('quancheng root key id').digest('hex').slice(0, 12),
    wrap: async (key) => suite.seal(root, key, place),
    async unwrap(wrapped) {
      // Whichever suite the county was set to when the key was made.
      for (const one of cipherSuites) {
        try {
          return one.open(root, wrapped, place);
        } catch (error) {
          if (!(error instanceof Unsealable)) throw error;
        }
      }
      throw new KeysUnavailable(
        '密钥文件与数据库不相配，受保护的数据打不开。请恢复这个数据库的密钥文件。The key file is not the one of this database.',
      );
    },
  };
}

/**
 * A key service or crypto machine behind a program of the county: called as `program wrap` or `program unwrap`, it reads
 * base64 on its standard input and answers base64. Ten seconds, then it counts as away.
 */
export function commandKeyProvider(program: string): KeyProvider {
  const ask = (what: 'wrap' | 'unwrap', input: Buffer) =>
    new Promise<Buffer>((resolve, reject) => {
      const child = execFile(program, [what], { timeout: 10_000, maxBuffer: 65_536 }, (error, stdout) => {
        const text = stdout.trim();
        if (error || !/^[A-Za-z0-9+/]+=*$/.test(text))
          reject(new KeysUnavailable('密钥服务没有应答。The key service does not answer.'));
        else resolve(Buffer.from(text, 'base64'));
      });
      child.stdin?.on('error', () => undefined);
      child.stdin?.end(input.toString('base64'));
    });
  return {
    name: 'command',
    rootId: `密钥服务 ${basename(program)}`,
    wrap: (key) => ask('wrap', key),
    unwrap: (wrapped) => ask('unwrap', wrapped),
  };
}
