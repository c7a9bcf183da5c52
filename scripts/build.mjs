// Builds the server bundle, the workbench and the phone's app when their sources changed since the last build.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compressPages } from './compress-pages.mjs';

const project = join(dirname(fileURLToPath(import.meta.url)), '..');
const inBundle = ['kysely', 'zod'];
const stampFile = join(project, 'dist/build-stamp');
const stamp = stampOf(['src', 'scripts/build.mjs', 'scripts/compress-pages.mjs', 'package-lock.json']);

if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) process.exit(0);

// Whoever calls, a test runner too: what is built is what counties run.
process.env.NODE_ENV = 'production';
console.log('正在构建…');
const [{ build: bundle }, { build: buildPages }] = await Promise.all([import('esbuild'), import('vite')]);
await Promise.all([
  bundle({
    absWorkingDir: project,
    entryPoints: {
      main: 'src/apps/server/main.ts',
      'read-workbook-child': 'src/capabilities/exchange/server/read-workbook-child.ts',
      'people-worker': 'src/apps/demo-county/people-worker.ts',
    },
    outdir: 'dist/server',
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    // Packages of hundreds of small files are read many times faster from one; the others stand beside the server.
    external: Object.keys(
      JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')).dependencies,
    ).filter((name) => !inBundle.includes(name)),
    sourcemap: true,
    logLevel: 'warning',
  }),
  buildPages({ configFile: join(project, 'src/apps/workbench/vite.config.ts'), logLevel: 'warn' }),
  buildPages({ configFile: join(project, 'src/apps/field/vite.config.ts'), logLevel: 'warn' }),
]);
await Promise.all(['workbench', 'field'].map((page) => compressPages(join(project, 'dist', page))));
mkdirSync(dirname(stampFile), { recursive: true });
writeFileSync(stampFile, stamp);

/** Names, sizes and times of every source file, as one hash. */
function stampOf(roots) {
  const hash = createHash('sha256');
  const visit = (path) => {
    const stat = statSync(path);
    if (stat.isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name));
    else if (!/\.test\.tsx?$/.test(path))
      hash.update(`${relative(project, path)} ${stat.size} ${Math.floor(stat.mtimeMs)}\n`);
  };
  for (const root of roots) visit(join(project, root));
  return hash.digest('hex');
}
