import { createHash, createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordForms } from '#capabilities/records/domain/record-forms.ts';
import { fieldsOf } from '#kernel/form-shape.ts';
import { fieldSeals, isSealed, sealMark, unopened } from '#platform/server/crypto/field-seals.ts';
import { fileKeyProvider } from '#platform/server/crypto/key-provider.ts';
import { rotateKey } from '#platform/server/crypto/key-ring.ts';
import { allFormEditions } from '#standards/forms/all-forms.ts';
import { institutionAnswers } from '#standards/privacy/identity-answers.ts';
import { sealedAnswers } from '#standards/privacy/sealed-answers.ts';
import { fillSheet } from '#test/support/fill-sheet.ts';
import { findPlain } from '#test/support/find-plain.ts';
import { freshIdNo, samplePerson } from '#test/support/sample-person.ts';
import {
  openTestKeys,
  startTestServer,
  type TestClient,
  type TestServer,
  testNow,
} from '#test/support/server.ts';
import { unsealCounty } from '#test/support/unseal-county.ts';
import { resealOneBatch, sealStoredFields } from './seal-stored-fields.ts';
import { storedFields } from './stored-fields.ts';

let server: TestServer;
let doctor: TestClient;
let township: TestClient;
let admin: TestClient;
beforeAll(async () => {
  server = await startTestServer({ residents: 600 });
  [doctor, township, admin] = (await Promise.all(
    ['village', 'township', 'admin'].map((name) => server.signIn(name)),
  )) as [TestClient, TestClient, TestClient];
});
afterAll(() => server.stop());

const newIdNo = () => freshIdNo('1960-03-07', '2');
/** A disability card is numbered by the identity number, the kind and the grade. */
const cardOf = (idNo: string) => `${idNo}43`;
let made = 0;
const newPhone = () => `1380000${String(1000 + ++made)}`;
const newAddress = () => `柳林镇槐荫街${++made}弄3单元501室`;
const home = '/999999/100/201/';

async function ok(reply: Promise<{ status: number; body: unknown }>) {
  const { status, body } = await reply;
  expect(status, JSON.stringify(body)).toBe(200);
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came back.
  return body as any;
}

async function register() {
  const [idNo, phone, address] = [newIdNo(), newPhone(), newAddress()];
  const [village] = (await ok(doctor.call('GET', '/api/organizations/for-registration'))).items;
  const answers = samplePerson({
    idNo,
    phone,
    contactPhone: newPhone(),
    currentAddress: address,
    registeredAddress: newAddress(),
    disabilities: ['5'],
    disabilityCardNo: cardOf(idNo),
  });
  const residentId = uuidv7();
  const body = { operationId: uuidv7(), residentId, organizationId: village.id, answers };
  const sent = () => doctor.call('POST', '/api/residents', body);
  await ok(sent());
  await ok(sent());
  const planted = [idNo, phone, address, answers.contactPhone, answers.registeredAddress, cardOf(idNo)];
  return { residentId, answers, planted, villageId: village.id as string };
}

async function importRoster(villageId: string): Promise<string[]> {
  const [idNo, phone, address] = [newIdNo(), newPhone(), newAddress()];
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('花名册');
  sheet.addRow(['姓名', '身份证号', '电话', '住址']);
  sheet.addRow(['赵铁山', idNo, phone, address]);
  const importId = uuidv7();
  const path = `/api/roster-imports/${importId}`;
  const bytes = new Uint8Array(await book.xlsx.writeBuffer());
  await ok(doctor.call('PUT', `${path}/file?organizationId=${villageId}&fileName=a.xlsx`, bytes));
  while ((await ok(doctor.call('GET', path))).status === 'reading')
    await new Promise((resolve) => setImmediate(resolve));
  await ok(doctor.call('POST', `${path}/commit`, { operationId: uuidv7() }));
  return [idNo, phone, address];
}

