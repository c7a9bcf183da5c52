import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { definitionOfForm } from '#capabilities/field-sync/server/own-definitions.ts';
import { publishDefinitions } from '#capabilities/field-sync/server/publish-definitions.ts';
import type { FormEdition, FormField } from '#kernel/form-shape.ts';
import { orgPath } from '#kernel/org-path.ts';
import { cipherSuite } from '#platform/server/crypto/cipher-suite.ts';
import { isSealed } from '#platform/server/crypto/field-seals.ts';
import { fileKeyProvider } from '#platform/server/crypto/key-provider.ts';
import { rotateKey } from '#platform/server/crypto/key-ring.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { formEdition } from '#standards/forms/all-forms.ts';
import { findPlain } from '#test/support/find-plain.ts';
import { freshIdNo } from '#test/support/sample-person.ts';
import { sampleVisit, visitAfter } from '#test/support/sample-visit.ts';
import {
  openTestKeys,
  startTestServer,
  type TestClient,
  type TestServer,
  testNow,
} from '#test/support/server.ts';
import { resealOneBatch } from './seal-stored-fields.ts';

let server: TestServer;
let doctor: TestClient;
beforeAll(async () => {
  server = await startTestServer({ residents: 600 });
  doctor = await server.signIn('village');
});
afterAll(() => server.stop());

const free = { kind: 'text', required: 'optional', maxLength: 60 } as const;
/** Questions no program was built with, each known in another way for what it asks; the last two ask for nobody. */
const asked: readonly FormField[] = [
  { ...free, id: 'landline', label: '家庭固定电话' },
  { ...free, id: 'helper', label: '帮手怎么找', privacy: 'contact-phone' },
  { ...free, id: 'card_no', label: '凭证', pattern: 'identity-number' },
  { ...free, id: 'id_no', label: '照护人身份证号' },
  { ...free, id: 'lodging', label: '现借住地址' },
  { kind: 'integer', required: 'optional', hard: {}, id: 'digits', label: '子女电话' },
  {
    kind: 'rows',
    required: 'optional',
    id: 'callers',
    label: '常联系的人',
    printedRows: 2,
    maxRows: 4,
    columns: [
      { ...free, id: 'caller', label: '称呼' },
      { ...free, id: 'reach', label: '联系电话' },
    ],
  },
  { ...free, id: 'hall', label: '办事大厅电话', privacy: 'institution' },
  { kind: 'integer', required: 'optional', hard: {}, id: 'amount', label: '数量' },
];

let made = 0;
/** Answers to them that stand nowhere else, and what of them may lie open nowhere. */
function typed() {
  const n = 1000 + ++made;
  const answers = {
    landline: `0571-8654${n}`,
    helper: `8655${n}`,
    card_no: freshIdNo('1961-04-08', '1'),
    id_no: freshIdNo('1962-04-08', '2'),
    lodging: `柳林镇槐荫街${n}弄3单元`,
    digits: 86560000 + n,
    callers: [{ caller: '邻居', reach: `8657${n}` }],
    hall: '0571-12345',
    amount: n,
  };
  const { landline, helper, card_no, id_no, lodging, digits } = answers;
  const secrets = [landline, helper, card_no, id_no, lodging, String(digits), `8657${n}`];
  return { answers, secrets };
}

/** The county's own edition of a form of the program, with the new questions at its end. */
function newer(form: string, edition: string, questions: readonly FormField[] = asked): FormEdition {
  const own = formEdition(form, edition);
  const [first, ...rest] = own?.groups ?? [];
  if (!own || !first) throw new Error(form);
  const groups = [{ ...first, fields: [...first.fields, ...questions] }, ...rest];
  return { ...own, edition: '2026', inForceFrom: '2026-11-01', groups };
}
const note = newer('encounter-note', '2017');
const visit = newer('hypertension-follow-up', '2017');

const publish = (...editions: FormEdition[]) =>
  withScope(server.database, { countyId: '999999', path: orgPath('/999999/') }, (tx) =>
    publishDefinitions(
      tx,
      '999999',
      editions.map((one) => definitionOfForm(one)),
      testNow,
    ),
  );

// biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came back.
type Whatever = any;
async function ok(reply: Promise<{ status: number; body: Whatever }>): Promise<Whatever> {
  const { status, body } = await reply;
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}

/** People of the village under hypertension management. */
const patients = (count: number) =>
  server.look<{ id: string }>(
    `select r.id from resident r join enrollment e on e.resident_id = r.id and e.program = 'hypertension'
       and e.closed_on is null
     where r.org_path = '/999999/100/201/' and r.status = 'active' and e.enrolled_on < '2026-01-01'
       and not exists (select from form_record f where f.resident_id = r.id and f.occurred_on > '2026-11-20')
     order by r.id limit $1`,
    [count],
  );

