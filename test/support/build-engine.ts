import { join } from 'node:path';
import { build } from 'vite';

/**
 * The engine as a phone gets it, built by the same bundler with the same settings as the phone's application: a module,
 * or a script that leaves it under the name `engine`.
 */
export async function buildEngine(format: 'es' | 'iife'): Promise<string> {
  const root = join(import.meta.dirname, '../..');
  const built = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input: join(root, 'src/clinical/assess/assess.ts'),
        preserveEntrySignatures: 'strict',
        output: { format, name: 'engine' },
      },
    },
  });
  const [first] = Array.isArray(built) ? built : [built];
  if (!first || !('output' in first)) throw new Error('nothing was built');
  return first.output[0].code;
}