/** Files every form that has something to seal in it, filled by an ordinary hand. */
async function fileForms(residentId: string): Promise<string[]> {
  const planted: string[] = [];
  for (const { form } of recordForms) {
    const edition = allFormEditions.find((one) => one.form === form);
    if (!edition) continue;
    const names = fieldsOf(edition)
      .map((field) => field.id)
      .filter((name) => sealedAnswers.has(name) && name !== 'idNo');
    if (names.length === 0) continue;
    const answers: Record<string, unknown> = { ...fillSheet(edition, 'first') };
    const mine = names.map((name) => [name, /phone/i.test(name) ? newPhone() : newAddress()] as const);
    const reply = await doctor.call('POST', `/api/residents/${residentId}/records`, {
      operationId: uuidv7(),
      recordId: uuidv7(),
      form,
      formEdition: edition.edition,
      answers: { ...answers, ...Object.fromEntries(mine) },
    });
    if (reply.status === 200) planted.push(...mine.map(([, value]) => value));
  }
  return planted;
}

async function disagreeByPhone(residentId: string, known: string): Promise<string[]> {
  const planted: string[] = [];
  for (const client of [doctor, township]) {
    const deviceId = uuidv7();
    const { userId } = await ok(
      client.call('POST', '/api/field/devices', { deviceId, name: '机', appVersion: '1', isPersisted: true }),
    );
    const to = newPhone();
    const operation = {
      operationId: uuidv7(),
      kind: 'person.edit',
      residentId,
      seq: 1,
      savedAt: testNow.toISOString(),
      body: { baseVersion: 1, changes: [{ field: 'contactPhone', from: known, to }] },
    };
    const strange = {
      ...operation,
      operationId: uuidv7(),
      seq: 2,
      kind: 'no.such',
      body: { phone: newPhone() },
    };
    await ok(
      client.call('POST', '/api/field/push', {
        deviceId,
        userId,
        appVersion: '1',
        operations: [operation, strange],
      }),
    );
    planted.push(to, strange.body.phone);
  }
  return planted;
}

