import { existsSync } from 'node:fs';
import { chmod, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoPassword } from '#apps/demo-county/demo-accounts.ts';
import { dayInChina } from '#kernel/plain-date.ts';
import { freePort } from '#platform/server/database/embedded-postgres.ts';
import { locateCluster } from '#platform/server/database/place-postgres.ts';
import { desktop, launchBrowser } from '#test/support/browser.ts';
import { fingerprint, openedOwnerOf, ownerOf } from '#test/support/fingerprint.ts';
import { enterPin, firstSignIn, goInApp, newPhone } from '#test/support/phone.ts';
import { type RunningProduct, runStart, startProduct } from '#test/support/product.ts';
import { signInAt, type TestClient } from '#test/support/server.ts';
import { slowLink } from '#test/support/slow-link.ts';
import { Random } from '../simulation/random.ts';
import { countTaken, expectTakenOnce, RealPhone } from '../simulation/real-phone.ts';

let folder: string;
let source: string;
let product: RunningProduct;
let logArchive: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quancheng-backup-'));
  await chmod(folder, 0o755);
  source = join(folder, 'source');
  logArchive = join(folder, 'log');
  product = await startProduct({
    residents: 500,
    dataFolder: source,
    env: { QUANCHENG_LOG_ARCHIVE: logArchive },
  });
}, 120_000);
afterAll(async () => {
  await product.end('SIGINT');
  await rm(folder, { recursive: true, force: true });
});

type Settings = Readonly<Record<string, string>>;

async function command(dataFolder: string, args: readonly string[], more: Settings = {}) {
  const run = runStart({ QUANCHENG_DATA: dataFolder, PORT: String(await freePort()), ...more }, args);
  return { code: await run.ended, said: run.said() };
}

/** Restores into a folder of this name and says what came of it. */
async function restoreInto(name: string, args: readonly string[], more: Settings = {}) {
  const target = join(folder, name);
  return { target, ...(await command(target, ['--restore', ...args], more)) };
}

const rootKey = () => join(source, 'keys/root-key');

/** Text no backup may hold in the clear: identity numbers, opened. */
async function personalText(): Promise<string[]> {
  const client = await openedOwnerOf(source);
  const { rows } = await client.query<{ id: string; id_no: string }>(
    'select id, id_no from resident where id_no is not null limit 50',
  );
  await client.end();
  return rows.map((row) => row.id_no);
}

const noteAt = (client: Awaited<ReturnType<typeof ownerOf>>, text: string) =>
  client.query(
    `insert into county_setting (county_id, key, value, changed_at) values ('999999', $1, '1', now())`,
    [text],
  );

/** Somebody of the village asks for deletion and gets it. */
async function eraseOne(dataFolder: string, url: string): Promise<{ id: string; requestId: string }> {
  const client = await ownerOf(dataFolder);
  const { rows } = await client.query<{ id: string; name: string }>(
    `select r.id, r.name from resident r, staff s join organization o on o.county_id = s.county_id and o.id = s.organization_id
     where s.username = 'village' and r.org_path = o.path and r.status = 'active' and r.phone is not null order by r.id limit 1`,
  );
  await client.end();
  const [who] = rows;
  if (!who) throw new Error('nobody with a telephone');
  const requestId = uuidv7();
  const village = await signInAt(url, 'village');
  const asked = await village.call('POST', `/api/residents/${who.id}/privacy-requests`, {
    operationId: uuidv7(),
    requestId,
    kind: 'deletion',
    about: '请删除电话和联系人',
    askedBy: 'self',
    asker: who.name,
    receivedOn: dayInChina(new Date()),
  });
  expect(asked.status).toBe(200);
  const bureau = await signInAt(url, 'bureau');
  const answered = await bureau.call('POST', `/api/privacy-requests/${requestId}/answer`, {
    operationId: uuidv7(),
    decision: 'done',
    answer: '已删除联系方式',
  });
  expect(answered.status).toBe(200);
  return { id: who.id, requestId };
}

