/**
 * What a phone costs: first sync, stored size, cold start, list, search and save, in real Chromium at a quarter of this
 * machine's speed and over 3G (1.6 Mbit/s, 150 ms). `npm run bench:sync -- --everybody 2000 5000 50000` gives each person
 * eight visits, `--managed` each managed one, `--examined` each managed one every examination there is; without them only
 * the demo county's patients have some. Prints a table for bench/README.md.
 */
import { cpus } from 'node:os';
import pg from 'pg';
import type { CDPSession, Page } from 'playwright-core';
import { hasArgument } from '#test/support/arguments.ts';
import { launchBrowser, phone as phoneSize } from '#test/support/browser.ts';
import { bundlePhone, type InPage, openPhonePage } from '#test/support/phone-page.ts';
import { startTestServer } from '#test/support/server.ts';

declare const phone: InPage['phone'];
const slowdown = 4;
const threeG = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };
const pin = '135790';
const everybody = hasArgument('everybody');
const managed = hasArgument('managed');
const examined = hasArgument('examined');
const sizes = process.argv
  .slice(2)
  .map(Number)
  .filter((size) => size > 0);
const script = await bundlePhone();

async function slowly(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', threeG);
  return session;
}

async function bytesReceived(session: CDPSession): Promise<() => number> {
  let bytes = 0;
  session.on('Network.loadingFinished', (event) => {
    bytes += event.encodedDataLength;
  });
  return () => bytes;
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const began = performance.now();
  const value = await work();
  return { ms: performance.now() - began, value };
}

/**
 * Eight follow-up sheets of two years for everybody managed, or for everybody, so that no healthy person makes the county
 * light.
 */
async function giveVisits(ownerUrl: string, onlyManaged: boolean): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query(
    `set app.county_id = '999999'; set app.scope_from = '/'; set app.scope_to = '0'; set app.bulk_load = 'on'`,
  );
  await owner.query(`
    insert into form_record (county_id, id, operation_id, visit_id, resident_id, organization_id, org_path, form, form_edition,
      occurred_on, mode, answers, received_at, recorded_by)
    select r.county_id, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), r.id, r.organization_id, r.org_path,
      'hypertension-follow-up', '2017', date '2026-11-20' - n * 90 - (abs(hashtext(r.id::text)) % 60), 'clinic', t.answers, now(), t.recorded_by
    from resident r cross join generate_series(0, 7) n
    cross join (select answers, recorded_by from form_record where form = 'hypertension-follow-up' limit 1) t
    where ${onlyManaged ? 'exists (select 1 from enrollment e where e.county_id = r.county_id and e.resident_id = r.id and e.closed_on is null)' : 'true'}`);
  await owner.query(`
    insert into measurement (county_id, record_id, kind, resident_id, org_path, value, unit, occurred_on)
    select f.county_id, f.id, k.kind, f.resident_id, f.org_path, k.base + abs(hashtext(f.id::text || k.kind)) % k.spread, k.unit, f.occurred_on
    from form_record f cross join (values ('sbp', 120, 50, 'mm[Hg]'), ('dbp', 70, 30, 'mm[Hg]'), ('weight', 50, 40, 'kg'),
      ('heart-rate', 60, 40, '/min')) k (kind, base, spread, unit)
    where f.form = 'hypertension-follow-up' and not exists (
      select 1 from measurement m where m.county_id = f.county_id and m.record_id = f.id)`);
  await owner.query('analyze form_record, measurement');
  await owner.end();
}

/** Every examination that is asked again and again, of everybody managed, on five days of their own in two years. */
async function giveExaminations(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query(
    `set app.county_id = '999999'; set app.scope_from = '/'; set app.scope_to = '0'; set app.bulk_load = 'on'`,
  );
  await owner.query(`
    insert into form_record (county_id, id, operation_id, visit_id, resident_id, organization_id, org_path, form, form_edition,
      occurred_on, mode, answers, received_at, recorded_by)
    select r.county_id, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), r.id, r.organization_id, r.org_path,
      'centre-readings', '2026', date '2026-11-20' - n * 140 - (abs(hashtext(r.id::text || n)) % 130), 'clinic',
      jsonb_build_object('results', (select jsonb_agg(jsonb_build_object('code', c, 'text', '无异常')) from unnest(codes) c)), now(),
      (select recorded_by from form_record limit 1)
    from resident r cross join (values (0, array['ecg','retina']), (1, array['foot','artery']), (2, array['assessments']),
      (3, array['influenza']), (4, array['spirometry'])) x (n, codes)
    where exists (select 1 from enrollment e where e.county_id = r.county_id and e.resident_id = r.id and e.closed_on is null)`);
  await owner.query(`
    insert into measurement (county_id, record_id, kind, resident_id, org_path, value, unit, occurred_on)
    select f.county_id, f.id, k.kind, f.resident_id, f.org_path, k.base + abs(hashtext(f.id::text || k.kind)) % k.spread, k.unit, f.occurred_on
    from form_record f cross join (values ('ecg', 'hba1c', 5, 5, '%'), ('ecg', 'ldl', 1, 4, 'mmol/L'), ('foot', 'creatinine', 50, 90, 'umol/L'),
      ('foot', 'potassium', 3, 3, 'mmol/L'), ('assessments', 'acr', 5, 60, 'mg/g'), ('spirometry', 'fev1-percent-predicted', 40, 60, '%'))
      k (code, kind, base, spread, unit)
    where f.form = 'centre-readings' and (f.answers->'results')::jsonb @> jsonb_build_array(jsonb_build_object('code', k.code))
      and not exists (select 1 from measurement m where m.county_id = f.county_id and m.record_id = f.id and m.kind = k.kind)`);
  await owner.query('analyze form_record, measurement');
  await owner.end();
}