describe('CRY-03: identity numbers, telephones and addresses', () => {
  const planted: string[] = [];
  let residentId = '';

  it('come in by every door and lie open nowhere in the database', async () => {
    const person = await register();
    residentId = person.residentId;
    planted.push(
      ...person.planted,
      ...(await importRoster(person.villageId)),
      ...(await fileForms(residentId)),
    );
    planted.push(...(await disagreeByPhone(residentId, person.answers.contactPhone)));
    const org = (await ok(admin.call('GET', '/api/organizations'))).items.find(
      (one: { kind: string }) => one.kind === 'township-centre',
    );
    const phone = newPhone();
    await ok(
      admin.call('POST', '/api/staff', {
        operationId: uuidv7(),
        staffId: uuidv7(),
        organizationId: org.id,
        username: 'sealed-one',
        name: '新来的',
        role: 'township-doctor',
        phone,
      }),
    );
    expect((await ok(admin.call('GET', `/api/organizations/${org.id}/staff`))).items).toContainEqual(
      expect.objectContaining({ username: 'sealed-one', phone }),
    );
    const packages = (await ok(doctor.call('GET', '/api/service-packages'))).items;
    const guardianPhone = newPhone();
    const contractId = uuidv7();
    await ok(
      doctor.call('POST', `/api/residents/${residentId}/contracts`, {
        operationId: uuidv7(),
        contractId,
        doctorId: (await ok(doctor.call('GET', '/api/session'))).staffId,
        packageIds: [packages.find((one: { code: string }) => one.code === 'basic').id],
        signedOn: '2026-11-24',
        validFrom: '2026-11-24',
        years: 1,
        signer: 'guardian',
        signerName: '王大山',
        guardianRelation: '配偶',
        guardianPhone,
        consents: true,
      }),
    );
    const examDayId = uuidv7();
    const day = { operationId: uuidv7(), examDayId, name: '体检', place: '卫生院', heldOn: '2026-11-24' };
    await ok(township.call('POST', '/api/exam-days', day));
    const lines = [person.answers.idNo];
    await ok(township.call('POST', `/api/exam-days/${examDayId}/people`, { operationId: uuidv7(), lines }));
    planted.push(phone, guardianPhone);

    expect(planted.length).toBeGreaterThan(20);
    expect(await findPlain(server, planted)).toEqual([]);
    // Of everybody else in the county neither.
    expect(await findPlain(server)).toEqual([]);
  }, 60_000);

  it('are seen by that search where they lie open', async () => {
    await server.look("update county set name = '138' || '00009999' where true");
    expect(await findPlain(server, ['13800009999'])).toHaveLength(1);
    await server.look("update county set name = '全程县'");
  });

  it('come back whole to who may see them', async () => {
    const { body } = await doctor.call('POST', `/api/residents/${residentId}/reveal`, {
      purpose: 'correction',
      fields: ['idNo', 'phone', 'currentAddress'],
    });
    const { idNo, phone, currentAddress } = body.values;
    expect(planted).toEqual(expect.arrayContaining([idNo, phone, currentAddress]));
    expect(JSON.stringify(body)).not.toContain(unopened);
  });

  it('names every field of every form that looks like one, as sealed or as open on purpose', () => {
    const alike = allFormEditions.flatMap((edition) =>
      fieldsOf(edition)
        .flatMap((field) => (field.kind === 'rows' ? [field, ...field.columns] : [field]))
        .filter(
          (field) =>
            (field.kind === 'text' && field.pattern === 'phone') ||
            /地址|住址|证件号|身份证号|残疾证号|电话$/.test(field.label),
        )
        .filter((field) => field.kind === 'text')
        .map((field) => field.id),
    );
    expect(alike.length).toBeGreaterThan(15);
    expect(alike.filter((name) => !sealedAnswers.has(name) && !institutionAnswers.has(name))).toEqual([]);
  });

  it('cannot be written unsealed by a writer that forgot', async () => {
    await expect(
      server.look("update resident set phone = '13800000000' where id = $1", [residentId]),
    ).rejects.toThrow('resident_phone_sealed');
  });
});

describe('CRY-04: a sealed value', () => {
  it('moved to another person or another column does not open; the page still does, and somebody is told', async () => {
    const [a, b] = await server.lookRaw<{ id: string; phone: string; id_no: string }>(
      `select id, phone, id_no from resident where org_path = $1 and status = 'active' order by id limit 2`,
      [home],
    );
    if (!a || !b) throw new Error('two people');
    const set = (row: typeof a, phone: string) =>
      server.lookRaw('update resident set phone = $2 where id = $1', [row.id, phone]);
    for (const foreign of [b.phone, a.id_no, `${a.phone.slice(0, -6)}AAAAA=`]) {
      await set(a, foreign);
      const reply = await doctor.call('GET', `/api/residents/${a.id}`);
      expect([reply.status, reply.body.phone]).toEqual([200, unopened]);
      expect(server.takeFaults()).toEqual(['a sealed value did not open: phone']);
    }
    await set(a, a.phone);
    expect((await doctor.call('GET', `/api/residents/${a.id}`)).body.phone).toMatch(/^199\*{4}\d{4}$/);
    expect(() => server.seals.text('resident', a.id, 'phone', unopened)).toThrow(RangeError);
  });
});

