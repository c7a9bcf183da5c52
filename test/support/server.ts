import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { demoPassword } from '#apps/demo-county/demo-accounts.ts';
import { fillDemoCounty } from '#apps/demo-county/fill-demo-county.ts';
import { routes } from '#apps/server/routes.ts';
import { applicationConnection } from '#apps/server/start-quancheng.ts';
import { type PlainDate, plainDate } from '#kernel/plain-date.ts';
import type { IdentityService } from '#platform/server/auth/identity-service.ts';
import { type ErasureRegister, erasureRegister } from '#platform/server/backup/erasure-register.ts';
import { cipherSuite } from '#platform/server/crypto/cipher-suite.ts';
import { type FieldSeals, fieldSeals } from '#platform/server/crypto/field-seals.ts';
import { fileKeyProvider } from '#platform/server/crypto/key-provider.ts';
import { type KeyRing, openKeyRing } from '#platform/server/crypto/key-ring.ts';
import { openingClient, readJson, readText } from '#platform/server/crypto/open-rows.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#platform/server/database/embedded-postgres.ts';
import { migrate } from '#platform/server/database/migrate.ts';
import { type Database, openDatabase } from '#platform/server/database/open-database.ts';
import { createHttpServer } from '#platform/server/http/create-http-server.ts';
import type { AnyRoute } from '#platform/server/http/define-route.ts';
import { copyCounty, preparedCounties, preparedCounty } from './prepared-county.ts';
import { throwAwayFolder } from './throw-away-folder.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
/** The phone's app as it was built. */
export const builtField = join(project, 'dist/field');
const appPassword = 'test-only-application-password';

/** The day it is in tests, unless a test says otherwise: 2026-11-24, 10 in the morning in China. */
export const testNow = new Date('2026-11-24T02:00:00Z');
export const testToday: PlainDate = plainDate('2026-11-24');

export interface TestCluster {
  readonly embedded: EmbeddedPostgres;
  readonly folder: string;
  stop(): Promise<void>;
}

const startPostgres = (dataFolder: string) =>
  startEmbeddedPostgres({ dataFolder, settings: { shared_buffers: '64MB', max_wal_size: '512MB' } });

