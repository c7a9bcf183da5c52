import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { WorkbookRow } from '../domain/workbook-cell.ts';
import { workbookLimits } from './workbook-limits.ts';

export type WorkbookReading =
  | { readonly kind: 'read'; readonly sheetName: string; readonly rows: readonly WorkbookRow[] }
  | { readonly kind: 'refused'; readonly message: string };

/** Source runs through tsx; the built server has the child beside it as plain JavaScript. */
function childCommand(): string[] {
  const here = import.meta.url;
  return here.endsWith('.ts')
    ? ['--import', 'tsx', fileURLToPath(new URL('./read-workbook-child.ts', here))]
    : [fileURLToPath(new URL('./read-workbook-child.js', here))];
}

let waiting: Promise<unknown> = Promise.resolve();

/** Reads a workbook in a child process with limits on bytes, rows, memory and time; one at a time. Never throws. */
export function runWorkbookReader(
  bytes: Uint8Array,
  onProgress: (rows: number) => void,
): Promise<WorkbookReading> {
  const reading = waiting.then(() => readInChild(bytes, onProgress));
  waiting = reading.catch(() => undefined);
  return reading;
}

function readInChild(bytes: Uint8Array, onProgress: (rows: number) => void): Promise<WorkbookReading> {
  return new Promise((resolve) => {
    const heap = `--max-old-space-size=${workbookLimits.heapMegabytes}`;
    const child = spawn(process.execPath, [heap, ...childCommand()], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { PATH: process.env.PATH ?? '', NODE_NO_WARNINGS: '1' },
    });
    const rows: WorkbookRow[] = [];
    let outcome: WorkbookReading | undefined;
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, workbookLimits.milliseconds);
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = parseLine(line);
      if (said === undefined) return;
      if ('end' in said) outcome = { kind: 'read', sheetName: said.end.sheetName, rows };
      else if ('refused' in said) outcome = { kind: 'refused', message: said.refused };
      else {
        rows.push(said);
        if (rows.length % 500 === 0) onProgress(rows.length);
      }
    });
    child.stdin.on('error', () => undefined);
    child.on('error', () => undefined);
    child.on('close', () => {
      clearTimeout(timer);
      const message = timedOut
        ? '文件读取超时，已停止。请精简文件后重试。'
        : '文件读取时占用过多内存或意外中断，已停止。请精简文件后重试。';
      resolve(outcome ?? { kind: 'refused', message });
    });
    child.stdin.end(bytes);
  });
}

/** A line of the child; undefined for the torn last line of a child that was killed. */
function parseLine(
  line: string,
): WorkbookRow | { end: { sheetName: string } } | { refused: string } | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
