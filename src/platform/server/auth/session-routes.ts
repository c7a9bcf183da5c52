import type { FastifyReply, FastifyRequest } from 'fastify';
import { dayInChina } from '#kernel/plain-date.ts';
import { refused } from '#kernel/problem.ts';
import { roleLabels } from '#standards/roles.ts';
import {
  changePassword,
  type Session,
  showSession,
  showSystem,
  signIn,
  signOut,
} from '#standards/session-contract.ts';
import type { Database } from '../database/open-database.ts';
import { defineRoute } from '../http/define-route.ts';
import { isReachedByTls } from '../http/reached-by-tls.ts';
import type { Actor } from './actor.ts';
import { checkCredentials } from './check-credentials.ts';
import { changeOwnPassword } from './passwords.ts';
import {
  closeSession,
  closeSessionsOf,
  inCounty,
  openSession,
  readSecurityProfile,
  readSession,
  sessionCookie,
} from './sessions.ts';

/** What is kept of where a session was opened. */
const callerOf = (request: FastifyRequest) => ({
  address: request.ip,
  agent: request.headers['user-agent'],
});

async function readHeldSession(database: Database, actor: Actor): Promise<Date | undefined> {
  const row = await inCounty(database, actor.countyId, (tx) =>
    tx
      .selectFrom('session')
      .select('second_factor_at')
      .where('county_id', '=', actor.countyId)
      .where('id', '=', actor.sessionId ?? '')
      .executeTakeFirst(),
  );
  return row?.second_factor_at ?? undefined;
}

export function setCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
  reply.setCookie(sessionCookie, token, {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: isReachedByTls(request),
  });
}

export async function describeSession(database: Database, actor: Actor, now: Date): Promise<Session> {
  const row = await inCounty(database, actor.countyId, (tx) =>
    tx
      .selectFrom('county as c')
      .leftJoin('organization as o', (join) =>
        join.onRef('o.county_id', '=', 'c.county_id').on('o.path', '=', actor.scopePath),
      )
      .select(['c.name', 'c.is_demo', 'o.name as scope_name'])
      .where('c.county_id', '=', actor.countyId)
      .executeTakeFirstOrThrow(),
  );
  return {
    staffId: actor.staffId,
    name: actor.name,
    username: actor.username,
    role: actor.role,
    roleLabel: roleLabels[actor.role],
    organizationId: actor.organizationId,
    organizationName: actor.organizationName,
    organizationKind: actor.organizationKind,
    countyId: actor.countyId,
    countyName: row.name,
    scopeName: row.scope_name ?? row.name,
    isDemo: row.is_demo,
    mustChangePassword: actor.mustChangePassword,
    stage: actor.stage,
    today: dayInChina(now),
  };
}

export const sessionRoutes = [
  defineRoute({
    ...signIn,
    summary: '登录',
    action: 'session.open',
    async handle({ body, now, request, reply }, { database, countyId, keys }) {
      const address = request.ip;
      const checked = await checkCredentials(database, { countyId, keys, ...body, address, now });
      if (checked.kind === 'refused') return checked;
      const old = request.cookies[sessionCookie];
      if (old !== undefined) await closeSession(database, countyId, old);
      const token = await openSession(database, {
        countyId,
        staffId: checked.staffId,
        ...callerOf(request),
        now,
      });
      const actor = await readSession(database, countyId, token, now);
      if (!actor) return refused('wrong-credentials');
      setCookie(request, reply, token);
      return describeSession(database, actor, now);
    },
  }),
  defineRoute({
    ...showSession,
    summary: '当前登录',
    action: 'own-account.use',
    handle: ({ actor, now }, { database }) => describeSession(database, actor, now),
  }),
  defineRoute({
    ...signOut,
    summary: '退出',
    action: 'session.open',
    async handle({ request, reply }, { database, countyId }) {
      const token = request.cookies[sessionCookie];
      if (token !== undefined) await closeSession(database, countyId, token);
      reply.clearCookie(sessionCookie, { path: '/' });
      return { signedOut: true as const };
    },
  }),
  defineRoute({
    ...changePassword,
    summary: '修改口令',
    action: 'own-account.use',
    async handle({ actor, body, now, request, reply }, { database }) {
      const held = await readHeldSession(database, actor);
      const result = await inCounty(database, actor.countyId, async (tx) => {
        const { passwordsRemembered } = await readSecurityProfile(tx, actor.countyId);
        return changeOwnPassword(tx, actor, { ...body, remembered: passwordsRemembered, now });
      });
      if ('kind' in result) return result;
      await closeSessionsOf(database, actor.countyId, actor.staffId);
      setCookie(
        request,
        reply,
        await openSession(database, {
          countyId: actor.countyId,
          staffId: actor.staffId,
          ...callerOf(request),
          secondFactorAt: held,
          now,
        }),
      );
      return { changed: true as const };
    },
  }),
  defineRoute({
    ...showSystem,
    summary: '系统情况',
    action: 'session.open',
    async handle({ today }, { database, countyId, identityService }) {
      const row = await inCounty(database, countyId, (tx) =>
        tx
          .selectFrom('county')
          .select(['name', 'is_demo'])
          .where('county_id', '=', countyId)
          .executeTakeFirst(),
      );
      return {
        countyName: row?.name ?? '未命名县',
        isDemo: row?.is_demo ?? false,
        today,
        identityService: identityService?.name ?? null,
      };
    },
  }),
];
