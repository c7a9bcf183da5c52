import { createHash } from 'node:crypto';

export interface SeenFile {
  readonly size: number;
  readonly sha256: string;
}

interface Manifest {
  readonly Files: readonly {
    readonly Path?: string;
    readonly 'Encoded-Path'?: string;
    readonly Size: number;
    readonly Checksum: string;
  }[];
  readonly 'WAL-Ranges': readonly { readonly Timeline: number; 'Start-LSN': string; 'End-LSN': string }[];
}

const segmentBytes = 16n * 1024n * 1024n;

/**
 * Compares the files of a copy with PostgreSQL's own list: the list's own sum, every file with its size and SHA-256, and
 * the log from the start of the copy to its end. Problems are sentences; an empty list means whole.
 */
export function checkAgainstManifest(
  manifest: Buffer,
  seen: ReadonlyMap<string, SeenFile>,
): { startSegment: string; endSegment: string; problems: string[] } {
  const text = manifest.toString();
  const closing = text.lastIndexOf('"Manifest-Checksum"');
  const claimed = /"Manifest-Checksum"\s*:\s*"([0-9a-f]{64})"/.exec(text)?.[1];
  const actual = createHash('sha256').update(text.slice(0, closing)).digest('hex');
  if (closing < 0 || claimed !== actual)
    return { startSegment: '', endSegment: '', problems: ['清单本身已损坏'] };
  const list = JSON.parse(text) as Manifest;
  const problems: string[] = [];
  for (const file of list.Files) {
    const name = file.Path ?? Buffer.from(file['Encoded-Path'] ?? '', 'hex').toString();
    const found = seen.get(name);
    if (!found) problems.push(`缺少 ${name}`);
    else if (found.size !== file.Size || found.sha256 !== file.Checksum) problems.push(`${name} 与清单不符`);
  }
  const segments = list['WAL-Ranges'].flatMap(segmentsOf);
  for (const segment of segments) if (!seen.has(`pg_wal/${segment}`)) problems.push(`缺少日志 ${segment}`);
  return { startSegment: segments[0] ?? '', endSegment: segments.at(-1) ?? '', problems };
}

/** Names of the log's files between two positions of a timeline. */
function segmentsOf(range: Manifest['WAL-Ranges'][number]): string[] {
  const first = positionOf(range['Start-LSN']) / segmentBytes;
  const last = (positionOf(range['End-LSN']) - 1n) / segmentBytes;
  const names: string[] = [];
  for (let number = first; number <= last; number++) names.push(segmentName(range.Timeline, number));
  return names;
}

function positionOf(lsn: string): bigint {
  const [high = '0', low = '0'] = lsn.split('/');
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`);
}

/** As PostgreSQL names a file of its log: timeline, then the number in two halves, for files of 16 MB. */
export function segmentName(timeline: number, number: bigint): string {
  const perHigh = 0x1_0000_0000n / segmentBytes;
  const hex = (value: bigint) => value.toString(16).toUpperCase().padStart(8, '0');
  return hex(BigInt(timeline)) + hex(number / perHigh) + hex(number % perHigh);
}
