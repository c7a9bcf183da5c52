import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { toFhirQuestionnaire } from '#kernel/form-fhir-questionnaire.ts';
import { refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import { formEdition } from '#standards/forms/all-forms.ts';
import { idSchema, textSchema } from '#standards/wire-schemas.ts';
import { fileRecord, listRecords, listRegisterRows, showRecord } from '../contract.ts';
import {
  type ExportedRecord,
  exportJson,
  readExport,
  readExports,
  writeRecordWorkbook,
} from './export-records.ts';
import { filePlainRecord } from './file-record.ts';
import { readRecord, readRecordPage } from './read-records.ts';

const exportFormat = z.strictObject({ format: z.enum(['xlsx', 'json']).default('xlsx') });

function attach(reply: FastifyReply, name: string, type: string): FastifyReply {
  return reply
    .header('content-type', type)
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
}

function sendExport(
  reply: FastifyReply,
  records: readonly ExportedRecord[],
  format: 'xlsx' | 'json',
): undefined {
  const title = records[0]?.edition.title ?? '记录';
  if (format === 'json')
    attach(reply, `${title}.json`, 'application/json; charset=utf-8').send(
      JSON.stringify(exportJson(records), null, 1),
    );
  else
    attach(reply, `${title}.xlsx`, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet').send(
      writeRecordWorkbook(records),
    );
  return undefined;
}

export const recordRoutes = [
  defineRoute({
    ...listRecords,
    summary: '居民记录中的表单',
    action: 'records.read',
    handle: ({ actor, params, query, now }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => {
        await recordAudit(tx, actor, { action: 'record.list', residentId: params.residentId, now });
        return readRecordPage(tx, {
          countyId: actor.countyId,
          residentId: params.residentId,
          includeSuperseded: query.includeSuperseded === 'true',
          cursor: query.cursor,
          limit: query.limit,
        });
      }),
  }),
  defineRoute({
    ...showRecord,
    summary: '打开一份表单',
    action: 'records.read',
    handle: ({ actor, params, now }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => {
        const record = await readRecord(tx, actor.countyId, params.recordId);
        if (!record) return refused('not-found');
        const { residentId, recordId } = record;
        await recordAudit(tx, actor, { action: 'record.read', residentId, subject: recordId, now });
        return record;
      }),
  }),
  defineRoute({
    ...listRegisterRows,
    summary: '居民在登记册中的各行',
    action: 'records.read',
    handle: ({ actor, params, now }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => {
        const { residentId, form } = params;
        const found = await readExports(tx, actor.countyId, residentId, form);
        const rows = found.filter((one) => one.edition.paper.layout === 'register');
        if (rows.length === 0) return refused('not-found');
        await recordAudit(tx, actor, { action: 'record.list', residentId, subject: form, now });
        return {
          items: rows.map(({ recordId, edition, occurredOn, answers }) => ({
            recordId,
            formEdition: edition.edition,
            occurredOn,
            answers: { ...answers },
          })),
        };
      }),
  }),
  defineRoute({
    ...fileRecord,
    summary: '填写或更正表单',
    action: 'records.write',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'record.file', body: { params, body }, now },
        (tx) => filePlainRecord(tx, actor, { ...body, residentId: params.residentId, today, now }),
      ),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/records/:recordId/export',
    summary: '导出一份表单',
    action: 'records.export',
    params: z.strictObject({ recordId: idSchema() }),
    query: exportFormat,
    response: z.undefined(),
    async handle({ actor, params, query, now, reply }, { database }) {
      const found = await withScope(
        database,
        { countyId: actor.countyId, path: actor.scopePath },
        async (tx) => {
          const record = await readExport(tx, actor.countyId, params.recordId);
          if (!record) return undefined;
          const { residentId, recordId } = record;
          await recordAudit(tx, actor, { action: 'record.export', residentId, subject: recordId, now });
          return record;
        },
      );
      return found ? sendExport(reply, [found], query.format) : refused('not-found');
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/residents/:residentId/forms/:form/export',
    summary: '导出居民的同类表单',
    action: 'records.export',
    params: z.strictObject({ residentId: idSchema(), form: textSchema(60) }),
    query: exportFormat,
    response: z.undefined(),
    async handle({ actor, params, query, now, reply }, { database }) {
      const found = await withScope(
        database,
        { countyId: actor.countyId, path: actor.scopePath },
        async (tx) => {
          const records = await readExports(tx, actor.countyId, params.residentId, params.form);
          if (records.length > 0)
            await recordAudit(tx, actor, {
              action: 'record.export',
              residentId: params.residentId,
              subject: params.form,
              now,
            });
          return records;
        },
      );
      return found.length > 0 ? sendExport(reply, found, query.format) : refused('not-found');
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/forms/:form/:edition/questionnaire',
    summary: '下载表单的 FHIR Questionnaire',
    action: 'forms.read',
    params: z.strictObject({ form: textSchema(60), edition: textSchema(20) }),
    response: z.undefined(),
    async handle({ params, reply }) {
      const edition = formEdition(params.form, params.edition);
      if (!edition) return refused('not-found');
      attach(reply, `${edition.form}-${edition.edition}.questionnaire.json`, 'application/fhir+json').send(
        JSON.stringify(toFhirQuestionnaire(edition), null, 1),
      );
      return undefined;
    },
  }),
];
