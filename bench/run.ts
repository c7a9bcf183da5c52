/**
 * What the county's daily acts cost, at 1 and 8 clients, beside the same rows written by bare SQL over the same driver in
 * the same run. `npm run bench -- --residents 500000 --seconds 10`. Prints a table; bench/README.md keeps one.
 */
import { readFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { hasArgument, numberArgument, textArgument } from '#test/support/arguments.ts';
import { removeProduct, startProduct } from '#test/support/product.ts';
import { isAnswered as ask } from './ask.ts';
import { answers, writeBareVisit } from './bare-visit.ts';
import { measure, medianPerSecond, printTable, watchProcesses } from './measure.ts';

const residents = numberArgument('residents', 50_000);
const seconds = numberArgument('seconds', 8);
const loadAtStart = loadavg()[0]?.toFixed(1);

/** A data folder filled before, kept afterwards; without one a county is made for this run and removed. */
const kept = textArgument('data');

const filling = performance.now();
const product = await startProduct({ residents, ...(kept ? { dataFolder: kept } : {}) });
console.log(`start with ${residents} residents: ${((performance.now() - filling) / 1000).toFixed(1)} s`);

const lock = (await readFile(join(product.dataFolder, 'postgres/postmaster.pid'), 'utf8')).split('\n');
const held = await readFile(join(product.dataFolder, 'running.lock'), 'utf8');
watchProcesses(Number(held.split(' ')[0]), Number(lock[0]));
const secret = (name: string) => readFile(join(product.dataFolder, name), 'utf8').then((text) => text.trim());
const poolOf = async (user: string, file: string, max: number) =>
  new pg.Pool({
    connectionString: `postgres://${user}:${await secret(file)}@127.0.0.1:${lock[3]}/quancheng`,
    max,
  });
const owner = await poolOf('quancheng_owner', 'owner-password', 2);
const application = await poolOf('quancheng_app', 'application-password', 8);

async function signIn(username: string): Promise<string> {
  const reply = await fetch(`${product.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: 'Quancheng-2026' }),
  });
  return (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

const isAnswered = (cookie: string, method: string, path: string, body?: unknown) =>
  ask(product.url + path, cookie, method, body);

const [specialist, village, bureau] = [
  await signIn('specialist'),
  await signIn('village'),
  await signIn('bureau'),
];
const { rows: patients } = await owner.query<{
  resident_id: string;
  enrollment_id: string;
  org_path: string;
  organization_id: string;
  name: string;
}>(
  `select e.resident_id, e.id as enrollment_id, e.org_path, e.organization_id, r.name from enrollment e
   join resident r on r.county_id = e.county_id and r.id = e.resident_id
   where e.program = 'hypertension' and e.closed_on is null and r.status = 'active' and e.enrolled_on < current_date - 30
     and not exists (select 1 from form_record f where f.county_id = e.county_id and f.resident_id = e.resident_id
       and f.form = 'hypertension-follow-up' and f.occurred_on > current_date - 3)
   order by md5(e.id::text)`,
);
let taken = 0;
const takePatient = () => patients[taken++ % patients.length] as (typeof patients)[number];
/** Nobody may look at more different people in an hour than a day's work needs: reads go round among these. */
const opened = patients.slice(0, 150);
const openPatient = () => opened[taken++ % opened.length] as (typeof patients)[number];

const record = () =>
  isAnswered(specialist, 'POST', '/api/follow-ups', {
    operationId: uuidv7(),
    recordId: uuidv7(),
    residentId: takePatient().resident_id,
    formEdition: '2017',
    answers: answers(),
    confirmed: ['visitDate:same-day'],
  });
if (!(await record())) throw new Error('the visit that serves as sample was refused');
const bare = await writeBareVisit(owner, application);

for (const clients of [1, 8]) {
  // Three pairs, interleaved, so that a busy minute hits both.
  for (let pair = 0; pair < 3; pair++) {
    await measure('bare SQL, same rows', clients, seconds, () => bare(takePatient()));
    await measure('record a follow-up', clients, seconds, record);
  }
}
const names = [...new Set(patients.slice(0, 100).map((p) => p.name))];
const search = (cookie: string, text: string) =>
  isAnswered(cookie, 'POST', '/api/residents/search', { text });
const reads: [string, () => Promise<boolean>][] = [
  ['worklist, village', () => isAnswered(village, 'GET', '/api/worklist?limit=30')],
  ['worklist, county', () => isAnswered(bureau, 'GET', '/api/worklist?limit=30')],
  ['open a patient', () => isAnswered(specialist, 'GET', `/api/residents/${openPatient().resident_id}`)],
  [
    'open the follow-up sheet',
    () => isAnswered(specialist, 'GET', `/api/residents/${openPatient().resident_id}/follow-ups/prepare`),
  ],
  ['search by name, county', () => search(specialist, names[taken++ % names.length] ?? '王')],
  ['search by surname, county', () => search(specialist, '王')],
  ['search by initials, county', () => search(specialist, 'wjg')],
  ['search by number tail, county', () => search(specialist, String(1000 + (taken++ % 100) * 89))],
  ['search by surname, village', () => search(village, '王')],
  ['county page', () => isAnswered(bureau, 'GET', '/api/indicators/hypertension')],
];
if (!hasArgument('writes-only'))
  for (const [name, read] of reads) for (const clients of [1, 8]) await measure(name, clients, seconds, read);

const { rows: sizes } = await owner.query<{ size: string }>(
  "select pg_size_pretty(pg_database_size('quancheng')) as size",
);
const { rows: people } = await owner.query<{ count: string }>('select count(*) from resident');
const machine = `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
console.log(
  `\n${machine}, ${new Date().toISOString().slice(0, 10)}; load at the start ${loadAtStart}; ${people[0]?.count} residents, database ${sizes[0]?.size}\n`,
);
printTable();
for (const clients of [1, 8]) {
  const ratio =
    medianPerSecond('record a follow-up', clients) / medianPerSecond('bare SQL, same rows', clients);
  console.log(
    `\nrecord ÷ bare SQL at ${clients} client(s), medians of three interleaved runs: ${ratio.toFixed(2)}`,
  );
}
await owner.end();
await application.end();
if (kept) await product.end('SIGINT');
else await removeProduct(product);
