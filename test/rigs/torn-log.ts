/**
 * Kills the browser right after its first write of a start, each time with the log of its storage cut in the middle of a
 * record, and counts what was written and is not there at the next start. `npm run rig:torn-log -- --kills 200`. The
 * control writes as soon as the browser has told of the deletion that makes it begin a new log, and must report losses.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { hasArgument, numberArgument } from '#test/support/arguments.ts';
import { cutLastWrite, launchKeptBrowser } from '#test/support/browser.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const kills = numberArgument('kills', 200);
const isReady = hasArgument('control') ? 'beginFreshLog' : 'freshLogInUse';

const { outputFiles } = await build({
  entryPoints: [join(project, 'src/platform/browser/offline/fresh-log.ts')],
  bundle: true,
  format: 'iife',
  globalName: 'log',
  write: false,
  tsconfig: join(project, 'tsconfig.browser.json'),
});
const pageText = `<!doctype html><title>log</title><script>${outputFiles[0]?.text}</script>`;
const http = createServer((_, response) => {
  response.setHeader('content-type', 'text/html').end(pageText);
}).listen(0, '127.0.0.1');
await new Promise((resolve) => http.once('listening', resolve));
const address = `http://127.0.0.1:${(http.address() as AddressInfo).port}/`;

/** Writes one value and answers how many were there before. */
const writeOne = (key: number) => `(async () => {
  await log.${isReady}();
  const done = (request, event = 'onsuccess') => new Promise((resolve, reject) => {
    request[event] = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const opening = indexedDB.open('kept', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('values');
  const database = await done(opening);
  const before = await done(database.transaction('values').objectStore('values').count());
  const writing = database.transaction('values', 'readwrite', { durability: 'strict' });
  writing.objectStore('values').put('x'.repeat(500), ${key});
  await done(writing, 'oncomplete');
  return before;
})()`;

const folder = await mkdtemp(join(tmpdir(), 'quancheng-torn-log-'));
let [there, lost] = [0, 0];
for (let n = 0; n < kills; n++) {
  const { context, aim } = await launchKeptBrowser(folder);
  const page = await context.newPage();
  await page.goto(address);
  const kill = await aim();
  const before = (await page.evaluate(writeOne(n))) as number;
  await kill().ended;
  await cutLastWrite(folder);
  if (before < there) {
    console.log(`start ${n + 1}: ${before} of ${there} are there`);
    lost += there - before;
  }
  there = before + 1;
}
await rm(folder, { recursive: true, force: true });
http.close();
console.log(`${kills} kills, ${lost} values lost`);
process.exit(lost === 0 ? 0 : 1);