async function measure(residents: number): Promise<Record<string, string | number>> {
  const server = await startTestServer({ residents });
  if (everybody || managed) await giveVisits(server.ownerUrl, !everybody);
  if (examined) await giveExaminations(server.ownerUrl);
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ viewport: phoneSize });
    const first = await openPhonePage(context, server.url, script);
    const session = await slowly(first);
    const received = await bytesReceived(session);
    await first.evaluate((code) => phone.begin('specialist', code), pin);
    const sync = await timed(() => first.evaluate(() => phone.sync()));
    const [visits] = await server.look<{ count: string }>(`select count(*) from form_record`);
    const stored = await first.evaluate(async () => (await phone.everythingStored()).bytes);
    const usage = await first.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
    await first.evaluate(() => phone.listSealed());
    await first.close();
    const page = await openPhonePage(context, server.url, script);
    await slowly(page);
    await context.setOffline(true);
    const start = await page.evaluate(async (code) => {
      const began = performance.now();
      await phone.unlock(code);
      const unlocked = performance.now() - began;
      phone.today('2026-11-24');
      const listed = performance.now() - began;
      await phone.ready();
      return { unlocked, listed, read: performance.now() - began };
    }, pin);
    const searches = await page.evaluate(() => {
      const texts = ['王', '李秀', 'wxy', 'zh', '1234', '0017', '陈', 'lj', '5678', '张伟'];
      const times: number[] = [];
      for (let n = 0; n < 100; n++) {
        const began = performance.now();
        phone.search(texts[n % texts.length] ?? '');
        times.push(performance.now() - began);
      }
      return times.sort((a, b) => a - b);
    });
    const saves = await page.evaluate(async () => {
      const times: number[] = [];
      for (const id of phone.ids(40)) times.push((await phone.edit(id, `单位${id.slice(-4)}`)).ms);
      return times.sort((a, b) => a - b);
    });
    const opens = await page.evaluate(async () => {
      const times: number[] = [];
      for (const id of phone.ids(400).slice(300, 340)) {
        const began = performance.now();
        await phone.person(id);
        times.push(performance.now() - began);
      }
      return times.sort((a, b) => a - b);
    });
    const p95 = (times: readonly number[]) => Math.round(times[Math.floor(times.length * 0.95)] ?? 0);
    const mebibytes = (bytes: number) => (bytes / 1_048_576).toFixed(1);
    return {
      people: sync.value.people,
      records: visits?.count ?? '0',
      'first sync s': (sync.ms / 1000).toFixed(1),
      'received MB': mebibytes(received()),
      'stored MB': mebibytes(stored),
      'on disk MB': mebibytes(usage),
      'PIN to store ms': Math.round(start.unlocked),
      'PIN to list ms': Math.round(start.listed),
      'PIN to all read ms': Math.round(start.read),
      'search p95 ms': p95(searches),
      'save p95 ms': p95(saves),
      'open person p95 ms': p95(opens),
    };
  } finally {
    await browser.close();
    await server.stop();
  }
}

const rows: Record<string, string | number>[] = [];
for (const size of sizes.length > 0 ? sizes : [2000, 5000, 50_000]) rows.push(await measure(size));
const titles = Object.keys(rows[0] ?? {});
console.log(`CPU ×${slowdown} slower, 3G, ${cpus().length} cores shared by server, database and browser`);
console.log(`| ${titles.join(' | ')} |\n|${titles.map(() => ' --- ').join('|')}|`);
for (const row of rows) console.log(`| ${titles.map((title) => row[title]).join(' | ')} |`);
