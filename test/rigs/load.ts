/**
 * So many staff at work at once for some minutes, each thinking between acts; then ten times as much as that; then quiet
 * again. `npm run rig:load -- --staff 600 --minutes 10`. Arrivals do not wait for answers (an open load), so that a queue
 * shows. Client, server and database share the cores. Every acknowledged visit is looked for afterwards.
 */
import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { numberArgument } from '#test/support/arguments.ts';
import { ownerOf } from '#test/support/fingerprint.ts';
import { removeProduct, startProduct } from '#test/support/product.ts';
import { answers } from '../../bench/bare-visit.ts';

const staffCount = numberArgument('staff', 600);
const minutes = numberArgument('minutes', 10);
const overloadSeconds = numberArgument('overload', 60);
const residents = numberArgument('residents', 100_000);
/** Mean seconds between two acts of one person: reading, talking, measuring, typing. */
const thinkSeconds = 6;

const product = await startProduct({ residents });
const owner = await ownerOf(product.dataFolder);
const serverPid = Number((await readFile(join(product.dataFolder, 'running.lock'), 'utf8')).split(' ')[0]);
const agent = new Agent({ keepAlive: true, maxSockets: 4000 });

interface Person {
  readonly cookie: string;
  readonly residents: readonly string[];
}

/** Staff who see patients, each with a session of their own and the patients of their place. */
async function openSessions(): Promise<Person[]> {
  const { rows } = await owner.query<{ county_id: string; id: string; scope: string }>(
    `select s.county_id, s.id, o.scope_path as scope from staff s join organization o on o.county_id = s.county_id and o.id = s.organization_id
     where s.role in ('village-doctor', 'township-doctor', 'township-public-health-doctor', 'county-specialist') and not s.must_change_password`,
  );
  const people: Person[] = [];
  for (let i = 0; i < staffCount; i++) {
    const staff = rows[i % rows.length];
    if (!staff) throw new Error('no staff');
    const token = randomBytes(32).toString('base64url');
    await owner.query(
      `insert into session (county_id, token_hash, staff_id, created_at, last_seen_at, expires_at, second_factor_at)
       values ($1, $2, $3, now(), now(), now() + interval '20 hours', now())`,
      [staff.county_id, createHash('sha256').update(token).digest(), staff.id],
    );
    const found = await owner.query<{ id: string }>(
      `select e.resident_id as id from enrollment e join resident r on r.county_id = e.county_id and r.id = e.resident_id
       where e.org_path >= $1 and e.org_path < $1 || '~' and e.program = 'hypertension' and e.closed_on is null
         and r.status = 'active' and e.enrolled_on < current_date - 30 order by md5(e.id::text || $2) limit 60`,
      [staff.scope, String(i)],
    );
    if (found.rows.length > 0)
      people.push({ cookie: `quancheng_session=${token}`, residents: found.rows.map((row) => row.id) });
  }
  return people;
}

interface Outcome {
  readonly kind: string;
  readonly status: number;
  readonly ms: number;
  readonly at: number;
  readonly retryAfter: boolean;
}
const acknowledged: string[] = [];

function send(kind: string, cookie: string, method: string, path: string, body?: object): Promise<Outcome> {
  const from = performance.now();
  const text = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve) => {
    const done = (status: number, retryAfter: boolean) =>
      resolve({ kind, status, ms: performance.now() - from, at: from, retryAfter });
    const sent = request(
      product.url + path,
      {
        agent,
        method,
        headers: {
          cookie,
          ...(text === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
        },
      },
      (reply) => {
        reply.resume();
        reply.on('end', () => done(reply.statusCode ?? 0, reply.headers['retry-after'] !== undefined));
        reply.on('error', () => done(0, false));
      },
    );
    sent.on('error', () => done(0, false));
    sent.end(text);
  });
}

/** One act of a working day, in the shares they come in. */
async function act(person: Person): Promise<Outcome> {
  const resident = person.residents[Math.floor(Math.random() * person.residents.length)] ?? '';
  const draw = Math.random();
  const { cookie } = person;
  if (draw < 0.3) return send('worklist', cookie, 'GET', '/api/worklist?limit=30');
  if (draw < 0.58) return send('open a patient', cookie, 'GET', `/api/residents/${resident}`);
  if (draw < 0.73)
    return send('open the sheet', cookie, 'GET', `/api/residents/${resident}/follow-ups/prepare`);
  if (draw < 0.8) return send('search', cookie, 'POST', '/api/residents/search', { text: '王' });
  if (draw < 0.82) return send('county page', cookie, 'GET', '/api/indicators/hypertension');
  const recordId = uuidv7();
  const outcome = await send('record a visit', cookie, 'POST', '/api/follow-ups', {
    operationId: uuidv7(),
    recordId,
    residentId: resident,
    formEdition: '2017',
    answers: answers(),
    confirmed: ['visitDate:same-day'],
  });
  if (outcome.status === 200) acknowledged.push(recordId);
  return outcome;
}