describe('CRY-07: searching', () => {
  it('finds by number however it is typed, by tails of any length from four, and nobody else', async () => {
    const people = await server.look<{ id: string; id_no: string; phone: string }>(
      `select id, id_no, phone from resident where org_path = $1 and phone is not null and id_no is not null order by id limit 40`,
      [home],
    );
    const find = async (text: string) =>
      (
        (await doctor.call('POST', '/api/residents/search', { text, limit: 50 })).body.items as {
          id: string;
        }[]
      ).map((one) => one.id);
    const wide = (text: string) =>
      text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    for (const { id, id_no: idNo, phone } of people) {
      for (const text of [idNo, idNo.toLowerCase(), wide(idNo), `${idNo.slice(0, 6)} ${idNo.slice(6)}`])
        expect(await find(text)).toEqual([id]);
      // As on a card of the first generation; it has no century and no check digit.
      if (idNo.slice(6, 8) === '19')
        expect(await find(`${idNo.slice(0, 6)}${idNo.slice(8, 17)}`)).toEqual([id]);
      expect(await find(`+86 ${phone}`)).toEqual(await find(phone));
      for (const text of [idNo.slice(-4), idNo.slice(-6), phone.slice(-4), phone.slice(-7), phone]) {
        const found = await find(text);
        expect(found).toContain(id);
        const all = await server.look<{ id: string; id_no: string; phone: string; archive_no: string }>(
          'select id, id_no, phone, archive_no from resident where id = any($1)',
          [found],
        );
        for (const one of all)
          expect([one.id_no, one.phone, one.archive_no].some((value) => value?.endsWith(text))).toBe(true);
      }
    }
  }, 60_000);

  it('uses the indexes', async () => {
    const { rows } = await pgExplain('select id from resident where county_id = $1 and identity_index = $2', [
      '999999',
      Buffer.alloc(16),
    ]);
    expect(rows).toMatch(/resident_by_identity/);
  });
});

async function pgExplain(text: string, values: unknown[]): Promise<{ rows: string }> {
  const client = new pg.Client({ connectionString: server.ownerUrl });
  await client.connect();
  try {
    await client.query('set enable_seqscan = off');
    const { rows } = await client.query(`explain ${text}`, values);
    return { rows: JSON.stringify(rows) };
  } finally {
    await client.end();
  }
}

describe('CRY-08: who has the whole database and no key', () => {
  /** Unkeyed digests of a number as a thief would make them, and keyed ones with whatever lies in the database. */
  const guesses = (idNo: string, found: readonly Buffer[]) => {
    const texts = [idNo, idNo.slice(0, 17), `01|${idNo}`, `resident.identity\u0000${idNo.slice(0, 17)}`];
    return texts.flatMap((text) => [
      ...['sm3', 'sha256'].map((name) => createHash(name).update(text).digest()),
      ...found.map((key) => createHmac('sm3', key).update(text).digest()),
    ]);
  };
  const matches = (digests: ReadonlySet<string>, guessed: readonly Buffer[]) =>
    guessed.some((guess) => [16, 32].some((size) => digests.has(guess.subarray(0, size).toString('hex'))));

  it('matches nobody, even when every right number is among the guesses; unkeyed digests give everybody away', async () => {
    const people = await server.look<{ id_no: string }>(
      'select id_no from resident where id_no is not null order by id limit 200',
    );
    const stored = await server.lookRaw<Record<string, Buffer>>(
      'select id_no_index, identity_index, id_tail_index, phone_index, phone_tail_index from resident',
    );
    const wrapped = await server.lookRaw<{ wrapped: Buffer }>('select wrapped from data_key');
    const keys = wrapped.flatMap((one) => [
      one.wrapped,
      one.wrapped.subarray(-32),
      one.wrapped.subarray(0, 32),
    ]);
    const digests = new Set(
      stored.flatMap((row) => Object.values(row).map((bytes) => bytes?.toString('hex') ?? '')),
    );
    expect(people.filter((one) => matches(digests, guesses(one.id_no, keys)))).toEqual([]);
    const unkeyed = new Set(people.map((one) => createHash('sm3').update(one.id_no).digest('hex')));
    expect(people.filter((one) => matches(unkeyed, guesses(one.id_no, keys)))).toHaveLength(people.length);
  });
});

