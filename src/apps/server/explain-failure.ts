import { CannotStart } from '#platform/server/config.ts';
import { EmbeddedPostgresFailed } from '#platform/server/database/embedded-postgres-failed.ts';
import { DatabaseUnusable } from '#platform/server/database/migrate.ts';

/** What is said when nothing more can be written, by us or by the database. */
export const diskFull =
  '磁盘已满，请腾出空间后再启动；已保存的数据不受影响。The disk is full; free some space and start again, what was saved is kept.';

/** PostgreSQL's code for a full disk, and the system's. */
const fullDiskCodes: readonly unknown[] = ['53100', 'ENOSPC'];

/** The one sentence for the person who starts the product; undefined when the failure is none we expect. */
export function explainFailure(error: unknown): string | undefined {
  if (
    error instanceof CannotStart ||
    error instanceof DatabaseUnusable ||
    error instanceof EmbeddedPostgresFailed
  ) {
    return error.message;
  }
  return fullDiskCodes.includes((error as { code?: unknown } | null)?.code) ? diskFull : undefined;
}
