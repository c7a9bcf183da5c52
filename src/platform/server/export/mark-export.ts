import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { uuidv7 } from 'uuidv7';
import { type ExportDoor, type ExportPurpose, exportDoors } from '#standards/privacy/export-doors.ts';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import type { Database } from '../database/open-database.ts';
import { withScope } from '../database/with-scope.ts';
import { noteMarked } from './marked-replies.ts';
import { type Watermark, watermarkOf } from './watermark.ts';

/** A file about to leave. */
export interface ExportFile {
  readonly door: ExportDoor;
  readonly purpose: ExportPurpose;
  /** Whose data is in it. */
  readonly people: number;
  /** The one person it is about, when it is about one. */
  readonly residentId?: string | undefined;
  readonly subject: string;
  readonly detail?: object;
  readonly name: string;
  readonly type: string;
  /** The file with this watermark in it. */
  readonly make: (mark: Watermark) => Promise<Buffer> | Buffer;
  readonly now: Date;
}

/**
 * The one way a file with residents' data leaves: it is made with its watermark, entered in the register and the audit
 * trail in one transaction, and only then sent. When it cannot be entered, it does not leave.
 */
export async function markExport(
  database: Database,
  actor: Actor,
  reply: FastifyReply,
  file: ExportFile,
): Promise<undefined> {
  const { door, purpose, people, now } = file;
  const exportId = uuidv7();
  const isDrill = database.drill !== undefined;
  const content = await file.make(watermarkOf(actor, { exportId, door, purpose, isDrill, now }));
  const name = isDrill ? `演练副本-${file.name}` : file.name;
  const fileHash = createHash('sha256').update(content).digest('hex');
  await withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => {
    await tx
      .insertInto('export_register')
      .values({
        county_id: actor.countyId,
        id: exportId,
        org_path: actor.scopePath,
        organization_id: actor.organizationId,
        made_by: actor.staffId,
        door,
        purpose,
        people,
        bytes: content.length,
        file_hash: fileHash,
        made_at: now,
      })
      .execute();
    await recordAudit(tx, actor, {
      action: exportDoors[door].deed,
      residentId: file.residentId,
      subject: file.subject,
      detail: { ...file.detail, exportId, purpose, people },
      now,
    });
  });
  noteMarked(reply);
  void reply
    .header('content-type', file.type)
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
    .header('x-export-id', exportId)
    .send(content);
  return undefined;
}