describe('a backup of a running county', () => {
  let backup: string;

  it('is one sealed file, read back whole, with nobody’s data in the clear', async () => {
    const made = await command(source, ['--back-up', join(folder, 'backups')]);
    expect(made.said).toMatch(/核对完好/);
    expect(made.code).toBe(0);
    const [name, ...others] = await readdir(join(folder, 'backups'));
    expect(others).toEqual([]);
    backup = join(folder, 'backups', name ?? '');
    const bytes = await readFile(backup);
    const numbers = await personalText();
    expect(numbers).toHaveLength(50);
    const found = numbers.filter((text) => bytes.includes(text));
    expect(found).toEqual([]);
    expect(bytes.includes((await readFile(rootKey(), 'utf8')).trim())).toBe(false);
  }, 60_000);

  it('brings nobody’s erased telephone back: what was erased since is erased again before the first request', async () => {
    const { id, requestId } = await eraseOne(source, product.url);
    const reachable = async (dataFolder: string) => {
      const client = await ownerOf(dataFolder);
      const { rows } = await client.query(
        "select 1 from resident where id = $1 and (phone is not null or personal_information ? 'phone')",
        [id],
      );
      await client.end();
      return rows.length > 0;
    };
    expect(await reachable(source)).toBe(false);
    const without = await restoreInto('unregistered', [backup, '--key', rootKey()]);
    expect([without.code, without.said]).toEqual([1, expect.stringContaining('找不到删除登记')]);
    expect(await locateCluster(without.target)).toBeUndefined();
    const register = ['--erasures', join(logArchive, 'erasures')];
    const { code, said, target } = await restoreInto('erased', [backup, '--key', rootKey(), ...register]);
    expect(said).toMatch(
      new RegExp(`恢复完成[\\s\\S]*数据库早于 1 项已办理的删除，已按删除登记重做：${requestId}`),
    );
    expect(code).toBe(0);
    const restored = await startProduct({ residents: 500, dataFolder: target });
    expect(restored.said()).not.toContain('重做');
    expect(await reachable(target)).toBe(false);
    const village = await signInAt(restored.url, 'village');
    const opened = await village.call('GET', `/api/residents/${id}`);
    expect([opened.status, opened.body.personalInformation.phone]).toEqual([200, undefined]);
    expect(await restored.end('SIGINT')).toBe(0);
    // Somebody who says that there is no register, and puts it there later, is held to it at the next start.
    const late = await restoreInto('registered-late', [backup, '--key', rootKey(), '--without-erasures']);
    expect([late.code, late.said]).toEqual([0, expect.not.stringContaining('重做：')]);
    await cp(join(logArchive, 'erasures'), join(late.target, 'erasures'), { recursive: true });
    const held = await startProduct({ residents: 500, dataFolder: late.target });
    expect(held.said()).toContain(`已按删除登记重做：${requestId}`);
    expect(await reachable(late.target)).toBe(false);
    expect(await held.end('SIGINT')).toBe(0);
  }, 180_000);

  it('is refused with one byte changed, or cut short', async () => {
    const bytes = await readFile(backup);
    const spoiled = join(folder, 'spoiled.backup');
    const check = async (content: Buffer) => {
      await writeFile(spoiled, content);
      return command(source, ['--check-backup', spoiled]);
    };
    const changed = Buffer.from(bytes);
    changed[Math.floor(bytes.length / 2)] = (changed[Math.floor(bytes.length / 2)] ?? 0) ^ 1;
    for (const content of [
      changed,
      bytes.subarray(0, bytes.length - 40),
      bytes.subarray(0, bytes.length / 2),
    ]) {
      const { code, said } = await check(content);
      expect([code, said]).toEqual([1, expect.stringContaining('已损坏、被改动或不完整')]);
    }
  }, 120_000);

  it('is refused without its key, with another, and so is what is no backup', async () => {
    const keyless = await restoreInto('keyless', [backup, '--without-erasures']);
    expect([keyless.code, keyless.said]).toEqual([1, expect.stringContaining('没有根密钥')]);
    await writeFile(join(folder, 'other-key'), `${'ab'.repeat(32)}\n`);
    const wrong = await restoreInto('wrong-key', [
      backup,
      '--key',
      join(folder, 'other-key'),
      '--without-erasures',
    ]);
    expect([wrong.code, wrong.said]).toEqual([1, expect.stringContaining('不相配')]);
    expect(await locateCluster(wrong.target)).toBeUndefined();
    const onto = await command(join(folder, 'keyless'), ['--check-backup', join(folder, 'other-key')]);
    expect(onto.said).toMatch(/不是全程的备份文件/);
  }, 120_000);

  it('goes on with the log to a minute, not past it, and twenty phones bring back what came later', async () => {
    const client = await ownerOf(source);
    const phones = await twentyPhones();
    await each(phones, async (phone, n) => {
      await phone.edit(`那时以前${n}`);
      await phone.round('calm');
    });
    await noteAt(client, 'before-the-minute');
    const at =
      (
        await client.query<{ at: string }>(
          "select to_char(clock_timestamp(), 'YYYY-MM-DD HH24:MI:SS.US') || '+08' as at",
        )
      ).rows[0]?.at ?? '';
    const wanted = await fingerprint(client);
    await noteAt(client, 'after-the-minute');
    const before = phones.flatMap((phone) => [...phone.saved.keys()]);
    await each(phones, async (phone, n) => {
      await phone.edit(`那时以后${n}`);
      if (n < visits) await phone.visit(n, dayInChina(new Date()));
      await phone.round('calm');
    });
    for (const note of ['one', 'two', 'three']) {
      await noteAt(client, note);
      await client.query('select pg_switch_wal()');
    }
    const epoch = await epochOf(client);
    const last =
      (await client.query<{ name: string }>('select pg_walfile_name(pg_current_wal_lsn() - 1) as name'))
        .rows[0]?.name ?? '';
    await untilArchived(last);
    await client.end();

    const { code, said, target } = await restoreInto('to-the-minute', [
      backup,
      '--key',
      rootKey(),
      '--log',
      logArchive,
      '--until',
      at,
    ]);
    expect(said).toMatch(/恢复完成/);
    expect(code).toBe(0);
    const restored = await startProduct({ residents: 500, dataFolder: target });
    const there = await ownerOf(target);
    const { rows } = await there.query<{ key: string }>(
      "select key from county_setting where key like '%-the-minute'",
    );
    expect(rows).toEqual([{ key: 'before-the-minute' }]);
    expect(without(await fingerprint(there), movedByStarting)).toEqual(without(wanted, movedByStarting));
    expect(await epochOf(there)).not.toEqual(epoch);
    await there.end();
    await bringBack(phones, before, restored.url, target);
    expect((await fetch(`${restored.url}/ready`)).status).toBe(200);
    expect(await restored.end('SIGINT')).toBe(0);
  }, 180_000);

  it('says so when the log has a gap or does not reach the minute', async () => {
    const torn = join(folder, 'torn');
    await cp(logArchive, torn, { recursive: true });
    const segments = (await readdir(torn)).filter((name) => /^[0-9A-F]{24}\.sealed$/.test(name)).sort();
    const past = await restoreInto('past-the-end', [
      backup,
      '--key',
      rootKey(),
      '--log',
      logArchive,
      '--until',
      '2099-01-01 00:00:00+08',
    ]);
    expect([past.code, past.said]).toEqual([1, expect.stringContaining('日志到不了')]);
    expect(await locateCluster(past.target)).toBeUndefined();
    await writeFile(join(past.target, 'restore-unfinished'), `${join(past.target, 'postgres')}\n`);
    const halfway = await command(past.target, []);
    expect([halfway.code, halfway.said]).toEqual([1, expect.stringContaining('上次恢复没有完成')]);
    await rm(join(torn, segments.at(-2) ?? ''));
    const gap = await restoreInto('over-a-gap', [backup, '--key', rootKey(), '--log', torn]);
    expect([gap.code, gap.said]).toEqual([1, expect.stringContaining('日志归档缺少')]);
  }, 120_000);

  it('comes back for a drill as a copy nobody takes for the county: marked, deaf to phones, and never the county itself', async () => {
    const settings = {
      QUANCHENG_LOG_ARCHIVE: join(folder, 'county-log'),
      QUANCHENG_ERASURES: join(folder, 'county-erasures'),
    };
    await cp(logArchive, settings.QUANCHENG_LOG_ARCHIVE, { recursive: true });
    await cp(join(logArchive, 'erasures'), settings.QUANCHENG_ERASURES, { recursive: true });
    const keptByCounty = () =>
      Promise.all(Object.values(settings).map((one) => readdir(one, { recursive: true })));
    const before = await keptByCounty();
    const { code, said, target } = await restoreInto(
      'drill',
      [backup, '--key', rootKey(), '--drill'],
      settings,
    );
    expect(said).toMatch(/恢复完成，这是演练副本[\s\S]*已按删除登记重做/);
    expect(code).toBe(0);
    const drill = await startProduct({ residents: 500, dataFolder: target, env: settings });
    expect(drill.said()).toMatch(/演练副本（.* 恢复自 quancheng-.*\.backup）：不是正式系统/);
    await eraseOne(target, drill.url);
    const client = await ownerOf(target);
    await client.query('select pg_switch_wal()');
    await client.end();

    const browser = await launchBrowser();
    await meetOnPhone(browser, drill);
    await meetAtDesk(browser, drill);
    await browser.close();
    expect(await drill.end('SIGINT')).toBe(0);
    expect(await keptByCounty()).toEqual(before);

    const emptied = await command(target, ['--empty-for-real-use'], settings);
    expect([emptied.code, emptied.said]).toEqual([1, expect.stringContaining('不能改作正式系统')]);
    await rm(join(target, 'drill.json'));
    const unmarked = await command(target, [], settings);
    expect([unmarked.code, unmarked.said]).toEqual([1, expect.stringContaining('不能作为正式系统启动')]);
    expect(await keptByCounty()).toEqual(before);
    expect(existsSync(join(target, 'drill.json'))).toBe(true);
  }, 180_000);
});

