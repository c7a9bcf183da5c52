import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { demoPassword } from '#apps/demo-county/demo-accounts.ts';

const project = fileURLToPath(new URL('..', import.meta.url));

/** What a key, a token or a password looks like when it was left somewhere. */
const secretMarks: readonly RegExp[] = [
  /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s*[A-Za-z0-9+/]{40}/,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{36}/,
  /\b(?:sk|rk)_live_[A-Za-z0-9]{20}/,
  /\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\./,
  /postgres(?:ql)?:\/\/[^\s:/'"`$]+:[^\s@'"`$]{8,}@(?!127\.0\.0\.1|localhost)/,
  /(?:root.?key|secret|passw(?:or)?d)['"]?\s*[:=]\s*['"][0-9a-f]{64}['"]/i,
];

async function filesBelow(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return found.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
}

const placesOf = async (files: readonly string[], marks: readonly RegExp[]) => {
  const found: string[] = [];
  for (const file of files) {
    if ((await stat(file)).size > 20_000_000) continue;
    const text = await readFile(file, 'latin1');
    for (const mark of marks) if (mark.test(text)) found.push(`${relative(project, file)}: ${mark}`);
  }
  return found;
};

describe('CRY-16: no key, token or password', () => {
  it('lies in the repository or in what is built for browsers', async () => {
    const folders = ['src', 'scripts', 'docs', 'bench', 'test', '.ci', 'dist'];
    const files = (await Promise.all(folders.map((name) => filesBelow(join(project, name))))).flat();
    expect(files.length).toBeGreaterThan(1000);
    expect(await placesOf(files, secretMarks)).toEqual([]);
    const shipped = files.filter((file) => /[\\/]dist[\\/](?:workbench|field)[\\/]/.test(file));
    expect(await placesOf(shipped, [new RegExp(demoPassword)])).toEqual([]);
  });

  it('would be seen', () => {
    const planted = [
      `-----BEGIN PRIVATE KEY-----\n${'A'.repeat(40)}`,
      `AKIA${'A'.repeat(16)}`,
      `ghp_${'a'.repeat(36)}`,
      `sk_live_${'a'.repeat(20)}`,
      `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.c`,
      `postgres://owner:${'p'.repeat(9)}@db.county.cn/x`,
      `rootKey: '${'ab'.repeat(32)}'`,
    ];
    expect(planted.map((text) => secretMarks.findIndex((mark) => mark.test(text)))).toEqual(
      planted.map((_, at) => at),
    );
  });
});
