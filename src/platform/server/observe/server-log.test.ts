import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openServerLog } from './server-log.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quancheng-log-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('AUD-12 the log', () => {
  it('stays one event a line, whatever stands in its fields', async () => {
    const log = await openServerLog({ folder, clock: () => new Date('2026-11-24T02:00:00Z') });
    const texts = [
      'a\r\nb',
      'a\nb',
      '\u001b[31mred',
      '\u2028\u2029',
      '"}\n{"level":60,"msg":"forged"}',
      '\u0000',
      '\ud800',
      'x'.repeat(1_000_000),
      '\u0085\u000b\u000c',
    ];
    for (const text of texts) {
      log.info({ field: text, [text.slice(0, 20)]: 1 }, text);
      log.error({ err: { name: text, code: text } }, text);
    }
    log.close();
    const [name] = await readdir(folder);
    const written = await readFile(join(folder, name ?? ''), 'utf8');
    const lines = written.split('\n').slice(0, -1);
    expect(lines).toHaveLength(texts.length * 2);
    for (const [index, line] of lines.entries()) {
      const event = JSON.parse(line) as { msg: string; level: number };
      expect(event.level).toBe(index % 2 === 0 ? 30 : 50);
      if (!texts[Math.floor(index / 2)]?.includes('\ud800'))
        expect(event.msg).toBe(texts[Math.floor(index / 2)]);
      expect([...line].some((one) => one < ' ')).toBe(false);
    }
  });
});
