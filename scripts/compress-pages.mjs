import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** What shrinks; pictures and fonts are packed already. */
const kinds = ['.js', '.css', '.html', '.svg', '.json', '.webmanifest'];
/** Below this a packed file saves nothing that a network notices. */
const leastBytes = 1024;

/**
 * Lays a Brotli and a gzip copy beside each file of a built page, which the server hands to browsers that take one. Browsers
 * take Brotli over TLS alone. @param {string} folder
 */
export async function compressPages(folder) {
  const names = await readdir(folder, { recursive: true });
  await Promise.all(
    names
      .filter((name) => kinds.includes(extname(name)))
      .map(async (name) => {
        const path = join(folder, name);
        if ((await stat(path)).size < leastBytes) return;
        const plain = await readFile(path);
        const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
        await writeFile(`${path}.br`, await promisify(brotliCompress)(plain, quality));
        await writeFile(`${path}.gz`, await promisify(gzip)(plain, { level: 9 }));
      }),
  );
}
