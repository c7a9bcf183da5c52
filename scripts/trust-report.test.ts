import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const project = fileURLToPath(new URL('..', import.meta.url));
const report = readFileSync(join(project, 'docs/operations/trust-report.md'), 'utf8');
const lines = [...report.matchAll(/^\| ([A-Z]{2,3}-\d\d)\s*\| (\S+)\s*\|([^|]*)\|([^|]*)\|/gm)].map(
  ([, id = '', state = '', evidence = '', said = '']) => ({
    id,
    state,
    evidence: [...evidence.matchAll(/`([^`]+)`/g)].map(([, named = '']) => named),
    said: said.trim(),
  }),
);

describe('the trust report', () => {
  it('names every item once, in one of four states', () => {
    expect(lines.length).toBe(260);
    expect(new Set(lines.map((line) => line.id)).size).toBe(lines.length);
    expect(lines.filter((line) => !['通过', '部分', '未做', '不适用'].includes(line.state))).toEqual([]);
  });

  it('leads every claim to a test or a rig that is there', () => {
    const claims = lines.filter((line) => line.state === '通过');
    expect(claims.filter((line) => line.evidence.length === 0)).toEqual([]);
    const paths = lines.flatMap((line) => line.evidence).filter((named) => !named.startsWith('npm run '));
    expect(paths.filter((path) => !existsSync(join(project, path)))).toEqual([]);
    for (const [, path = ''] of report.matchAll(/`((?:src|test|scripts)\/[^` ]+)`/g))
      expect(existsSync(join(project, path)), path).toBe(true);
  });

  it('says why an item is only partly there, left out or not applicable', () => {
    expect(lines.filter((line) => line.state !== '通过' && line.said === '').map((line) => line.id)).toEqual(
      [],
    );
  });

  it('counts itself rightly', () => {
    const count = (state: string) => lines.filter((line) => line.state === state).length;
    const said = `通过 ${count('通过')}，部分 ${count('部分')}，未做 ${count('未做')}，不适用 ${count('不适用')}，共 ${lines.length} 项`;
    expect(report).toContain(said);
  });

  it('names commands that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = [...report.matchAll(/`npm run ([a-z:-]+)/g)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(4);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});
