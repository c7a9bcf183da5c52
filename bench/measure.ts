import { type ProcessorTime, processorTime } from './processor-time.ts';

interface Result {
  readonly name: string;
  readonly clients: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly failed: number;
  /** Processor milliseconds for each call. */
  readonly spent: ProcessorTime;
  /** Processors that others kept busy meanwhile, and ourselves. */
  readonly busy: { readonly others: number; readonly own: number };
}

let watched = { server: 0, postmaster: 0 };

/** Whose processor time is counted beside the clock. */
export function watchProcesses(server: number, postmaster: number): void {
  watched = { server, postmaster };
}

const results: Result[] = [];

/** Closed loop of so many clients for some seconds; each call says whether it was answered as it should. */
export async function measure(
  name: string,
  clients: number,
  seconds: number,
  call: () => Promise<boolean>,
): Promise<void> {
  const times: number[] = [];
  let failed = 0;
  for (let warm = 0; warm < 5; warm++) await call();
  const before = processorTime(watched.server, watched.postmaster);
  const started = performance.now();
  const until = started + seconds * 1000;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < until) {
        const asked = performance.now();
        if (!(await call())) failed += 1;
        times.push(performance.now() - asked);
      }
    }),
  );
  const spent = (performance.now() - started) / 1000;
  const after = processorTime(watched.server, watched.postmaster);
  times.sort((a, b) => a - b);
  const each = (part: keyof ProcessorTime) => (after[part] - before[part]) / times.length;
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  const result = {
    name,
    clients,
    perSecond: times.length / spent,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    failed,
    spent: { server: each('server'), database: each('database'), bench: each('bench'), all: each('all') },
    busy: busyProcessors(before, after, spent),
  };
  results.push(result);
  console.log(
    `${name}, ${clients}: ${result.perSecond.toFixed(0)}/s, p95 ${result.p95.toFixed(1)} ms, ${failed} failed; processor ms ${inMilliseconds(result.spent)}; ` +
      `processors busy: own ${result.busy.own.toFixed(2)}, others ${result.busy.others.toFixed(2)}`,
  );
}

function busyProcessors(before: ProcessorTime, after: ProcessorTime, seconds: number) {
  const used = (part: keyof ProcessorTime) => (after[part] - before[part]) / 1000 / seconds;
  const own = used('server') + used('database') + used('bench');
  return { own, others: Math.max(0, used('all') - own) };
}

const inMilliseconds = ({ server, database, bench }: ProcessorTime) =>
  `server ${server.toFixed(2)}, database ${database.toFixed(2)}, bench ${bench.toFixed(2)}`;

/** The median throughput of the runs of one act. */
export function medianPerSecond(name: string, clients: number): number {
  const runs = results.filter((r) => r.name === name && r.clients === clients).map((r) => r.perSecond);
  return runs.sort((a, b) => a - b)[Math.floor(runs.length / 2)] ?? 0;
}

/** Every run as a table for bench/README.md. */
export function printTable(): void {
  console.log(
    '| act | clients | per second | p50 ms | p95 ms | p99 ms | server | database | bench | failed |\n|---|---|---|---|---|---|---|---|---|---|',
  );
  for (const r of results) {
    const figures = [r.perSecond.toFixed(0), r.p50.toFixed(1), r.p95.toFixed(1), r.p99.toFixed(1)];
    const spent = [r.spent.server, r.spent.database, r.spent.bench].map((one) => one.toFixed(2));
    console.log(`| ${r.name} | ${r.clients} | ${[...figures, ...spent, r.failed].join(' | ')} |`);
  }
}
