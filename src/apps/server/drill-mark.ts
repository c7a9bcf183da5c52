import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { minuteInChina } from '#kernel/china-time.ts';
import { CannotStart, type Config } from '#platform/server/config.ts';
import { asOwner, asOwnerAtOnce } from '#platform/server/database/as-owner.ts';

/** What a copy restored for a drill says of itself. */
export interface DrillMark {
  readonly restoredAt: string;
  /** The backup's file name. */
  readonly from: string;
}

const path = (dataFolder: string) => join(dataFolder, 'drill.json');

/** Marks a data folder as that of a drill; there is no way back but to restore again. */
export const markDrill = (dataFolder: string, mark: DrillMark): Promise<void> =>
  writeFile(path(dataFolder), `${JSON.stringify(mark)}\n`, { mode: 0o600 });

/** The mark of a data folder. Refuses one that is there and cannot be read: it is a drill that lost its words. */
export async function readDrillMark(dataFolder: string): Promise<DrillMark | undefined> {
  const text = await readFile(path(dataFolder), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw unreadable(dataFolder);
  });
  if (text === undefined) return undefined;
  try {
    const { restoredAt, from } = JSON.parse(text) as DrillMark;
    if (typeof from === 'string' && !Number.isNaN(Date.parse(restoredAt))) return { restoredAt, from };
  } catch {
    // Told below, like a mark that says something else.
  }
  throw unreadable(dataFolder);
}

const unreadable = (dataFolder: string) =>
  new CannotStart(
    `演练标记 ${path(dataFolder)} 读不出，不启动；这是演练副本，请重新恢复一份。The drill mark cannot be read.`,
  );

/**
 * How a drill runs where the county's own settings stand: on the database that lies in its folder, with a register of
 * erasures of its own, without the county's log archive and sign-in service.
 */
export const configOfDrill = (config: Config): Config => ({
  ...config,
  databaseUrl: undefined,
  logArchive: undefined,
  erasures: join(config.dataFolder, 'erasures'),
  identityService: undefined,
});

/**
 * Writes the folder's mark into the database, where it stays when files are moved. Refuses to start a marked database
 * that lies in an unmarked folder as the county; the folder is marked then, and it runs as a drill from the next start on.
 */
export async function settleDrillMark(
  config: Config,
  mark: DrillMark | undefined,
  ownerUrl: string,
): Promise<void> {
  const inDatabase = await asOwner(ownerUrl, async (client) => {
    const { rows } = await client.query<{ value: DrillMark }>(
      "select value from county_setting where key = 'drill' limit 1",
    );
    return rows[0]?.value;
  });
  if (mark === undefined && inDatabase !== undefined) {
    const what = `这个数据库是演练副本（${drillText(inDatabase)}），不能作为正式系统启动。`;
    if (config.databaseUrl !== undefined)
      throw new CannotStart(`${what}This database is a copy made for a drill.`);
    await markDrill(config.dataFolder, inDatabase);
    throw new CannotStart(
      `${what}数据文件夹已标明；再启动一次，按演练方式运行。This database is a copy made for a drill.`,
    );
  }
  if (mark === undefined || inDatabase !== undefined) return;
  await asOwnerAtOnce(ownerUrl, async (client) => {
    await client.query(
      `insert into county_setting (county_id, key, value, changed_at)
       select county_id, 'drill', $1::jsonb, $2 from county`,
      [JSON.stringify(mark), mark.restoredAt],
    );
    // Whoever was signed in at the county is not signed in at its copy.
    await client.query('delete from session');
  });
}

/** `2026-11-27 12:03 恢复自 quancheng-….backup`, in China's time. */
export function drillText({ restoredAt, from }: DrillMark): string {
  return `${minuteInChina(new Date(restoredAt))} 恢复自 ${from}`;
}
