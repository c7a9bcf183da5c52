/**
 * A thousand edits of one person's record by many at once, each from the version it last saw. `npm run rig:edits`. Every
 * acknowledged edit is a version of its own in the history; the control writes without looking and must lose some.
 */
import { uuidv7 } from 'uuidv7';
import { isRunAs } from '#test/support/arguments.ts';
import type { TestServer } from '#test/support/server.ts';
import { startTestServer } from '#test/support/server.ts';

export interface EditsResult {
  readonly acknowledged: number;
  /** Edits told that somebody was faster. */
  readonly toldStale: number;
  /** Acknowledged and not in the history. */
  readonly lost: number;
}

/** So many editors with so many acknowledged edits each. */
export async function editTogether(
  server: TestServer,
  input: { editors: number; edits: number },
): Promise<EditsResult> {
  const doctor = await server.signIn('specialist');
  const found = await server.look<{ id: string; version: number; answers: object }>(
    "select id, version, personal_information as answers from resident where status = 'active' order by id limit 1",
  );
  const [first] = found;
  if (!first) throw new Error('nobody to edit');
  const residentId = first.id;
  const path = `/api/residents/${residentId}`;
  const marks: string[] = [];
  let toldStale = 0;
  await Promise.all(
    Array.from({ length: input.editors }, async (_, editor) => {
      let known: Known = { ...first, confirmed: [] };
      for (let edit = 0; edit < input.edits; ) {
        const reason = `第${editor}位第${edit}次`;
        const reply = await doctor.call('PUT', `${path}/personal-information`, {
          operationId: uuidv7(),
          version: known.version,
          answers: known.answers,
          confirmed: known.confirmed,
          reason,
        });
        if (reply.status === 200) {
          marks.push(reason);
          edit += 1;
          known = { ...known, version: reply.body.version };
        } else if (reply.status === 409) {
          toldStale += 1;
          known = { ...known, version: reply.body.extra.version };
        } else if (reply.body.issues && known.confirmed.length === 0) {
          known = {
            ...known,
            confirmed: reply.body.issues.map(
              (one: { path: string; code: string }) => `${one.path}:${one.code}`,
            ),
          };
        } else throw new Error(`${reply.status} ${JSON.stringify(reply.body).slice(0, 400)}`);
      }
    }),
  );
  const kept = await server.look<{ reason: string }>(
    'select reason from resident_revision where resident_id = $1',
    [residentId],
  );
  const held = new Set(kept.map((row) => row.reason));
  return { acknowledged: marks.length, toldStale, lost: marks.filter((mark) => !held.has(mark)).length };
}

interface Known {
  readonly version: number;
  readonly answers: object;
  readonly confirmed: readonly string[];
}

if (isRunAs('lost-update.ts')) {
  const server = await startTestServer({ residents: 300 });
  const result = await editTogether(server, { editors: 50, edits: 20 });
  console.log(JSON.stringify(result));
  await server.stop();
  process.exit(result.lost === 0 && result.toldStale > 0 ? 0 : 1);
}
