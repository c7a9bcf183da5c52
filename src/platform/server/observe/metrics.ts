import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Database } from '../database/open-database.ts';

/** What the server counts of itself, in the words of Prometheus. No label holds anything about a person. */
export interface Metrics {
  /** Only whoever shows this may read them. */
  readonly token: string;
  text(): Promise<string>;
  readonly contentType: string;
  requestDone(request: { method: string; route: string; status: number; seconds: number }): void;
  requestTurnedAway(): void;
  workDone(name: string, isDone: boolean, at: Date): void;
}

/** Opens the counters of one server. */
export function openMetrics(input: { token: string; database: Database }): Metrics {
  const register = new Registry();
  collectDefaultMetrics({ register, prefix: 'quancheng_' });
  const seconds = new Histogram({
    name: 'quancheng_request_seconds',
    help: 'Time from a request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [register],
  });
  const turnedAway = new Counter({
    name: 'quancheng_requests_turned_away_total',
    help: 'Requests told to come back because too many were in work.',
    registers: [register],
  });
  const { pool } = input.database;
  new Gauge({
    name: 'quancheng_database_connections',
    help: 'Connections of the pool.',
    labelNames: ['state'],
    registers: [register],
    collect() {
      this.set({ state: 'open' }, pool.totalCount);
      this.set({ state: 'idle' }, pool.idleCount);
      this.set({ state: 'awaited' }, pool.waitingCount);
    },
  });
  const failures = new Counter({
    name: 'quancheng_work_failures_total',
    help: 'Turns of the server’s own work that failed.',
    labelNames: ['work'],
    registers: [register],
  });
  const lastDone = new Gauge({
    name: 'quancheng_work_last_done_seconds',
    help: 'When each of the server’s own works was last done, in seconds since 1970.',
    labelNames: ['work'],
    registers: [register],
  });
  return {
    token: input.token,
    text: () => register.metrics(),
    contentType: register.contentType,
    requestDone: ({ method, route, status, seconds: took }) =>
      seconds.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, took),
    requestTurnedAway: () => turnedAway.inc(),
    workDone(work, isDone, at) {
      if (isDone) lastDone.set({ work }, at.getTime() / 1000);
      else failures.inc({ work });
    },
  };
}
