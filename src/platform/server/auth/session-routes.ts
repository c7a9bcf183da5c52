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
import { recordAudit } from '../audit/record-audit.ts';
import type { Database } from '../database/open-database.ts';
import { defineRoute } from '../http/define-route.ts';
import type { Actor } from './actor.ts';
import { checkCredentials } from './check-credentials.ts';
import { hashPassword, isPassword, refusePassword } from './hash-password.ts';
import {
  closeSession,
  closeSessionsOf,
  inCounty,
  openSession,
  readSession,
  sessionCookie,
} from './sessions.ts';

function setCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
  reply.setCookie(sessionCookie, token, {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: request.protocol === 'https',
  });
}

async function describeSession(database: Database, actor: Actor, now: Date): Promise<Session> {
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
    today: dayInChina(now),
  };
}

export const sessionRoutes = [
  defineRoute({
    ...signIn,
    summary: '登录',
    access: 'public',
    async handle({ body, now, request, reply }, { database, countyId }) {
      const checked = await checkCredentials(database, { countyId, ...body, now });
      if (checked.kind === 'refused') return checked;
      const old = request.cookies[sessionCookie];
      if (old !== undefined) await closeSession(database, countyId, old);
      const token = await openSession(database, { countyId, staffId: checked.staffId, now });
      const actor = await readSession(database, countyId, token, now);
      if (!actor) return refused('wrong-credentials');
      setCookie(request, reply, token);
      return describeSession(database, actor, now);
    },
  }),
  defineRoute({
    ...showSession,
    summary: '当前登录',
    access: 'signed-in',
    handle: ({ actor, now }, { database }) => describeSession(database, actor, now),
  }),
  defineRoute({
    ...signOut,
    summary: '退出',
    access: 'public',
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
    access: 'signed-in',
    async handle({ actor, body, now, request, reply }, { database }) {
      const stored = await inCounty(database, actor.countyId, (tx) =>
        tx
          .selectFrom('staff')
          .select('password_hash')
          .where('county_id', '=', actor.countyId)
          .where('id', '=', actor.staffId)
          .executeTakeFirstOrThrow(),
      );
      if (!(await isPassword(stored.password_hash, body.currentPassword))) {
        const message = '当前口令不正确。';
        return refused('invalid-input', { issues: [{ path: 'currentPassword', code: 'wrong', message }] });
      }
      const message = refusePassword(body.newPassword, actor.username);
      if (message)
        return refused('invalid-input', { issues: [{ path: 'newPassword', code: 'weak', message }] });
      const passwordHash = await hashPassword(body.newPassword);
      await inCounty(database, actor.countyId, async (tx) => {
        await tx
          .updateTable('staff')
          .set({ password_hash: passwordHash, must_change_password: false })
          .where('county_id', '=', actor.countyId)
          .where('id', '=', actor.staffId)
          .execute();
        await recordAudit(tx, actor, { action: 'password.change', subject: actor.staffId, now });
      });
      await closeSessionsOf(database, actor.countyId, actor.staffId);
      setCookie(
        request,
        reply,
        await openSession(database, { countyId: actor.countyId, staffId: actor.staffId, now }),
      );
      return { changed: true as const };
    },
  }),
  defineRoute({
    ...showSystem,
    summary: '系统情况',
    access: 'public',
    async handle({ today }, { database, countyId }) {
      const row = await inCounty(database, countyId, (tx) =>
        tx
          .selectFrom('county')
          .select(['name', 'is_demo'])
          .where('county_id', '=', countyId)
          .executeTakeFirst(),
      );
      return { countyName: row?.name ?? '未命名县', isDemo: row?.is_demo ?? false, today };
    },
  }),
];