/** Arrivals at that rate for so long; answers are waited for only at the end. */
async function arrive(people: readonly Person[], perSecond: number, seconds: number): Promise<Outcome[]> {
  const waiting: Promise<Outcome>[] = [];
  const from = performance.now();
  for (let sent = 0; performance.now() - from < seconds * 1000; ) {
    const wanted = ((performance.now() - from) / 1000) * perSecond;
    for (; sent < wanted; sent++) waiting.push(act(people[sent % people.length] as Person));
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
  return Promise.all(waiting);
}

const shareOf = (times: number[], share: number) =>
  times.sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;

function summarise(title: string, outcomes: readonly Outcome[], seconds: number): void {
  const good = outcomes.filter((one) => one.status === 200);
  const shed = outcomes.filter((one) => one.status === 503);
  const refused = outcomes.filter((one) => one.status >= 400 && one.status < 500);
  const broken = outcomes.length - good.length - shed.length - refused.length;
  console.log(
    `${title}: ${(outcomes.length / seconds).toFixed(0)} a second came, ${(good.length / seconds).toFixed(0)} done, ` +
      `${shed.length} told to come back (${shed.filter((one) => one.retryAfter).length} with a time), ` +
      `${refused.length} refused by rule, ${broken} broken`,
  );
  for (const kind of [...new Set(outcomes.map((one) => one.kind))].sort()) {
    const times = good.filter((one) => one.kind === kind).map((one) => one.ms);
    const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => shareOf(times, share).toFixed(0));
    console.log(
      `  ${kind.padEnd(16)} ${String(times.length).padStart(7)} done  p50 ${p50}  p95 ${p95}  p99 ${p99} ms`,
    );
  }
}

async function memoryMb(): Promise<number> {
  const status = await readFile(`/proc/${serverPid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

const people = await openSessions();
console.log(
  `${cpus().length} cores, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}; ${residents} residents, ${people.length} staff, an act every ${thinkSeconds} s each`,
);
const rate = people.length / thinkSeconds;
await arrive(people, rate / 2, 10);
const memory = [await memoryMb()];
const watch = setInterval(() => void memoryMb().then((mb) => memory.push(mb)), 5000);
const steady = await arrive(people, rate, minutes * 60);
summarise(`${minutes} minutes`, steady, minutes * 60);
const usual = shareOf(
  steady.filter((one) => one.status === 200).map((one) => one.ms),
  0.95,
);
const flood = await arrive(people, rate * 10, overloadSeconds);
summarise(`ten times as much for ${overloadSeconds} s`, flood, overloadSeconds);
const calm = await arrive(people, rate, 30);
clearInterval(watch);
summarise('after it', calm, 30);
const start = calm[0]?.at ?? 0;
const recovered = Array.from({ length: 30 }, (_, second) => second).find((second) => {
  const from = start + second * 1000;
  const rest = calm.filter((one) => one.at >= from);
  return (
    rest.every((one) => one.status !== 503 && one.status !== 0) &&
    shareOf(
      rest.map((one) => one.ms),
      0.95,
    ) < Math.max(100, usual * 3)
  );
});
console.log(
  `as usual again after ${recovered ?? '> 30'} s; memory of the server ${memory[0]} → ${Math.max(...memory)} → ${memory.at(-1)} MB`,
);
const { rows: held } = await owner.query<{ count: string }>(
  'select count(*) as count from form_record where id = any($1::uuid[])',
  [acknowledged],
);
const lost = acknowledged.length - Number(held[0]?.count);
console.log(`${acknowledged.length} visits acknowledged, ${lost} of them lost`);
const broken = [...steady, ...flood, ...calm].filter(
  (one) => one.status === 0 || (one.status >= 500 && one.status !== 503),
);
const errors = steady.filter((one) => one.status !== 200);
for (const one of errors.slice(0, 5)) console.log(one);
console.log(`errors in the steady time ${errors.length}, broken answers ${broken.length}`);
await owner.end();
await removeProduct(product);
process.exit(lost === 0 && errors.length === 0 && broken.length === 0 && (recovered ?? 99) <= 10 ? 0 : 1);
