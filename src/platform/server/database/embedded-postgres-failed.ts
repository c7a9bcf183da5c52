/** Why the embedded database cannot run, in one sentence for the person who starts it. */
export class EmbeddedPostgresFailed extends Error {}

/** Says in one sentence what the database's own log means. */
export function explainLog(log: string): string {
  const last = log.trim().split('\n').slice(-3).join(' ').slice(0, 300);
  if (isDiskFull(log)) {
    return '磁盘已满，数据库无法启动。The disk is full; the database cannot start.';
  }
  if (/permission denied/i.test(log)) {
    return `数据文件夹不可写，数据库无法启动。The data folder is not writable for the database: ${last}`;
  }
  return `数据库无法启动。The database cannot start: ${last}`;
}

/** Whether this log speaks of a full disk. */
export function isDiskFull(log: string): boolean {
  return /No space left|ENOSPC/i.test(log);
}
