import { randomBytes } from 'node:crypto';
import { access, constants, mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { IdentityServiceSettings } from './auth/identity-service.ts';
import { cipherSuites, type SuiteId } from './crypto/cipher-suite.ts';

/** The product cannot start as it is configured, in one sentence. */
export class CannotStart extends Error {}

export interface Config {
  readonly port: number;
  readonly dataFolder: string;
  /** An existing PostgreSQL instead of the embedded one. */
  readonly databaseUrl: string | undefined;
  /** Residents of the demo county that fills an empty database. */
  readonly demoResidents: number;
  /** A program in front of the county's key service, instead of the key file in the data folder. */
  readonly keyCommand: string | undefined;
  /** How values are sealed from now on; what was sealed otherwise stays readable. */
  readonly cipherSuite: SuiteId;
  /** Folder that keeps the database's log sealed, for a restore to any minute; none by default. */
  readonly logArchive: string | undefined;
  /** Folder of the register of erasures, which must outlive the database: on another disk, where there is one. */
  readonly erasures: string;
  /** Whoever shows this may read the server's own figures at /metrics; without it there is no such page. */
  readonly metricsToken: string | undefined;
  /** The address seen from outside is an https one: a gateway in front ends TLS. */
  readonly behindTls: boolean;
  /** The county's own sign-in service (OpenID Connect). */
  readonly identityService: IdentityServiceSettings | undefined;
}

/** Reads PORT, QUANCHENG_DATA and DATABASE_URL; refuses what cannot be meant. */
export function readConfig(env: NodeJS.ProcessEnv, projectFolder: string): Config {
  const port = Number(env.PORT ?? 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new CannotStart(
      `PORT 应为 1–65535 的整数，现在是“${env.PORT}”。PORT must be a whole number from 1 to 65535.`,
    );
  }
  const residents = Number(env.QUANCHENG_DEMO_RESIDENTS ?? 20_000);
  if (!Number.isInteger(residents) || residents < 200 || residents > 2_000_000) {
    throw new CannotStart(
      'QUANCHENG_DEMO_RESIDENTS 应为 200–2000000 的整数。QUANCHENG_DEMO_RESIDENTS must be from 200 to 2000000.',
    );
  }
  const suite = env.QUANCHENG_CIPHER || 'aes-256-gcm';
  const known = cipherSuites.find((one) => one.id === suite);
  if (!known) {
    const names = cipherSuites.map((one) => one.id).join('、');
    throw new CannotStart(
      `QUANCHENG_CIPHER 应为 ${names} 之一，现在是“${suite}”。QUANCHENG_CIPHER names no cipher suite.`,
    );
  }
  const metricsToken = env.QUANCHENG_METRICS_TOKEN || undefined;
  if (metricsToken !== undefined && metricsToken.length < 16)
    throw new CannotStart(
      'QUANCHENG_METRICS_TOKEN 至少16个字符。QUANCHENG_METRICS_TOKEN needs 16 characters at least.',
    );
  const dataFolder = resolve(
    env.QUANCHENG_DATA?.replace(/^~(?=\/)/, homedir()) ?? join(projectFolder, 'data'),
  );
  const logArchive = env.QUANCHENG_LOG_ARCHIVE ? resolve(env.QUANCHENG_LOG_ARCHIVE) : undefined;
  return {
    metricsToken,
    identityService: readIdentityService(env, port),
    behindTls: /^https:/i.test(env.QUANCHENG_PUBLIC_URL ?? ''),
    keyCommand: env.QUANCHENG_KEY_COMMAND || undefined,
    cipherSuite: known.id,
    logArchive,
    erasures: env.QUANCHENG_ERASURES
      ? resolve(env.QUANCHENG_ERASURES)
      : join(logArchive ?? dataFolder, 'erasures'),
    port,
    dataFolder,
    databaseUrl: env.DATABASE_URL || undefined,
    demoResidents: residents,
  };
}

/** All three or none: half a setting is a mistake, not a wish. */
function readIdentityService(env: NodeJS.ProcessEnv, port: number): IdentityServiceSettings | undefined {
  const { QUANCHENG_OIDC_ISSUER: issuer, QUANCHENG_OIDC_CLIENT_ID: clientId } = env;
  const clientSecret = env.QUANCHENG_OIDC_CLIENT_SECRET;
  if (!issuer && !clientId && !clientSecret) return undefined;
  if (!issuer || !clientId || !clientSecret || !URL.canParse(issuer)) {
    throw new CannotStart(
      '统一身份认证须同时设置 QUANCHENG_OIDC_ISSUER（网址）、QUANCHENG_OIDC_CLIENT_ID、QUANCHENG_OIDC_CLIENT_SECRET。The three QUANCHENG_OIDC_* settings belong together.',
    );
  }
  const publicUrl = env.QUANCHENG_PUBLIC_URL ?? `http://localhost:${port}`;
  return { name: env.QUANCHENG_OIDC_NAME ?? '县统一身份认证', issuer, clientId, clientSecret, publicUrl };
}

/** Makes the data folder and proves that it can be written. */
export async function prepareDataFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    await writeFile(join(folder, '.writable'), '');
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ENOSPC')
      throw new CannotStart(`磁盘已满，无法写入 ${folder}。The disk is full; ${folder} cannot be written.`);
    throw new CannotStart(`数据文件夹 ${folder} 不可写。The data folder ${folder} is not writable.`);
  }
}

/** A secret kept in the data folder, made at the first start and readable by its owner only. */
export async function keptSecret(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  const found = await readFile(path, 'utf8').catch(() => undefined);
  if (found?.trim()) return found.trim();
  const secret = randomBytes(24).toString('hex');
  await writeFile(path, `${secret}\n`, { mode: 0o600 });
  return secret;
}
