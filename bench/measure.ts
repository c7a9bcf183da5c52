interface Result {
  readonly name: string;
  readonly clients: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly failed: number;
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
  const started = performance.now();
  const until = started + seconds * 1000;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < until) {
        const before = performance.now();
        if (!(await call())) failed += 1;
        times.push(performance.now() - before);
      }
    }),
  );
  const spent = (performance.now() - started) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  const result = {
    name,
    clients,
    perSecond: times.length / spent,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    failed,
  };
  results.push(result);
  console.log(
    `${name}, ${clients}: ${result.perSecond.toFixed(0)}/s, p95 ${result.p95.toFixed(1)} ms, ${failed} failed`,
  );
}

/** The median throughput of the runs of one act. */
export function medianPerSecond(name: string, clients: number): number {
  const runs = results.filter((r) => r.name === name && r.clients === clients).map((r) => r.perSecond);
  return runs.sort((a, b) => a - b)[Math.floor(runs.length / 2)] ?? 0;
}

/** Every run as a table for bench/README.md. */
export function printTable(): void {
  console.log(
    '| act | clients | per second | p50 ms | p95 ms | p99 ms | failed |\n|---|---|---|---|---|---|---|',
  );
  for (const r of results) {
    const figures = [r.perSecond.toFixed(0), r.p50.toFixed(1), r.p95.toFixed(1), r.p99.toFixed(1), r.failed];
    console.log(`| ${r.name} | ${r.clients} | ${figures.join(' | ')} |`);
  }
}
