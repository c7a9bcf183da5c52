import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** Processor milliseconds spent so far by the parts of a bench. */
export interface ProcessorTime {
  readonly server: number;
  readonly database: number;
  readonly bench: number;
  /** Everything that ran on the machine. */
  readonly all: number;
}

/** Linux counts in hundredths of a second. */
const tickMilliseconds = 10;

/** Reads from /proc what the server, all processes of the database and this process have used; zeros elsewhere. */
export function processorTime(server: number, postmaster: number): ProcessorTime {
  const database = processes().filter((one) => one.id === postmaster || one.parent === postmaster);
  const { user, system } = process.cpuUsage();
  return {
    server: processes().find((one) => one.id === server)?.spent ?? 0,
    database: database.reduce((sum, one) => sum + one.spent, 0),
    bench: (user + system) / 1000,
    all: cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0),
  };
}

function processes(): { id: number; parent: number; spent: number }[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => readProcess(Number(name)));
  } catch {
    return [];
  }
}

function readProcess(id: number): { id: number; parent: number; spent: number }[] {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
    // The name in parentheses may hold spaces; what follows it does not.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // The postmaster's children that ended are counted with it.
    const spent = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0) * tickMilliseconds;
    return [{ id, parent: Number(fields[1]), spent }];
  } catch {
    return [];
  }
}
