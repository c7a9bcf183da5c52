import type { TestServer } from './server.ts';

/** Demo identity numbers, demo telephones and house addresses, standing alone: not within a code, a digest or a seal. */
export const plainMarks = [
  /(?<![0-9A-Za-z+/])999999(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z+/])/,
  /(?<![0-9A-Za-z+/])199\d{8}(?![0-9A-Za-z+/])/,
  /全程县[^"\s]{2,20}\d号/,
];

/** Every place of the database where something lies open that should be sealed: table, row and the text around. */
export async function findPlain(
  server: Pick<TestServer, 'lookRaw'>,
  marks: readonly (RegExp | string)[] = plainMarks,
): Promise<string[]> {
  const tables = await server.lookRaw<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await server.lookRaw<{ row: string }>(`select t::text as row from "${name}" t`);
    for (const { row } of rows)
      for (const mark of marks) {
        const at = typeof mark === 'string' ? row.indexOf(mark) : row.search(mark);
        const hex = typeof mark === 'string' ? row.indexOf(Buffer.from(mark).toString('hex')) : -1;
        if (at >= 0 || hex >= 0) found.push(`${name}: …${row.slice(Math.max(0, at - 60), at + 40)}…`);
      }
  }
  return found;
}
