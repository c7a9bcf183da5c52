import { readReceivingHouses } from '#capabilities/referrals/server/public.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import { countyWide } from '#platform/server/auth/county-wide.ts';
import type { Database } from '#platform/server/database/open-database.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import type { EndpointResponse } from '#standards/endpoint.ts';
import { allFormEditions } from '#standards/forms/all-forms.ts';
import type { pullChanges } from '../contract.ts';
import { findDevice, markContact } from './devices.ts';
import { readPhoneSettings } from './phone-settings.ts';
import { publishOwnDefinitions } from './publish-definitions.ts';
import { type Pulled, pullFeed, pullPeople } from './pull-changes.ts';
import { readDefinitionSet } from './read-definitions.ts';
import { readFeedState, startEpoch } from './read-feed-state.ts';

/** Version of what this server speaks with phones; an older phone is still understood. */
export const serverVersion = '1';

type Answer = EndpointResponse<typeof pullChanges>;

interface Question {
  readonly deviceId: string;
  readonly appVersion: string;
  readonly cursor?: string | undefined;
  readonly epoch?: string | undefined;
  readonly scope?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
  readonly seen: string;
  readonly pending: number;
  readonly refused: number;
  readonly isPersisted: boolean;
  readonly storageUsed?: number | undefined;
  readonly storageQuota?: number | undefined;
  readonly isStorageShort?: boolean | undefined;
  readonly definitions?: string | undefined;
  readonly engine?: number | undefined;
  readonly deviceNow?: string | undefined;
}

/**
 * Answers a phone's pull: begin again when the server was restored or the scope changed, a page of people, or the changes
 * since its cursor. A phone that is to be wiped gets no data. The snapshot is taken once for bounds and content.
 */
export async function answerPull(
  database: Database,
  actor: Actor,
  question: Question,
  at: { now: Date; today: PlainDate },
): Promise<Answer | Refused> {
  await publishOwnDefinitions(database, actor, at.now);
  const county = { countyId: actor.countyId, path: countyWide(actor).scopePath };
  const device = await withScope(database, county, async (tx) => {
    const found = await findDevice(tx, actor, question.deviceId);
    return found && { ...found, xid: await markContact(tx, actor, { ...question, now: at.now }) };
  });
  if (!device) return refused('not-found', { detail: '这台手机尚未登记，请重新登录。' });
  return withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => {
    const feed = await readFeedState(tx, actor.countyId, device.xid);
    const scope = device.paths.join(' ');
    const scopeName = await nameOf(tx, actor, device.paths);
    const base = {
      device: {
        order: device.state === 'active' ? ('none' as const) : ('wipe' as const),
        epoch: feed.epoch,
        serverNow: at.now.toISOString(),
        leaseDays: (await readPhoneSettings(tx, actor.countyId)).leaseDays,
        definitions: (await readDefinitionSet(tx, actor.countyId, at.now)).set,
      },
      scope,
      scopeName,
    };
    const nothing = {
      documents: [],
      removed: [],
      cursor: `${feed.bound}:`,
      after: null,
      expected: 0,
      hasMore: false,
      directory: null,
      offerAgain: false,
    };
    if (device.state !== 'active') return { ...base, ...nothing, kind: 'changes' };
    const isSameEpoch = (question.epoch ?? feed.epoch) === feed.epoch;
    if (isSameEpoch && BigInt(question.seen) >= BigInt(feed.next)) {
      // The phone was told of a transaction that is not there: restored by a copy of files, which leaves no mark.
      await startEpoch(tx, actor.countyId, at.now);
      await recordAudit(tx, actor, {
        action: 'field.restore-noticed',
        subject: question.deviceId,
        now: at.now,
      });
      const { epoch } = await readFeedState(tx, actor.countyId, device.xid);
      return { ...base, ...nothing, device: { ...base.device, epoch }, kind: 'restart', offerAgain: true };
    }
    if (!isSameEpoch) return { ...base, ...nothing, kind: 'restart', offerAgain: true };
    if (question.cursor !== undefined && question.scope !== scope)
      return { ...base, ...nothing, kind: 'restart' };
    const input = {
      paths: device.paths,
      cursor: question.cursor,
      after: question.after,
      limit: question.limit,
      today: at.today,
    };
    const isFirst = question.cursor === undefined || question.after !== undefined;
    const pulled: Pulled | Refused = isFirst
      ? await pullPeople(tx, actor, input, feed)
      : await pullFeed(tx, actor, { ...input, cursor: question.cursor ?? '' }, feed);
    if (pulled.kind === 'refused') return pulled;
    if (pulled.documents.length > 0) {
      const detail = { device: question.deviceId, people: pulled.documents.length };
      await recordAudit(tx, actor, { action: 'field.pull', detail, now: at.now });
    }
    const directory = pulled.hasMore ? null : await readDirectory(tx, actor);
    return { ...base, ...pulled, directory, offerAgain: false };
  });
}

type Tx = Parameters<Parameters<typeof withScope>[2]>[0];

async function nameOf(tx: Tx, actor: Actor, paths: readonly string[]): Promise<string> {
  const rows = await tx
    .selectFrom('organization')
    .select('name')
    .where('county_id', '=', actor.countyId)
    .where('path', 'in', [...paths])
    .orderBy('path')
    .limit(3)
    .execute();
  const names = rows.map((row) => row.name).join('、');
  return paths.length > 3 ? `${names}等${paths.length}个机构` : names;
}

async function readDirectory(tx: Tx, actor: Actor): Promise<NonNullable<Answer['directory']>> {
  const organizations = await tx
    .selectFrom('organization')
    .select(['id', 'name', 'kind'])
    .where('county_id', '=', actor.countyId)
    .where('path', '>=', actor.scopePath)
    .where('path', '<', `${actor.scopePath.slice(0, -1)}0`)
    .orderBy('path')
    .execute();
  return {
    organizations,
    serverVersion,
    editions: allFormEditions.map((edition) => `${edition.form}@${edition.edition}`),
    organizationId: actor.organizationId,
    organizationPath: actor.path,
    receivers: await readReceivingHouses(tx, actor.countyId),
  };
}
