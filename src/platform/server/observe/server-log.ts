import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { destination, pino } from 'pino';
import { dayInChina } from '#kernel/plain-date.ts';

/** Days a log is kept; the audit trail, which is the record before the law, is kept elsewhere and longer. */
const keptDays = 184;

export interface ServerLog {
  error(details: object, message: string): void;
  info(details: object, message: string): void;
  /** Goes on in the day's own file and removes files past their time. */
  turnDay(): Promise<void>;
  close(): void;
}

/**
 * The server's log, one JSON line for each event in a file for each day. Whoever writes an event names routes, codes and
 * ids of requests and staff; nothing typed by a person, no address of a page and no row goes in.
 */
export async function openServerLog(input: {
  folder: string;
  clock: () => Date;
  /** Gets every error as well, for the person in front of the terminal. */
  onError?: (line: string) => void;
}): Promise<ServerLog> {
  await mkdir(input.folder, { recursive: true, mode: 0o700 });
  const pathOf = (day: string) => join(input.folder, `server-${day}.log`);
  let day = dayInChina(input.clock());
  const file = destination({ dest: pathOf(day), sync: true, mode: 0o600 });
  const log = pino({ base: null, timestamp: () => `,"time":"${input.clock().toISOString()}"` }, file);
  return {
    info: (details, message) => log.info(details, message),
    error(details, message) {
      log.error(details, message);
      input.onError?.(JSON.stringify({ level: 'error', message, ...details }));
    },
    async turnDay() {
      const today = dayInChina(input.clock());
      if (today !== day) file.reopen(pathOf(today));
      day = today;
      const oldest = dayInChina(new Date(input.clock().getTime() - keptDays * 86_400_000));
      for (const name of await readdir(input.folder)) {
        const from = /^server-(\d{4}-\d\d-\d\d)\.log$/.exec(name)?.[1];
        if (from !== undefined && from < oldest) await rm(join(input.folder, name));
      }
    },
    close: () => file.end(),
  };
}