describe('CRY-10: digests', () => {
  it('are made of numbers only, never of what has few values, and the decision page says what each gives away', async () => {
    const columns = await server.lookRaw<{ column: string; about: string }>(
      `select a.attrelid::regclass || '.' || a.attname as column, col_description(a.attrelid, a.attnum) as about
       from pg_attribute a join pg_class c on c.oid = a.attrelid
       where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attname like '%\\_index' order by 1`,
    );
    expect(columns.map((one) => one.column)).toEqual([
      'resident.id_no_index',
      'resident.id_tail_index',
      'resident.identity_index',
      'resident.phone_index',
      'resident.phone_tail_index',
      'unknown_sign_in.name_index',
    ]);
    const page = await readFile(
      new URL('../../../docs/decisions/0010-sealed-fields.md', import.meta.url),
      'utf8',
    );
    for (const { column, about } of columns) {
      expect(about).not.toMatch(/性别|病种|是否/);
      if (column.startsWith('resident.')) expect(page).toContain(`\`${column.slice('resident.'.length)}\``);
    }
    expect(page).toContain('**Leaks.**');
  });
});

describe('a database of before', () => {
  it('is sealed in batches; interrupted it reads well and goes on, and loses nothing', async () => {
    const before = await everythingOpened();
    await unsealEverything();
    expect((await findPlain(server)).length).toBeGreaterThan(1000);
    const input = {
      ownerUrl: server.ownerUrl,
      countyId: '999999',
      keys: server.keys,
      now: testNow,
      batchRows: 50,
    };
    let batches = 0;
    const dying = sealStoredFields({
      ...input,
      say: () => {
        batches += 1;
        if (batches === 3) throw new Error('killed');
      },
    });
    await expect(dying).rejects.toThrow('killed');
    const halves = await server.lookRaw<{ phone: string }>(
      'select phone from resident where phone is not null',
    );
    expect(new Set(halves.map((row) => isSealed(row.phone))).size).toBe(2);
    expect(await everythingOpened()).toEqual(before);
    await sealStoredFields(input);
    expect(await findPlain(server)).toEqual([]);
    expect(await everythingOpened()).toEqual(before);
    const again: string[] = [];
    await sealStoredFields({ ...input, say: (message) => again.push(message) });
    expect(again).toEqual([]);
  }, 120_000);

  it.each([
    ['as a writer of our time writes it', '{"contactPhone":"13987654321"}'],
    ['as PostgreSQL tells it', '{"contactPhone": "13987654321"}'],
  ])('has a telephone on a sheet sealed that lies open %s', async (_, answers) => {
    const [sheet] = await server.look<{ id: string; answers: unknown }>(
      'select id, answers from form_record order by id limit 1',
    );
    await server.lookRaw('update form_record set answers = $2 where id = $1', [sheet?.id, answers]);
    await server.lookRaw("delete from sealed_table where name = 'form_record'");
    const input = { ownerUrl: server.ownerUrl, countyId: '999999', keys: server.keys, now: testNow };
    while (!(await resealOneBatch(input)));
    expect(await findPlain(server, ['13987654321'])).toEqual([]);
    const [row] = await server.lookRaw<{ answers: Record<string, string> }>(
      'select answers from form_record where id = $1',
      [sheet?.id],
    );
    expect(isSealed(row?.answers.contactPhone ?? '')).toBe(true);
    await server.look('update form_record set answers = $2 where id = $1', [
      sheet?.id,
      JSON.stringify(sheet?.answers),
    ]);
  });

  it('has the numbers of disability cards sealed that lay open until then', async () => {
    const card = cardOf(newIdNo());
    await server.lookRaw(
      `update resident set personal_information = personal_information || jsonb_build_object('disabilityCardNo', '${card}')
       where org_path = '${home}'`,
    );
    const read = 'select id, personal_information from resident order by id';
    const before = await server.look(read);
    const input = { ownerUrl: server.ownerUrl, countyId: '999999', keys: server.keys, now: testNow };
    // Until the upgrade every table counts as sealed, and nobody looks.
    expect(await resealOneBatch(input)).toBe(true);
    expect(JSON.stringify(await server.lookRaw(read))).toContain(card);
    const folder = new URL('../../platform/server/database/migrations/', import.meta.url);
    await server.lookRaw(await readFile(new URL('0038-seal-disability-cards.sql', folder), 'utf8'));
    while (!(await resealOneBatch(input)));
    expect(JSON.stringify(await server.lookRaw(read))).not.toContain(card);
    expect(await server.look(read)).toEqual(before);
  });
});