const noteAnswers = {
  name: '王大山',
  encounterDate: '2026-11-24',
  subjective: '头晕',
  objective: '血压偏高',
  assessment: '高血压',
  plan: '复查',
  doctorSign: '王守义',
};
const fileNote = (residentId: string, answers: object, more: object = {}) => {
  const recordId = uuidv7();
  const body = { operationId: uuidv7(), recordId, form: note.form, formEdition: note.edition, confirmed: [] };
  const sent = doctor.call('POST', `/api/residents/${residentId}/records`, {
    ...body,
    answers: { ...noteAnswers, ...answers },
    ...more,
  });
  return ok(sent).then(() => recordId);
};

async function saveVisit(residentId: string, answers: object, more: object = {}) {
  const { prefill } = await ok(doctor.call('GET', `/api/residents/${residentId}/follow-ups/prepare`));
  const body = { operationId: uuidv7(), recordId: uuidv7(), residentId, formEdition: visit.edition };
  const sent = { ...body, answers: visitAfter(prefill, answers as Record<string, unknown>), ...more };
  const reply = await ok(doctor.call('POST', '/api/follow-ups', sent));
  // Sent again it is answered from what was kept.
  expect(await ok(doctor.call('POST', '/api/follow-ups', sent))).toEqual(reply);
  return reply.record.recordId as string;
}

async function phoneOf(client: TestClient) {
  const deviceId = uuidv7();
  const greeting = await ok(
    client.call('POST', '/api/field/devices', { deviceId, name: '机', appVersion: '1', isPersisted: true }),
  );
  const envelope = { deviceId, userId: greeting.userId, appVersion: '1' };
  const { set } = await ok(client.call('POST', '/api/field/definitions', { ...envelope, held: [] }));
  let seq = 0;
  return {
    made: { definitions: set, engine: 1, begunOn: '2026-11-24', said: [] },
    async push(kind: string, residentId: string, body: object) {
      const operation = {
        operationId: uuidv7(),
        kind,
        residentId,
        seq: ++seq,
        savedAt: testNow.toISOString(),
        body,
      };
      const { answers } = await ok(
        client.call('POST', '/api/field/push', { ...envelope, operations: [operation] }),
      );
      return answers[0];
    },
    async person(residentId: string) {
      const page = await ok(client.call('POST', '/api/field/pull', { ...envelope, seen: '0', limit: 300 }));
      return page.documents.find((one: { id: string }) => one.id === residentId);
    },
  };
}

const rawAnswers = async (recordId: string) => {
  const [row] = await server.lookRaw<{ answers: Whatever }>('select answers from form_record where id = $1', [
    recordId,
  ]);
  return row?.answers;
};

