/**
 * Kills the browser with SIGKILL at most 50 ms after the phone said "已保存", again and again, and counts what was said and
 * is not there when it starts again; at the end everything is sent and must lie on the server once. After every other kill
 * the browser's log ends in the middle of a record, as when the power goes during another write.
 * `npm run rig:kill-browser -- --kills 200`. The control says so before the disk has it, and must
 * report losses: a rig that cannot fail proves nothing.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasArgument, numberArgument } from '#test/support/arguments.ts';
import { cutLastWrite, launchKeptBrowser } from '#test/support/browser.ts';
import { bundlePhone, type InPage, openPhonePage } from '#test/support/phone-page.ts';
import { startTestServer } from '#test/support/server.ts';

declare const phone: InPage['phone'];
const kills = numberArgument('kills', 200);
const isControl = hasArgument('control');
const pin = '135790';

const began = Date.now();
const [server, script] = await Promise.all([startTestServer({ residents: 600 }), bundlePhone()]);
const folder = await mkdtemp(join(tmpdir(), 'quancheng-kill-'));
let one = await launchKeptBrowser(folder);
let page = await openPhonePage(one.context, server.url, script);
await page.evaluate((code) => phone.begin('village', code), pin);
await page.evaluate(() => phone.sync());

let lost = 0;
let late = 0;
let said = 0;
const delays: number[] = [];
for (let n = 0; n < kills; n++) {
  await one.context.setOffline(true);
  if (isControl) await page.evaluate(() => phone.saySavedEarly());
  const kill = await one.aim();
  const saved = await page.evaluate(async (text) => {
    const [id = ''] = phone.ids(1);
    return phone.edit(id, text);
  }, `杀${n}`);
  const killed = kill();
  await killed.ended;
  const delay = killed.at - saved.at;
  if (saved.kind !== 'saved') throw new Error(`not saved: ${JSON.stringify(saved)}`);
  said += 1;
  delays.push(delay);
  if (delay > 50) late += 1;
  if (n % 2 === 0) await cutLastWrite(folder);
  one = await launchKeptBrowser(folder);
  page = await openPhonePage(one.context, server.url, script);
  const opened = await page.evaluate((code) => phone.unlock(code), pin);
  if (opened !== 'unlocked') {
    const stores = await page.evaluate(() => indexedDB.databases());
    throw new Error(
      `after kill ${n + 1} the phone answers ${opened}: ${JSON.stringify(stores)} in ${folder}`,
    );
  }
  const { pending } = await page.evaluate(() => phone.state());
  if (pending !== said - lost) {
    console.log(`kill ${n + 1}, ${delay} ms after: ${pending} of ${said - lost} are there`);
    lost = said - pending;
  }
}
await page.evaluate(() => phone.signIn('village'));
const ended = await page.evaluate(() => phone.sync());
const left = ended.pending;
if (left > 0) console.log(`ended ${JSON.stringify(ended)}`);
const [sent] = await server.look<{ once: string; more: string }>(
  `select count(*) filter (where n = 1) as once, count(*) filter (where n > 1) as more
   from (select count(*) as n from operation where kind = 'field.person.edit' group by id) t`,
);
delays.sort((a, b) => a - b);
console.log(
  `${kills} kills, ${late} later than 50 ms (median ${delays[kills >> 1]}, longest ${delays.at(-1)} ms), ${lost} of ${said} lost, ` +
    `${left} left unsent, ${sent?.once} on the server once, ${sent?.more} more than once, ${Math.round((Date.now() - began) / 1000)} s, ${cpus().length} cores`,
);
await one.context.close();
await server.stop();
await rm(folder, { recursive: true, force: true });
const isWrong = lost > 0 || late > 0 || Number(sent?.once) !== said || Number(sent?.more) > 0;
if (isControl ? lost === 0 : isWrong) process.exitCode = 1;
