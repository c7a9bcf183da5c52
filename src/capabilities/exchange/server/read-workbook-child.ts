import { readWorkbook } from './read-workbook.ts';
import { WorkbookRefused } from './workbook-archive.ts';

/**
 * The process that opens a stranger's workbook, and nothing else: bytes come on standard input, rows go out as JSON
 * lines, the last line is `{"end":…}` or `{"refused":…}`. The parent limits its memory and its time.
 */
async function main(): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  const lines: string[] = [];
  const flush = () => {
    if (lines.length > 0) process.stdout.write(`${lines.splice(0).join('\n')}\n`);
  };
  try {
    const { sheetName } = await readWorkbook(Buffer.concat(chunks), (row) => {
      lines.push(JSON.stringify(row));
      if (lines.length >= 500) flush();
    });
    lines.push(JSON.stringify({ end: { sheetName } }));
  } catch (error) {
    const refused = error instanceof WorkbookRefused ? error.message : '文件内容无法读取，可能已损坏。';
    lines.push(JSON.stringify({ refused }));
  }
  flush();
}

await main();