describe('CRY-03: what a county’s own edition asks of who somebody is or where to find them', () => {
  const secrets: string[] = [];
  const next = () => {
    const one = typed();
    secrets.push(...one.secrets);
    return one.answers;
  };
  let residentId = '';
  let noteId = '';
  let last: ReturnType<typeof next>;

  it('lies sealed however it comes in: workbench, telephone, correction, refused or sent twice', async () => {
    await publish(note, visit);
    const [one, two, three] = await patients(3);
    if (!one || !two || !three) throw new Error('three people');
    residentId = one.id;
    const first = await fileNote(one.id, next());
    last = next();
    noteId = await fileNote(one.id, last, { supersedesId: first, reason: '写错了' });
    const visitId = await saveVisit(one.id, next());
    await ok(
      doctor.call('POST', `/api/follow-ups/${visitId}/corrections`, {
        operationId: uuidv7(),
        recordId: uuidv7(),
        formEdition: visit.edition,
        answers: sampleVisit(next()),
        reason: '写错了',
      }),
    );
    const phone = await phoneOf(doctor);
    const filed = await phone.push('record.file', two.id, {
      recordId: uuidv7(),
      form: note.form,
      formEdition: note.edition,
      answers: { ...noteAnswers, ...next() },
      confirmed: [],
      made: phone.made,
    });
    expect(filed.outcome, JSON.stringify(filed)).toBe('accepted');
    const sheets = (answers: object) => ({
      visitId: uuidv7(),
      confirmed: [],
      made: phone.made,
      sheets: [
        {
          program: 'hypertension',
          recordId: uuidv7(),
          formEdition: visit.edition,
          answers: sampleVisit(answers as Record<string, unknown>),
        },
      ],
    });
    const visited = await phone.push('visit.record', two.id, sheets(next()));
    expect(visited.outcome, JSON.stringify(visited)).toBe('accepted');
    expect((await phone.push('visit.record', three.id, sheets({ ...next(), dbp: 901 }))).outcome).toBe(
      'refused',
    );

    expect(secrets.length).toBeGreaterThan(40);
    expect(await findPlain(server, secrets)).toEqual([]);
    const raw = await rawAnswers(noteId);
    expect(raw).toMatchObject({ subjective: '头晕', hall: last.hall, amount: last.amount });
    expect(raw.callers[0].caller).toBe('邻居');
    expect([raw.landline, raw.id_no, raw.digits, raw.callers[0].reach].map(isSealed)).not.toContain(false);
  }, 60_000);

  it('is read again as it was typed: by the doctor, in a file, on the phone; masked where it was before', async () => {
    const read = () => ok(doctor.call('GET', `/api/records/${noteId}`));
    const masked = (await read()).answers;
    expect(masked.digits).toBe(`865****${String(last.digits).slice(-4)}`);
    expect([masked.landline, masked.lodging]).not.toContain(last.landline);
    const file = await ok(
      doctor.call('GET', `/api/records/${noteId}/export?format=json&purpose=resident-request`),
    );
    for (const one of [last.landline, last.card_no, last.id_no, last.lodging, last.callers[0]?.reach])
      expect(JSON.stringify(file)).toContain(one);
    await ok(
      doctor.call('POST', `/api/residents/${residentId}/reveal`, {
        purpose: 'correction',
        fields: ['idNo', 'phone', 'contactPhone', 'currentAddress'],
      }),
    );
    expect((await read()).answers).toMatchObject(last);
    const history = await ok(doctor.call('GET', `/api/residents/${residentId}/follow-ups?limit=20`));
    const sheet = history.items.find((one: Whatever) => one.formEdition === visit.edition);
    expect(secrets).toEqual(expect.arrayContaining([sheet.answers.landline, String(sheet.answers.digits)]));
    const start = await ok(doctor.call('GET', `/api/residents/${residentId}/follow-ups/prepare`));
    expect(secrets).toContain(start.previous.answers.lodging);
    expect(JSON.stringify(await (await phoneOf(doctor)).person(residentId))).toContain('"landline"');
    expect(server.takeFaults()).toEqual([]);
  });

  it('is sealed by a process that has not heard of the edition', async () => {
    const beside = await server.startBeside(server.keys);
    const { answers, secrets: own } = typed();
    const client = beside.clientOf(doctor.cookie);
    await ok(
      client.call('POST', `/api/residents/${residentId}/records`, {
        operationId: uuidv7(),
        recordId: uuidv7(),
        form: note.form,
        formEdition: note.edition,
        answers: { ...noteAnswers, ...answers },
        confirmed: [],
      }),
    );
    await beside.stop();
    expect(await findPlain(server, own)).toEqual([]);
  });

  it('filed before its question was known is read, and sealed by the server’s own work, by whatever name it goes', async () => {
    const strange = [
      { ...free, id: 'neighbour\'s (a.b) \\ "x"', label: '邻居电话' },
      { kind: 'integer', required: 'optional', hard: {}, id: 'late', label: '单位电话' },
    ] as const;
    const secret = ['0571-86580001', '86580002'];
    const answers = { [strange[0].id]: secret[0], late: Number(secret[1]) };
    const recordId = await fileNote(residentId, answers);
    expect(await findPlain(server, secret)).not.toEqual([]);
    const input = { ownerUrl: server.ownerUrl, countyId: '999999', keys: server.keys, now: testNow };
    const reseal = async () => {
      let batches = 0;
      while (!(await resealOneBatch({ ...input, batchRows: 50 }))) batches += 1;
      return batches;
    };
    await reseal();
    expect(await reseal()).toBe(0);
    await publish({ ...newer('consultation', '2017', strange), edition: '2026' });
    expect(await reseal()).toBeGreaterThan(0);
    expect(await findPlain(server, secret)).toEqual([]);
    expect(await reseal()).toBe(0);
    expect((await ok(doctor.call('GET', `/api/records/${recordId}`))).answers).toMatchObject(answers);
    expect(server.takeFaults()).toEqual([]);
  }, 60_000);

  it('stays sealed under the next key, also when no edition asks it any more', async () => {
    const before = await rawAnswers(noteId);
    await server.look("delete from definition where kind = 'form'");
    const later = new Date(testNow.getTime() + 1000);
    const suite = cipherSuite('aes-256-gcm');
    const provider = await fileKeyProvider(join(server.folder, 'root-key'), suite);
    const where = { ownerUrl: server.ownerUrl, countyId: '999999', now: later };
    await rotateKey({ ...where, provider, suite, purpose: 'field' });
    const keys = await openTestKeys(server.ownerUrl, server.folder);
    while (!(await resealOneBatch({ ...where, keys })));
    const after = await rawAnswers(noteId);
    for (const name of ['landline', 'id_no', 'digits'] as const) {
      expect(isSealed(after[name]), name).toBe(true);
      expect(after[name], name).not.toBe(before[name]);
    }
    expect(await findPlain(server, secrets)).toEqual([]);
  }, 60_000);
});
