import { sql } from 'kysely';
import { z } from 'zod';
import { refused } from '#kernel/problem.ts';
import { recordAudit } from '../audit/record-audit.ts';
import type { Database } from '../database/open-database.ts';
import { defineRoute } from '../http/define-route.ts';
import { callbackPath, type Visitor } from './identity-service.ts';
import { setCookie } from './session-routes.ts';
import { inCounty, openSession } from './sessions.ts';

const cookieName = 'quancheng_identity';
const cookieScope = { path: '/api/session/identity', httpOnly: true, sameSite: 'lax' } as const;

/** Signing in through the county's own service: there and back, and a session like any other. */
export const identityRoutes = [
  defineRoute({
    method: 'GET',
    path: '/api/session/identity',
    summary: '去县统一身份认证登录',
    action: 'session.open',
    response: z.undefined(),
    async handle({ now, reply, request }, { identityService, keys, log }) {
      if (!identityService) return refused('not-found');
      try {
        const { url, cookie } = await identityService.begin(keys, now);
        reply.setCookie(cookieName, cookie, {
          ...cookieScope,
          maxAge: 600,
          secure: request.protocol === 'https',
        });
        await reply.redirect(url);
        return undefined;
      } catch (error) {
        log.error({ name: (error as Error).name }, 'identity service does not answer');
        await reply.redirect('/?sign-in=away');
        return undefined;
      }
    },
  }),
  defineRoute({
    method: 'GET',
    path: callbackPath,
    summary: '从县统一身份认证返回',
    action: 'session.open',
    response: z.undefined(),
    async handle({ now, reply, request }, { identityService, database, countyId, keys }) {
      if (!identityService) return refused('not-found');
      const cookie = request.cookies[cookieName] ?? '';
      reply.clearCookie(cookieName, cookieScope);
      const query = new URL(request.url, 'http://localhost').search;
      const visitor = await identityService.finish(keys, { query, cookie, now });
      const staffId = visitor && (await findStaff(database, countyId, visitor, now));
      if (!visitor || staffId === undefined) {
        await reply.redirect('/?sign-in=refused');
        return undefined;
      }
      const token = await openSession(database, {
        countyId,
        staffId,
        address: request.ip,
        agent: request.headers['user-agent'],
        secondFactorAt: visitor.hasSecondFactor ? now : undefined,
        now,
      });
      setCookie(request, reply, token);
      await reply.redirect('/');
      return undefined;
    },
  }),
];

/** The account of a visitor: tied to the service's own number after the first time, so that a name given anew opens nothing. */
function findStaff(
  database: Database,
  countyId: string,
  visitor: Visitor,
  now: Date,
): Promise<string | undefined> {
  return inCounty(database, countyId, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      update staff set external_subject = ${visitor.subject}
      where county_id = ${countyId} and disabled_at is null and (external_subject = ${visitor.subject}
        or (external_subject is null and username = ${visitor.username ?? null}
          and not exists (select 1 from staff t where t.county_id = ${countyId} and t.external_subject = ${visitor.subject})))
      returning id`.execute(tx);
    const staffId = rows[0]?.id;
    await recordAudit(tx, undefined, {
      action: 'session.open',
      subject: staffId,
      outcome: staffId ? 'allowed' : 'refused',
      detail: { by: 'identity-service' },
      countyId,
      now,
    });
    return staffId;
  });
}