describe('CRY-12: new keys', () => {
  it('seal everything anew under another suite, batch by batch; nothing is lost, and the old key opens nothing more', async () => {
    const before = await everythingOpened();
    const old = server.keys;
    const provider = await fileKeyProvider(join(server.folder, 'root-key'), old.suite);
    const common = {
      ownerUrl: server.ownerUrl,
      countyId: '999999',
      provider,
      suite: old.suite,
      now: testNow,
    };
    const later = new Date(testNow.getTime() + 1000);
    await rotateKey({ ...common, now: later, purpose: 'field' });
    await rotateKey({ ...common, now: later, purpose: 'index' });
    const keys = await openTestKeys(server.ownerUrl, server.folder, 'sm4-ctr-hmac-sm3');
    expect(keys.current('field').id).not.toBe(old.current('field').id);
    const input = { ownerUrl: server.ownerUrl, countyId: '999999', keys, now: later, batchRows: 200 };
    await sealStoredFields(input);
    let turns = 0;
    while (!(await resealOneBatch(input))) turns += 1;
    expect(turns).toBeGreaterThan(5);
    expect(await everythingOpened(keys)).toEqual(before);
    const sheets = await server.lookRaw<{ id: string; original: Buffer }>(
      'select id, original from roster_import',
    );
    const opened = sheets.map((one) =>
      fieldSeals(keys, '999999').openBytes(one.id, 'original', one.original),
    );
    expect(opened.map((bytes) => bytes?.subarray(0, 2).toString())).toEqual(['PK']);
    expect(sheets[0]?.original.subarray(0, 3).toString()).toBe(sealMark);
    const raw = await server.lookRaw<{ id: string; phone: string }>(
      'select id, phone from resident where phone is not null',
    );
    const [withOld, withNew] = [fieldSeals(old, '999999'), fieldSeals(keys, '999999')];
    for (const { id, phone } of raw) {
      expect(withOld.open(phone, 'phone', [id])).toBeUndefined();
      expect(withNew.open(phone, 'phone', [id])).toMatch(/^\d+$/);
    }
  }, 120_000);
});

/** A row as text whatever the order of its parts, without digests. */
const sorted = (row: object) =>
  JSON.stringify(row, (name, value) => {
    if (/_index$/.test(name)) return undefined;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });

/** Every sealed column of every table, opened. */
async function everythingOpened(keys = server.keys): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  const client = server.openedClient(keys);
  await client.connect();
  try {
    for (const one of storedFields) {
      const columns = [...one.key, ...(one.also ?? []), ...(one.texts ?? []), ...(one.answers ?? [])];
      const { rows } = await client.query(
        `select ${[...columns, ...(one.wholes ?? [])].join(', ')} from ${one.table} order by ${one.key.join(', ')}`,
      );
      all[one.table] = rows.map(sorted);
    }
  } finally {
    await client.end();
  }
  expect(JSON.stringify(all)).not.toContain(unopened);
  return all;
}

/** Puts the database back to how it was before anything was sealed. */
async function unsealEverything(): Promise<void> {
  const opened = server.openedClient(server.keys);
  const raw = new pg.Client({ connectionString: server.ownerUrl });
  await Promise.all([opened.connect(), raw.connect()]);
  try {
    await unsealCounty({ opened, raw, seals: server.seals });
  } finally {
    await Promise.all([opened.end(), raw.end()]);
  }
}
