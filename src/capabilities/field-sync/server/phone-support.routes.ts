import { refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import { changePhoneSettings, readOutboxFile, showPhoneSettings } from '../device-contract.ts';
import { takeOutboxFile } from './outbox-file.ts';
import { readPhoneSettings, writePhoneSettings } from './phone-settings.ts';

/** A few hundred forms, sealed. */
const fileBytes = 5 * 1024 * 1024;
const scopeOf = (actor: Actor) => ({ countyId: actor.countyId, path: actor.scopePath });

/** What support does beyond looking: reads a phone's file, and says how long phones work without contact. */
export const phoneSupportRoutes = [
  defineRoute({
    ...readOutboxFile,
    summary: '读入手机导出的未上传内容',
    action: 'field.support',
    bodyLimitBytes: fileBytes,
    async handle({ actor, body, now }, { database }) {
      if (database.drill !== undefined)
        return refused('drill-copy', { detail: '文件和手机上的内容都在；请在正式系统里读入。' });
      return takeOutboxFile(database, actor, body, now);
    },
  }),
  defineRoute({
    ...showPhoneSettings,
    summary: '手机设置',
    action: 'field.devices',
    handle: ({ actor }, { database }) =>
      withScope(database, scopeOf(actor), (tx) => readPhoneSettings(tx, actor.countyId)),
  }),
  defineRoute({
    ...changePhoneSettings,
    summary: '修改手机设置',
    action: 'county-settings.change',
    handle: ({ actor, body, now }, { database }) =>
      onceOnly(database, actor, { operationId: body.operationId, kind: 'setting.change', body, now }, (tx) =>
        writePhoneSettings(tx, actor, { ...body, now }),
      ),
  }),
];
