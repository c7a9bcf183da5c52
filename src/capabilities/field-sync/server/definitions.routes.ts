import { refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import { countyWide } from '#platform/server/auth/county-wide.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { listDefinitions, takeDefinitions } from '../definition-contract.ts';
import { findDevice } from './devices.ts';
import { readDefinitionLines } from './list-definitions.ts';
import { publishOwnDefinitions } from './publish-definitions.ts';
import { readDefinitionSet, readDefinitions } from './read-definitions.ts';
import { sendCompressed } from './send-compressed.ts';

const countyOf = (actor: Actor) => ({ countyId: actor.countyId, path: countyWide(actor).scopePath });
const scopeOf = (actor: Actor) => ({ countyId: actor.countyId, path: actor.scopePath });

/** Definitions as phones take them, and who has which. */
export const definitionRoutes = [
  defineRoute({
    ...takeDefinitions,
    summary: '取回表单、规则参数、药品目录与县级设置',
    action: 'field.sync',
    async handle({ actor, body, now, request, reply }, { database }) {
      await publishOwnDefinitions(database, actor, now);
      const answer = await withScope(database, countyOf(actor), async (tx) => {
        const device = await findDevice(tx, actor, body.deviceId);
        if (device?.state !== 'active')
          return refused('not-allowed', { detail: '这台手机没有登记或已被收回。' });
        const { set, heads } = await readDefinitionSet(tx, actor.countyId, now);
        const lacking = heads.map((one) => one.digest).filter((digest) => !body.held.includes(digest));
        return { set, heads, documents: await readDefinitions(tx, actor.countyId, lacking) };
      });
      return 'problem' in answer ? answer : sendCompressed(request, reply, answer);
    },
  }),
  defineRoute({
    ...listDefinitions,
    summary: '表单与规则版本',
    action: 'field.devices',
    async handle({ actor, now }, { database }) {
      await publishOwnDefinitions(database, actor, now);
      return withScope(database, scopeOf(actor), (tx) => readDefinitionLines(tx, actor.countyId, now));
    },
  }),
];
