import { createDecipheriv, hkdfSync } from 'node:crypto';
import type { Transaction } from 'kysely';
import { z } from 'zod';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Database } from '#platform/server/database/open-database.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import type { EndpointResponse } from '#standards/endpoint.ts';
import { type SentOperation, sentOperationSchema } from '../contract.ts';
import type { readOutboxFile } from '../device-contract.ts';
import { deriveFromShare } from './devices.ts';
import { holdOperations } from './hold-operation.ts';

type File = z.output<NonNullable<(typeof readOutboxFile)['body']>>;
const contentSchema = z.object({ operations: z.array(sentOperationSchema).max(2000) });
const tagBytes = 16;

/**
 * Takes over what a phone that cannot reach the server wrote into a file: opened with the secret this phone and the server
 * share, kept for a person to decide like whatever a phone hands over. Refuses a file of a phone outside the scope, and
 * one that was changed.
 */
export async function takeOutboxFile(
  database: Database,
  actor: Actor,
  file: File,
  now: Date,
): Promise<EndpointResponse<typeof readOutboxFile> | Refused> {
  const scope = { countyId: actor.countyId, path: actor.scopePath };
  const device = await withScope(database, scope, (tx) => deviceOf(tx, actor, file));
  if (!device) return refused('not-found', { detail: '这台手机不在您的范围内，或从未在本县登记。' });
  const operations = openFile(file, deriveFromShare(device.share, 'share'));
  if (!operations)
    return refused('unsupported-file', {
      detail: '文件打不开：不完整、被改动过，或这台手机后来被清除过。请在手机上重新导出。',
    });
  const ids = operations.map((operation) => operation.operationId);
  const sender = {
    countyId: actor.countyId,
    staffId: file.userId,
    path: device.org_path,
    deviceId: file.deviceId,
  };
  const taken = await withScope(database, scope, async (tx) => {
    await recordAudit(tx, actor, {
      action: 'field-device.hand-over',
      subject: file.deviceId,
      detail: { userId: file.userId, operations: ids.length, by: 'file' },
      now,
    });
    if (ids.length === 0) return 0;
    const known = tx.selectFrom('operation').select('id').where('county_id', '=', actor.countyId);
    return (await known.where('id', 'in', ids).execute()).length;
  });
  const holdings = operations.map((operation) => ({
    operation,
    why: 'handed-over' as const,
    note: '由手机导出的文件读入',
    now,
  }));
  await holdOperations(database, sender, holdings);
  return { held: ids.length - taken, taken, userName: device.name };
}

function deviceOf(tx: Transaction<Tables>, actor: Actor, file: File) {
  return tx
    .selectFrom('field_device as d')
    .innerJoin('staff as s', (join) =>
      join.onRef('s.county_id', '=', 'd.county_id').onRef('s.id', '=', 'd.staff_id'),
    )
    .select(['d.share', 'd.org_path', 's.name'])
    .where('d.county_id', '=', actor.countyId)
    .where('d.device_id', '=', file.deviceId)
    .where('d.staff_id', '=', file.userId)
    .executeTakeFirst();
}

/** The operations of the file; undefined when it does not open or is not of ours. */
function openFile(file: File, share: string): readonly SentOperation[] | undefined {
  const salt = Buffer.from(file.salt, 'base64');
  const key = hkdfSync('sha256', Buffer.from(share, 'base64'), salt, 'quancheng outbox file', 32);
  const content = Buffer.from(file.content, 'base64');
  try {
    const cipher = createDecipheriv('aes-256-gcm', Buffer.from(key), Buffer.from(file.iv, 'base64'));
    cipher.setAAD(Buffer.from(`${file.deviceId}/${file.userId}`));
    cipher.setAuthTag(content.subarray(-tagBytes));
    const text = Buffer.concat([cipher.update(content.subarray(0, -tagBytes)), cipher.final()]);
    return contentSchema.safeParse(JSON.parse(text.toString('utf8'))).data?.operations;
  } catch {
    return undefined;
  }
}
