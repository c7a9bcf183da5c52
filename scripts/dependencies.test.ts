import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const project = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => JSON.parse(readFileSync(join(project, path), 'utf8'));

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly license?: string;
  readonly hasInstallScript?: boolean;
  readonly inBundle?: boolean;
}

const locked: [string, Locked][] = Object.entries(
  read('package-lock.json').packages as Record<string, Locked>,
).filter(([path]) => path !== '');
const shipped = locked.filter(([, one]) => !one.dev);
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** Licences under which we may ship another's work inside ours. */
const open =
  /^\(?(MIT|MIT-0|ISC|0BSD|BSD(-[23]-Clause)?|Apache-2\.0|BlueOak-1\.0\.0|CC0-1\.0|CC-BY-4\.0|Unlicense|Zlib|PostgreSQL|Python-2\.0|OFL-1\.1)\)?$/;

/** Packages whose own file says it differently, read by hand. */
const readByHand: Readonly<Record<string, string>> = {};

describe('what the product is made of', () => {
  it('is locked to exact bytes, and the lock names no place to fetch from', () => {
    expect(locked.length).toBeGreaterThan(200);
    expect(locked.filter(([, one]) => !one.integrity && !one.inBundle).map(([path]) => path)).toEqual([]);
    expect(locked.filter(([, one]) => one.resolved).map(([path]) => path)).toEqual([]);
  });

  it('may be shipped: every licence of what goes out is an open one without conditions on our own source', () => {
    const refused = shipped
      .map(([path, one]) => {
        const file = join(path, 'package.json');
        const own = existsSync(join(project, file)) ? (read(file).license as unknown) : undefined;
        const licence = readByHand[nameOf(path)] ?? one.license ?? (typeof own === 'string' ? own : 'none');
        return { name: nameOf(path), licence };
      })
      .filter(({ licence }) => !licence.split(' OR ').some((one) => open.test(one)))
      .filter(({ licence }) => !licence.split(' AND ').every((one) => open.test(one)));
    expect(refused).toEqual([]);
  });

  it('runs no program of another’s at install but the two that are named', () => {
    const allowed = new Set(Object.keys(read('package.json').allowScripts));
    const running = locked
      .filter(([, one]) => one.hasInstallScript && !one.optional)
      .map(([path]) => nameOf(path));
    expect(running.filter((name) => !allowed.has(name))).toEqual([]);
  });

  it('holds none of the packages known to be unsafe for what we do', () => {
    // Read in the process, these take the server down with a small file, or carry advisories nobody mends.
    const unsafe = new Set(['xlsx', 'csurf', 'request', 'vm2', 'node-serialize', 'event-stream']);
    expect(locked.map(([path]) => nameOf(path)).filter((name) => unsafe.has(name))).toEqual([]);
  });

  it('has no known serious weakness, where the registry answers the question', (context) => {
    const report = askRegistry();
    if (report === undefined) return context.skip('the registry answers no audit questions');
    expect(report.filter((one) => one.severity === 'critical' || one.severity === 'high')).toEqual([]);
  }, 60_000);
});

interface Weakness {
  readonly name: string;
  readonly severity: string;
}

/** Known weaknesses of what is shipped; undefined when the registry does not answer. */
function askRegistry(): Weakness[] | undefined {
  let said: string;
  try {
    said = execFileSync('npm', ['audit', '--omit=dev', '--json', '--audit=true'], {
      cwd: project,
      encoding: 'utf8',
      timeout: 50_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch (error) {
    // npm ends with an error both when it finds something and when nobody answers; the report tells which.
    said = String((error as { stdout?: string }).stdout ?? '');
  }
  try {
    const { vulnerabilities } = JSON.parse(said) as { vulnerabilities?: Record<string, Weakness> };
    return (
      vulnerabilities && Object.values(vulnerabilities).map(({ name, severity }) => ({ name, severity }))
    );
  } catch {
    return undefined;
  }
}