/** A real PostgreSQL of its own, on a throw-away folder, stopped and removed at the end. */
export async function startTestCluster(
  fill: (folder: string) => Promise<void> = () => Promise.resolve(),
): Promise<TestCluster> {
  const folder = await throwAwayFolder('quancheng-test-');
  await fill(folder);
  const embedded = await startPostgres(folder);
  return {
    embedded,
    folder,
    async stop() {
      await embedded.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Schema in place, nothing in it. */
export function migrateTest(ownerUrl: string): Promise<void> {
  return migrate({ ownerUrl, folder: join(project, 'src/platform/server/database/migrations'), appPassword });
}

export interface TestClient {
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<TestReply>;
  readonly cookie: string;
}

export interface TestReply {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came back.
  readonly body: any;
}

export interface TestServer {
  readonly url: string;
  readonly database: Database;
  readonly keys: KeyRing;
  /** Lies in `erasures` beside the cluster. */
  readonly erasures: ErasureRegister;
  /** Seals as the server does, for what a test writes by hand. */
  readonly seals: FieldSeals;
  readonly ownerUrl: string;
  /** Where the cluster and the root key lie. */
  readonly folder: string;
  /** A client of the owner that opens with these keys. */
  openedClient(keys: KeyRing): pg.Client;
  /** Moves the server's clock. */
  setNow(now: Date): void;
  /** Unexpected errors met so far, forgiven by asking: for a test that causes one. */
  takeFaults(): string[];
  /** What the server's clock says. */
  now(): Date;
  signIn(username: string, password?: string): Promise<TestClient>;
  anonymous: TestClient;
  /** A client that sends this cookie. */
  clientOf(cookie: string): TestClient;
  /** Rows by the owner, past every wall and opened: for looking, not for doing. */
  look<T extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<T[]>;
  /** The same as the rows lie there, sealed. */
  lookRaw<T extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<T[]>;
  /** The same county served once more with other keys, as after a restart: on an address of its own. */
  startBeside(
    keys: KeyRing,
    options?: { behindTls?: boolean; drill?: string },
  ): Promise<{ url: string; clientOf(cookie: string): TestClient; stop(): Promise<void> }>;
  stop(): Promise<void>;
}

/** The keys of a test county, the root of which lies beside its cluster. */
export async function openTestKeys(
  ownerUrl: string,
  folder: string,
  suite = 'aes-256-gcm',
): Promise<KeyRing> {
  const provider = await fileKeyProvider(join(folder, 'root-key'), cipherSuite(suite));
  return openKeyRing({ ownerUrl, countyId: '999999', provider, suite: cipherSuite(suite), now: testNow });
}

/** Lays a filled county into the folder: copied from the one this run made of that size, where it is a run of tests. */
async function layDemoCounty(folder: string, residents: number): Promise<void> {
  await layPrepared(folder, `of-${residents}`, async (into) => {
    await layPrepared(into, 'empty', makeEmptyCluster);
    await fillCounty(into, residents);
  });
}

/** What this run made once under that name is copied; a rig, which prepares nothing, makes it in its place. */
async function layPrepared(folder: string, name: string, make: (into: string) => Promise<void>) {
  const root = process.env[preparedCounties];
  if (root) await copyCounty(await preparedCounty(root, name, make), folder);
  else await make(folder);
}

/** A cluster with the schema and nobody in it. */
async function makeEmptyCluster(folder: string): Promise<void> {
  const { ownerUrl, stop } = await startPostgres(folder);
  try {
    await migrateTest(ownerUrl);
  } finally {
    await stop();
  }
}

async function fillCounty(folder: string, residents: number): Promise<void> {
  const { ownerUrl, stop } = await startPostgres(folder);
  try {
    const keys = await openTestKeys(ownerUrl, folder);
    await fillDemoCounty({ ownerUrl, countyId: '999999', residents, seed: 7, today: testToday, keys });
  } finally {
    await stop();
  }
}

/** The owner looks at rows opened, with the driver's own reading of everything that is not sealed. */
const columnTypesOfOwner = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === 25 ? readText : oid === 114 || oid === 3802 ? readJson : pg.types.getTypeParser(oid, format),
} as unknown as pg.CustomTypesConfig;

/** The whole server on a real database with a small demo county; with the built pages for a browser whose days must pass. */
export async function startTestServer(
  options: {
    residents?: number;
    identityService?: IdentityService;
    withPages?: boolean;
    /** Another build of the phone's app, as after an update. */
    fieldFolder?: string;
    moreRoutes?: readonly AnyRoute[];
    /** The way to the database leads over this port, and is waited for no longer than this. */
    through?: (port: number) => Promise<{ port: number; timeouts: { connectMs: number; answerMs: number } }>;
  } = {},
): Promise<TestServer> {
  const cluster = await startTestCluster((folder) => layDemoCounty(folder, options.residents ?? 2000));
  const { ownerUrl } = cluster.embedded;
  const keys = await openTestKeys(ownerUrl, cluster.folder);
  const erasures = erasureRegister({
    folder: join(cluster.folder, 'erasures'),
    provider: await fileKeyProvider(join(cluster.folder, 'root-key'), cipherSuite('aes-256-gcm')),
    suite: 'aes-256-gcm',
  });
  const direct = applicationConnection(ownerUrl, appPassword);
  const link = await options.through?.(direct.port);
  const database = openDatabase({
    connection: { ...direct, port: link?.port ?? direct.port },
    ...(link ? { timeouts: link.timeouts } : {}),
    maxConnections: 10,
    keys,
    countyId: '999999',
    onUnopened: (name) => void faults.push(`a sealed value did not open: ${name}`),
  });
  const seals = fieldSeals(keys, '999999');
  const owner = new pg.Pool({
    connectionString: ownerUrl,
    max: 2,
    types: columnTypesOfOwner,
    Client: openingClient(seals, () => undefined),
  });
  owner.on('error', () => undefined);
  let now = testNow;
  const faults: string[] = [];
  const log = {
    error: (details: object, message?: string) =>
      void faults.push(`${message ?? ''} ${JSON.stringify(details)}`),
    info: () => undefined,
  };
  const app = await createHttpServer(
    {
      database,
      clock: () => now,
      countyId: '999999',
      keys,
      erasures,
      identityService: options.identityService,
      log,
    },
    [...routes, ...(options.moreRoutes ?? [])],
    options.withPages
      ? { staticFolder: join(project, 'dist/workbench'), fieldFolder: options.fieldFolder ?? builtField }
      : {},
  );
  await app.listen({ port: 0, host: '127.0.0.1' });
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  const url = `http://127.0.0.1:${address.port}`;

  const clientOf = clientsAt(url);
  const anonymous = clientOf('');
  return {
    url,
    database,
    keys,
    erasures,
    seals,
    ownerUrl,
    folder: cluster.folder,
    openedClient: (ring) =>
      new (openingClient(fieldSeals(ring, '999999'), () => undefined))({
        connectionString: ownerUrl,
        types: columnTypesOfOwner,
      }),
    setNow: (next) => {
      now = next;
    },
    takeFaults: () => faults.splice(0),
    now: () => now,
    anonymous,
    clientOf,
    signIn: (username, password) => signInAt(url, username, password),
    look: async (text, values) => (await owner.query(text, values)).rows,
    lookRaw: async (text, values) => {
      const client = new pg.Client({ connectionString: ownerUrl });
      await client.connect();
      try {
        return (await client.query(text, values)).rows;
      } finally {
        await client.end();
      }
    },
    async startBeside(ring, options = {}) {
      const beside = openDatabase({
        connection: applicationConnection(ownerUrl, appPassword),
        maxConnections: 10,
        keys: ring,
        countyId: '999999',
        onUnopened: (name) => void faults.push(`a sealed value did not open: ${name}`),
        drill: options.drill,
      });
      const context = { database: beside, clock: () => now, countyId: '999999', keys: ring, erasures, log };
      const second = await createHttpServer(context, routes, options);
      await second.listen({ port: 0, host: '127.0.0.1' });
      const at = second.server.address();
      if (at === null || typeof at === 'string') throw new Error('no address');
      const besideUrl = `http://127.0.0.1:${at.port}`;
      return {
        url: besideUrl,
        clientOf: clientsAt(besideUrl),
        async stop() {
          await second.close();
          await beside.close();
        },
      };
    },
    async stop() {
      await app.close();
      await database.close();
      await owner.end();
      await cluster.stop();
      if (faults.length > 0) throw new Error(`the server met unexpected errors: ${faults.join('\n')}`);
    },
  };
}

/** Signs in at the server of that address. */
export async function signInAt(url: string, username: string, password = demoPassword): Promise<TestClient> {
  const clientOf = clientsAt(url);
  const reply = await clientOf('').call('POST', '/api/session', { username, password });
  if (reply.status !== 200) throw new Error(`sign-in of ${username}: ${reply.status}`);
  return clientOf((reply.headers.get('set-cookie') ?? '').split(';')[0] ?? '');
}

/** Clients of the server at that address. */
export const clientsAt =
  (url: string) =>
  (cookie: string): TestClient => ({
    cookie,
    async call(method, path, body, headers = {}) {
      const isRaw = body instanceof Uint8Array || typeof body === 'string';
      const response = await fetch(url + path, {
        method,
        headers: {
          ...(cookie ? { cookie } : {}),
          ...(body === undefined
            ? {}
            : {
                'content-type': body instanceof Uint8Array ? 'application/octet-stream' : 'application/json',
              }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: isRaw ? (body as string) : JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: parse(text) };
    },
  });
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
