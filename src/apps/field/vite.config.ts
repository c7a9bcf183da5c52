import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { transform } from 'esbuild';
import { defineConfig, type Plugin } from 'vite';

const here = dirname(fileURLToPath(import.meta.url));
const base = '/field/';

/** Writes the service worker with the list of this build's files; fonts are kept when they are first needed. */
function serviceWorker(): Plugin {
  return {
    name: 'quancheng-service-worker',
    apply: 'build',
    // Last of all: a chunk that turned out to be nothing but style is gone by then.
    enforce: 'post',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const built = Object.keys(bundle).filter((file) => !/\.woff2?$/.test(file));
        const kept = readdirSync(join(here, 'public'));
        const files = [...new Set([...built, ...kept])].sort().map((file) => base + file);
        const hash = createHash('sha256');
        for (const file of files) hash.update(file);
        for (const file of kept) hash.update(readFileSync(join(here, 'public', file)));
        const html = bundle['index.html'];
        if (html?.type === 'asset') hash.update(html.source);
        const { code } = await transform(readFileSync(join(here, 'service-worker.ts'), 'utf8'), {
          loader: 'ts',
          minify: true,
          define: {
            buildFiles: JSON.stringify(files),
            buildName: JSON.stringify(hash.digest('hex').slice(0, 16)),
          },
        });
        this.emitFile({ type: 'asset', fileName: 'service-worker.js', source: code });
      },
    },
  };
}

export default defineConfig({
  root: here,
  base,
  plugins: [react(), serviceWorker()],
  build: {
    outDir: join(here, '../../../dist/field'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 2048,
    modulePreload: { polyfill: false },
  },
});