const portOf = (one: RunningProduct) => Number(new URL(one.url).port);
const bannerOn = (page: Page) => page.getByRole('complementary', { name: '演练副本' });

/** A phone of the county that is led to the drill keeps what it has, says why, and hands it in at the county. */
async function meetOnPhone(browser: Browser, drill: RunningProduct): Promise<void> {
  const gateway = await slowLink(portOf(product));
  const { page, context, errors } = await newPhone(browser, `http://127.0.0.1:${gateway.port}`);
  await firstSignIn(page, 'village');
  const address = (await page.locator('.f-line-main').first().getAttribute('href')) ?? '';
  const id = address.split('/').at(-1) ?? '';
  const attempts = async (dataFolder: string) => {
    const client = await ownerOf(dataFolder);
    const { rowCount } = await client.query('select 1 from contact_attempt where resident_id = $1', [id]);
    await client.end();
    return rowCount;
  };
  const had = await attempts(source);
  gateway.turnTo(portOf(drill));
  await goInApp(page, `/people/${id}/contact`);
  await page.getByLabel('联系日期').fill(dayInChina(new Date()));
  await page.getByLabel('联系结果').fill('家中无人');
  await page.getByRole('button', { name: '记一次联系' }).tap();
  await goInApp(page, '/sync');
  await page.getByRole('button', { name: '现在同步' }).tap();
  await page.getByText('这是演练副本，不收手机上的正式数据。').waitFor();
  await bannerOn(page).waitFor();
  await page.getByRole('link', { name: '同步状态：本机已存 1' }).waitFor();
  await page.reload();
  await enterPin(page);
  await page.getByRole('link', { name: '同步状态：本机已存 1' }).waitFor();
  await bannerOn(page).waitFor();

  gateway.turnTo(portOf(product));
  await goInApp(page, '/sync');
  await page.getByRole('button', { name: '现在同步' }).tap();
  await page.getByRole('link', { name: '同步状态：已上传' }).waitFor();
  await bannerOn(page).waitFor({ state: 'detached' });
  expect([await attempts(source), await attempts(drill.dataFolder)]).toEqual([Number(had) + 1, had]);
  expect(errors).toEqual([]);
  await context.close();
  // One that comes for the first time is told as well.
  const fresh = await newPhone(browser, drill.url);
  await bannerOn(fresh.page).waitFor();
  await fresh.page.getByLabel('用户名').fill('village');
  await fresh.page.getByLabel('口令').fill(demoPassword);
  await fresh.page.getByRole('button', { name: '登录', exact: true }).tap();
  await fresh.page.getByRole('alert').getByText('这是演练副本，不收手机上的正式数据。').waitFor();
  await fresh.context.close();
  await gateway.close();
}

