import type { Transaction } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { programSequence } from '#clinical/program-sequence.ts';
import type { Definition } from '#kernel/definition.ts';
import { orgPath } from '#kernel/org-path.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { hypertensionFollowUp2017 } from '#standards/forms/hypertension-follow-up/2017.ts';
import { visitAfter } from '#test/support/sample-visit.ts';
import { startTestServer, type TestClient, type TestServer, testNow } from '#test/support/server.ts';
import { definitionOfForm, ownDefinitions } from './own-definitions.ts';
import { publishProgram } from './publish-definitions.ts';

let server: TestServer;
let doctor: TestClient;
let people: readonly { id: string }[];

beforeAll(async () => {
  server = await startTestServer();
  doctor = await server.signIn('village');
  people = await server.look(
    `select r.id from resident r join enrollment e on e.resident_id = r.id and e.program = 'hypertension'
     where r.org_path = '/999999/100/201/' and r.status = 'active' and e.enrolled_on < '2026-01-01' and e.closed_on is null
       and not exists (select 1 from form_record f where f.resident_id = r.id and f.occurred_on > '2026-11-20')
     order by r.id limit 4`,
  );
});
afterAll(() => server.stop());

const { form } = hypertensionFollowUp2017;
const others = ownDefinitions().filter((one) => one.key !== form);
const next = (engine?: number) =>
  definitionOfForm({ ...hypertensionFollowUp2017, edition: '2027', inForceFrom: '2026-11-24' }, engine);
/** Another program starts with this of the form, and serves the county beside ours. */
const started = (of: readonly Definition[], sequence: number) =>
  withScope(server.database, { countyId: '999999', path: orgPath('/999999/') }, (tx: Transaction<Tables>) =>
    publishProgram(tx, '999999', [...others, ...of], testNow, sequence),
  );
afterEach(() => server.look(`delete from definition where kind = 'form' and key = $1`, [form]));

const personAt = (at: number) => people[at]?.id ?? '';
const opened = (at: number, query = '') =>
  doctor.call('GET', `/api/residents/${personAt(at)}/follow-ups/prepare${query}`);
const listed = async () => {
  const { body } = await doctor.call('GET', `/api/forms/${form}`);
  return body.items.map((one: { edition: string }) => one.edition);
};
const saved = async (at: number, formEdition: string, answers: object) => {
  const sent = { operationId: uuidv7(), recordId: uuidv7(), residentId: personAt(at), formEdition, answers };
  const { status, body } = await doctor.call('POST', '/api/follow-ups', sent);
  return [status, body.record?.formEdition ?? JSON.stringify(body)];
};

describe('a program beside a newer one that ended an edition', () => {
  it('begins sheets on what is in force in the county; what was begun on the ended one is saved and corrected on it', async () => {
    const draft = visitAfter((await opened(0)).body.prefill);
    await started([definitionOfForm(hypertensionFollowUp2017)], programSequence);
    expect((await opened(0)).body.formEdition).toBe('2017');
    await started([next()], programSequence + 1);
    expect(await listed()).toEqual(['2027']);
    const { body: start } = await opened(1);
    expect(start.formEdition).toBe('2027');
    const visit = await doctor.call('GET', `/api/residents/${personAt(1)}/visits/prepare`);
    expect(visit.body.sheets[0].formEdition).toBe('2027');
    expect(await saved(1, '2027', visitAfter(start.prefill))).toEqual([200, '2027']);
    expect(await saved(0, '2017', draft)).toEqual([200, '2017']);
    expect((await opened(0, '?edition=2017')).body.formEdition).toBe('2017');
  });

  it.each([
    { what: 'for one that only it can read', at: 2, of: [next(99)] },
    { what: 'and has the form no more', at: 3, of: [] },
  ])('$what begins none and says why; what was begun is saved', async ({ at, of }) => {
    const draft = visitAfter((await opened(at)).body.prefill);
    await started([definitionOfForm(hypertensionFollowUp2017)], programSequence);
    await started(of, programSequence + 1);
    expect(await listed()).toEqual([]);
    const refused = await opened(at);
    expect([refused.status, refused.body.code]).toEqual([422, 'unknown-edition']);
    expect(refused.body.detail).toMatch(/“高血压患者随访服务记录表”现在不能开始填写：.*草稿都在/);
    expect(await saved(at, '2017', draft)).toEqual([200, '2017']);
  });

  it('begins on its own again once a program ends nothing of it, and whatever an older one ended', async () => {
    await started([next()], programSequence + 1);
    await started([definitionOfForm(hypertensionFollowUp2017)], programSequence + 2);
    expect(await listed()).toEqual(['2017']);
    await server.look(`delete from definition where kind = 'form' and key = $1`, [form]);
    await started([definitionOfForm(hypertensionFollowUp2017)], programSequence - 1);
    await started([], programSequence - 1);
    expect(await listed()).toEqual(['2017']);
    expect((await opened(1)).body.formEdition).toBe('2017');
  });
});
