import { uuidv7 } from 'uuidv7';
import type { TestClient, TestReply, TestServer } from '#test/support/server.ts';
import type { Life, Program, Status } from './life-model.ts';

/** What the steps act on, and what they met. */
export interface LifeWorld {
  readonly server: TestServer;
  readonly centre: TestClient;
  readonly second: TestClient;
  readonly villages: readonly { id: string; path: string }[];
  readonly people: string[];
  readonly counts: Record<string, number>;
}

/** Opens what sequences share. */
export async function openLifeWorld(server: TestServer): Promise<LifeWorld> {
  const [centre, second] = (await Promise.all(['township', 'ph001'].map((name) => server.signIn(name)))) as [
    TestClient,
    TestClient,
  ];
  const villages = await server.look<{ id: string; path: string }>(
    `select id, path from organization where path like '/999999/100/%' and kind = 'village-clinic' order by path limit 2`,
  );
  return { server, centre, second, villages, people: [], counts: {} };
}

export const post = (client: TestClient, path: string, body: object) =>
  client.call('POST', path, { operationId: uuidv7(), ...body });

/** Saves and, when only doubts stand against it, confirms them, as a doctor would. */
export async function postConfirming(client: TestClient, path: string, body: object): Promise<TestReply> {
  const first = await post(client, path, body);
  if (first.body.code !== 'needs-confirmation') return first;
  const confirmed = first.body.issues.map((one: { path: string; code: string }) => `${one.path}:${one.code}`);
  return post(client, path, { ...body, confirmed });
}

/** What a screen shows before the step; read past the server, which limits how many records one person opens in an hour. */
export async function versionOf({ server }: LifeWorld, id: string): Promise<number | undefined> {
  const [row] = await server.look<{ version: number }>('select version from resident where id = $1', [id]);
  return row?.version;
}

/** Reads a person's programme and sheets anew, after steps that carry them from one record to another. */
export async function readAnew({ server }: LifeWorld, life: Life): Promise<void> {
  const [row] = await server.look<{ status: Status; on: string | null }>(
    'select status, status_on::text as on from resident where id = $1',
    [life.id],
  );
  life.status = row?.status ?? 'closed';
  life.statusOn = row?.on ?? undefined;
  life.programs = await server.look<Program>(
    `select enrolled_on::text as "enrolledOn", closed_on::text as "closedOn" from enrollment
     where resident_id = $1 and program = 'hypertension' order by created_at, id`,
    [life.id],
  );
  life.visits = await server.look<{ id: string; on: string }>(
    `select id, occurred_on::text as on from form_record where resident_id = $1 and form = 'hypertension-follow-up'
       and superseded_by is null and status = 'complete' order by occurred_on, received_at`,
    [life.id],
  );
}
