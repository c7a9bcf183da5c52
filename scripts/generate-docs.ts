import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatedDocs } from './generated-docs.ts';

const project = join(dirname(fileURLToPath(import.meta.url)), '..');
for (const { path, text } of generatedDocs()) {
  await mkdir(dirname(join(project, path)), { recursive: true });
  await writeFile(join(project, path), text);
  console.log(path);
}
