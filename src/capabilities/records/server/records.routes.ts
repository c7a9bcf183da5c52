import { z } from 'zod';
import { engineEdition } from '#clinical/engine-edition.ts';
import { toFhirQuestionnaire } from '#kernel/form-fhir-questionnaire.ts';
import { refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { collectStream } from '#platform/server/export/collect-stream.ts';
import { markExport } from '#platform/server/export/mark-export.ts';
import type { Watermark } from '#platform/server/export/watermark.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import { listFormEditions, showFormEdition } from '#standards/forms/form-contract.ts';
import { exportQuery } from '#standards/privacy/export-query.ts';
import { idSchema, textSchema } from '#standards/wire-schemas.ts';
import { fileRecord, listRecords, listRegisterRows, showRecord } from '../contract.ts';
import {
  type ExportedRecord,
  exportJson,
  maskForFile,
  readExport,
  readExports,
  writeRecordWorkbook,
} from './export-records.ts';
import { filePlainRecord } from './file-record.ts';
import { findFormEdition, readEditionHeads } from './find-form-edition.ts';
import { readRecord, readRecordPage } from './read-records.ts';

const exportFormat = z.strictObject({
  format: z.enum(['xlsx', 'json']).default('xlsx'),
  ...exportQuery('record'),
});

/** Sheets of one person as the file asked for. */
function fileOf(records: readonly [ExportedRecord, ...ExportedRecord[]], format: 'xlsx' | 'json') {
  const [{ edition, residentId }] = records;
  const isJson = format === 'json';
  return {
    door: 'record',
    people: 1,
    residentId,
    name: `${edition.title}.${format}`,
    type: isJson
      ? 'application/json; charset=utf-8'
      : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    make: (mark: Watermark) =>
      isJson
        ? Buffer.from(JSON.stringify({ watermark: mark, records: exportJson(records) }, null, 1))
        : writeRecordWorkbook(records, mark).then(collectStream),
  } as const;
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
    file: 'record',
    params: z.strictObject({ recordId: idSchema() }),
    query: exportFormat,
    response: z.undefined(),
    async handle({ actor, params, query, now, reply }, { database }) {
      const scope = { countyId: actor.countyId, path: actor.scopePath };
      const found = await withScope(database, scope, (tx) => readExport(tx, actor.countyId, params.recordId));
      const { purpose, format } = query;
      const [masked] = found ? maskForFile([found], actor.role, purpose) : [];
      if (!masked) return refused('not-found');
      const subject = masked.recordId;
      return markExport(database, actor, reply, { ...fileOf([masked], format), purpose, subject, now });
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/residents/:residentId/forms/:form/export',
    summary: '导出居民的同类表单',
    action: 'records.export',
    file: 'record',
    params: z.strictObject({ residentId: idSchema(), form: textSchema(60) }),
    query: exportFormat,
    response: z.undefined(),
    async handle({ actor, params, query, now, reply }, { database }) {
      const scope = { countyId: actor.countyId, path: actor.scopePath };
      const found = await withScope(database, scope, (tx) =>
        readExports(tx, actor.countyId, params.residentId, params.form),
      );
      const { purpose, format } = query;
      const [first, ...rest] = maskForFile(found, actor.role, purpose);
      if (!first) return refused('not-found');
      const file = fileOf([first, ...rest], format);
      return markExport(database, actor, reply, { ...file, purpose, subject: params.form, now });
    },
  }),
  defineRoute({
    ...listFormEditions,
    summary: '一张表单现有的各版',
    action: 'forms.read',
    handle: ({ actor, params }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => {
        const heads = await readEditionHeads(tx, actor.countyId, params.form);
        return { items: heads.filter((one) => one.engine <= engineEdition) };
      }),
  }),
  defineRoute({
    ...showFormEdition,
    summary: '一张表单的一版的定义',
    action: 'forms.read',
    handle: ({ actor, params }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => {
        const { form, edition } = params;
        return (await findFormEdition(tx, actor.countyId, form, edition)) ?? refused('not-found');
      }),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/forms/:form/:edition/questionnaire',
    summary: '下载表单的 FHIR Questionnaire',
    action: 'forms.read',
    file: 'no-residents',
    params: z.strictObject({ form: textSchema(60), edition: textSchema(20) }),
    response: z.undefined(),
    async handle({ actor, params, reply }, { database }) {
      const edition = await withScope(database, { countyId: actor.countyId, path: actor.scopePath }, (tx) =>
        findFormEdition(tx, actor.countyId, params.form, params.edition),
      );
      if (!edition) return refused('not-found');
      const name = `${edition.form}-${edition.edition}.questionnaire.json`;
      void reply
        .header('content-type', 'application/fhir+json')
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
        .send(JSON.stringify(toFhirQuestionnaire(edition), null, 1));
      return undefined;
    },
  }),
];
