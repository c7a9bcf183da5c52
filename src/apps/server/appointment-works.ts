import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { channelsFrom, deliverNotices, makeSlotsOf } from '#capabilities/appointments/server/public.ts';
import { bringSigningCountsUpToDate } from '#capabilities/contracts/server/public.ts';
import { orgPath } from '#kernel/org-path.ts';
import { dayInChina } from '#kernel/plain-date.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import type { ServerContext } from '#platform/server/http/define-route.ts';
import type { RepeatedWork } from '#platform/server/jobs/run-every.ts';

/** Days ahead for which weekly schedules release slots. */
const daysAhead = 14;

/** What appointments and contracts do by themselves: notices go out, slots are released, signing is counted. */
export function appointmentWorks(context: ServerContext, dataFolder: string): readonly RepeatedWork[] {
  const { database, countyId, clock } = context;
  const county = { countyId, path: orgPath(`/${countyId}/`) };
  const channels = channelsFrom(process.env, noticeLog(dataFolder, clock));
  const delivering: RepeatedWork = {
    name: 'deliver-notices',
    mayWait: true,
    seconds: 20,
    work: () => deliverNotices(database, { countyId, channels, now: clock() }),
  };
  return [
    // The people of a drill's copy are the county's own residents, whom the county itself reminds.
    ...(database.drill === undefined ? [delivering] : []),
    {
      name: 'count-signing',
      mayWait: true,
      seconds: 60,
      work: () =>
        bringSigningCountsUpToDate(database, { countyId, today: dayInChina(clock()), now: clock() }),
    },
    {
      name: 'make-slots',
      mayWait: true,
      seconds: 3600,
      work: () =>
        withScope(database, county, (tx) =>
          makeSlotsOf(tx, {
            countyId,
            scopePath: county.path,
            from: dayInChina(clock()),
            days: daysAhead,
            now: clock(),
          }),
        ),
    },
  ];
}

/** One file a day of what went out by log, a line each. */
function noticeLog(dataFolder: string, clock: () => Date) {
  return async (line: object) => {
    const folder = join(dataFolder, 'notice-log');
    await mkdir(folder, { recursive: true });
    await appendFile(join(folder, `${dayInChina(clock())}.jsonl`), `${JSON.stringify(line)}\n`);
  };
}
