import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { afterAll, describe, expect, it } from 'vitest';
import { freePort } from '#platform/server/database/embedded-postgres.ts';
import { runStart, startProduct } from '#test/support/product.ts';

/** A disk of its own, of a size we choose; only root may mount one. */
const disk = mkdtempSync(join(tmpdir(), 'quancheng-disk-'));
const mount = (...args: string[]) => spawnSync('mount', args, { encoding: 'utf8' });
const mounted = mount('-t', 'tmpfs', '-o', 'size=32k,mode=755', 'tmpfs', disk);
const canMount = mounted.status === 0;
const resize = (size: string) => mount('-o', `remount,size=${size}`, disk);
afterAll(async () => {
  if (canMount) spawnSync('umount', ['-l', disk]);
  await rm(disk, { recursive: true, force: true });
});

async function startThatFails(residents: number) {
  const run = runStart({
    PORT: String(await freePort()),
    QUANCHENG_DATA: join(disk, 'data'),
    QUANCHENG_DEMO_RESIDENTS: String(residents),
  });
  return { code: await run.ended, said: run.said() };
}

describe.skipIf(!canMount)(
  `a full disk${canMount ? '' : ` (skipped, a small disk cannot be mounted here: ${mounted.stderr})`}`,
  () => {
    it('says so in one sentence wherever the space ends, and starts once there is some', async () => {
      await writeFile(join(disk, 'ballast'), Buffer.alloc(40_000)).catch(() => undefined);
      const ends = [await startThatFails(3000)];
      await rm(join(disk, 'ballast'));
      // The database's own files, the people, and the database's log of them, each in turn do not fit.
      for (const size of ['30m', '75m', '110m']) {
        resize(size);
        ends.push(await startThatFails(20_000));
      }
      for (const { code, said } of ends) {
        expect(code, said).toBe(1);
        expect(said).toMatch(/磁盘已满.*The disk is full/);
        expect(said).not.toMatch(/\bat .*\.js:\d+|Error:/);
      }
      resize('1g');
      const product = await startProduct({ residents: 3000, dataFolder: join(disk, 'data') });
      expect(await product.end('SIGINT')).toBe(0);
    }, 240_000);

    it('refuses a save by name while running, and keeps every acknowledged one', async () => {
      let product = await startProduct({ residents: 3000, dataFolder: join(disk, 'data') });
      const signIn = async () => {
        const reply = await fetch(`${product.url}/api/session`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ username: 'village', password: 'Quancheng-2026' }),
        });
        return (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
      };
      const call = async (cookie: string, path: string, body?: unknown) => {
        const reply = await fetch(product.url + path, {
          method: body ? 'POST' : 'GET',
          headers: { cookie, ...(body ? { 'content-type': 'application/json' } : {}) },
          ...(body ? { body: JSON.stringify(body) } : {}),
        });
        return { status: reply.status, body: await reply.json() };
      };
      const cookie = await signIn();
      let task = (await call(cookie, '/api/worklist?limit=1')).body.items[0] as { id: string };
      // What is left of the disk is filled to the brim.
      spawnSync('dd', ['if=/dev/zero', `of=${join(disk, 'ballast')}`, 'bs=64k']);
      spawnSync('dd', ['if=/dev/zero', `of=${join(disk, 'crumbs')}`, 'bs=512']);
      const close = (note: string) =>
        call(cookie, `/api/tasks/${task.id}/close`, {
          operationId: uuidv7(),
          reason: 'replanned',
          note,
          nextDueOn: new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10),
        });
      let refusal: Awaited<ReturnType<typeof close>> | undefined;
      for (let round = 0; round < 2000 && !refusal; round++) {
        const reply = await close('长'.repeat(60));
        if (reply.status === 200) task = reply.body.nextTask;
        else refusal = reply;
      }
      expect(refusal).toMatchObject({ status: 503, body: { code: 'storage-unavailable' } });
      await product.end('SIGTERM');
      await rm(join(disk, 'ballast'));
      await rm(join(disk, 'crumbs'));
      product = await startProduct({ residents: 3000, dataFolder: join(disk, 'data') });
      const again = await call(await signIn(), `/api/tasks/${task.id}/close`, {
        operationId: uuidv7(),
        reason: 'replanned',
        note: '磁盘腾空以后',
        nextDueOn: new Date(Date.now() + 4 * 86_400_000).toISOString().slice(0, 10),
      });
      // The task of the last acknowledged save is there, open, and can be worked on.
      expect(again.status).toBe(200);
      expect(await product.end('SIGINT')).toBe(0);
    }, 240_000);
  },
);