/** The workbench says it before and after the sign-in, and on paper. */
async function meetAtDesk(browser: Browser, drill: RunningProduct): Promise<void> {
  const context = await browser.newContext({ viewport: desktop, locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto(drill.url);
  await bannerOn(page).waitFor();
  await page.getByLabel('用户名').fill('village');
  await page.getByLabel('口令').fill(demoPassword);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('navigation', { name: '主导航' }).waitFor();
  await bannerOn(page).getByText('恢复自 quancheng-').waitFor();
  expect(await page.title()).toMatch(/^【演练】/);
  await page.emulateMedia({ media: 'print' });
  expect(await bannerOn(page).isVisible()).toBe(true);
  await context.close();
}

/** As many of the phones also file a visit after the minute. */
const visits = 10;

const doctorsAt = async (url: string): Promise<[TestClient, TestClient]> => [
  await signInAt(url, 'township'),
  await signInAt(url, 'village'),
];

/** All phones at once, as in a county. */
const each = (phones: readonly RealPhone[], work: (phone: RealPhone, n: number) => Promise<void>) =>
  Promise.all(phones.map(work));

/** Twenty phones of two doctors, which have read everybody they may hold. */
async function twentyPhones(): Promise<RealPhone[]> {
  const [township, village] = await doctorsAt(product.url);
  const random = new Random(20);
  const phones = Array.from({ length: 20 }, (_, n) => new RealPhone(n < visits ? township : village, random));
  await each(phones, async (phone) => {
    await phone.register();
    await phone.round('calm');
  });
  return phones;
}

/** What the old server had answered after the minute is not in the restored one, until the phones notice and offer it again. */
async function bringBack(
  phones: readonly RealPhone[],
  before: readonly string[],
  url: string,
  target: string,
) {
  const opened = await openedOwnerOf(target);
  const look = async (text: string, values: unknown[]) => (await opened.query(text, values)).rows;
  const all = phones.flatMap((phone) => [...phone.saved.keys(), ...phone.filed.keys()]);
  const after = all.filter((id) => !before.includes(id));
  expect(after).toHaveLength(phones.length + visits);
  expect(await countTaken(before, look)).toBe(before.length);
  expect(await countTaken(after, look)).toBe(0);
  const [township, village] = await doctorsAt(url);
  await each(phones, async (phone, n) => {
    phone.turnTo(n < visits ? township : village);
    await phone.round('calm');
  });
  await each(phones, (phone) => phone.round('calm'));
  expect(await expectTakenOnce(phones, look)).toBe(all.length);
  await opened.end();
}

/** What a start writes by itself: sessions end, the trail is sealed. */
const movedByStarting = ['audit_seal', 'session'];

function without(sums: Record<string, string>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(sums).filter(([name]) => !names.includes(name)));
}

async function epochOf(client: Awaited<ReturnType<typeof ownerOf>>): Promise<string> {
  const { rows } = await client.query<{ epoch: string }>(
    `select (select system_identifier from pg_control_system()) || '.' || (select timeline_id from pg_control_checkpoint()) as epoch`,
  );
  return rows[0]?.epoch ?? '';
}

/** Waits until the product has put this file of the log into the archive. */
async function untilArchived(name: string): Promise<void> {
  for (let turn = 0; turn < 600; turn++) {
    if (existsSync(join(logArchive, `${name}.sealed`))) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${name} did not reach the archive`);
}
