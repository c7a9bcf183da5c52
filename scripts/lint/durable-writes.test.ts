import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const rule = fileURLToPath(new URL('durable-writes.grit', import.meta.url));
const project = fileURLToPath(new URL('../..', import.meta.url));

const planted = [
  "database.transaction('outbox', 'readwrite');",
  "database.transaction(['outbox'], 'readwrite', { durability: 'relaxed' });",
  "database.transaction('outbox', 'readwrite', options);",
  'database.transaction(stores, mode);',
];
const allowed = [
  "database.transaction('outbox');",
  "database.transaction('outbox', 'readonly');",
  "database.transaction(stores, 'readwrite', { durability: 'strict' });",
];

it('SYN-13: the lint finds every planted write that may not be on the disk, and nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'quancheng-lint-'));
  const settings = { linter: { enabled: true, rules: { preset: 'none' } }, plugins: [rule] };
  await writeFile(join(folder, 'biome.json'), JSON.stringify(settings));
  await writeFile(join(folder, 'planted.js'), [...planted, ...allowed].join('\n'));
  const biome = join(project, 'node_modules/.bin/biome');
  const said = await promisify(execFile)(biome, [
    'lint',
    '--reporter=github',
    `--config-path=${folder}`,
    folder,
  ]).catch((error) => error);
  await rm(folder, { recursive: true });
  const lines = [...String(said.stdout).matchAll(/line=(\d+),/g)].map((match) => Number(match[1]));
  expect(lines.toSorted((a, b) => a - b)).toEqual(planted.map((_, at) => at + 1));
});

it('the lint looks at everything the phone runs', async () => {
  const { overrides } = JSON.parse(await readFile(join(project, 'biome.json'), 'utf8'));
  expect(overrides).toContainEqual({ includes: ['src/**'], plugins: ['./scripts/lint/durable-writes.grit'] });
});
