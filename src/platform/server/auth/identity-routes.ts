import { sql } from 'kysely';
import { z } from 'zod';
import { refused } from '#kernel/problem.ts';
import { recordAudit } from '../audit/record-audit.ts';
import type { Database } from '../database/open-database.ts';
import { defineRoute } from '../http/define-route.ts';
import { isReachedByTls } from '../http/reached-by-tls.ts';
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
          secure: isReachedByTls(request),
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
      const found = visitor && (await findStaff(database, countyId, visitor, now));
      if (!visitor || found?.staffId === undefined) {
        await reply.redirect(found?.waits ? '/?sign-in=not-allowed-yet' : '/?sign-in=refused');
        return undefined;
      }
      const token = await openSession(database, {
        countyId,
        staffId: found.staffId,
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

/** Whose account a visitor opens, or that there is one by that name which waits for the administrator. */
interface Found {
  readonly staffId?: string | undefined;
  readonly waits: boolean;
}

/**
 * The account of a visitor. It is known by the service's own number, so that a name given anew opens nothing; the number
 * is taken up once, while the administrator lets this very account be tied.
 */
function findStaff(database: Database, countyId: string, visitor: Visitor, now: Date): Promise<Found> {
  return inCounty(database, countyId, async (tx) => {
    const note = (action: string, subject: string | undefined, outcome: 'allowed' | 'refused') =>
      recordAudit(tx, undefined, {
        action,
        subject,
        outcome,
        detail: { by: 'identity-service' },
        countyId,
        now,
      });
    const known = await sql<Account>`select id, disabled_at from staff
      where county_id = ${countyId} and external_subject = ${visitor.subject}`.execute(tx);
    const [tied] = known.rows;
    if (tied) {
      const staffId = tied.disabled_at === null ? tied.id : undefined;
      await note('session.open', tied.id, staffId ? 'allowed' : 'refused');
      return { staffId, waits: false };
    }
    const byName = await sql<Account & { allowed: boolean }>`
      select id, disabled_at, coalesce(identity_tie_until > ${now}, false) as allowed from staff
      where county_id = ${countyId} and username = ${visitor.username ?? null} and external_subject is null
        and disabled_at is null for update`.execute(tx);
    const [account] = byName.rows;
    if (!account?.allowed) {
      await note('session.open', account?.id, 'refused');
      return { waits: account !== undefined };
    }
    await sql`update staff set external_subject = ${visitor.subject}, identity_tie_until = null
      where county_id = ${countyId} and id = ${account.id}::uuid`.execute(tx);
    await note('staff.tie-identity', account.id, 'allowed');
    await note('session.open', account.id, 'allowed');
    return { staffId: account.id, waits: false };
  });
}

interface Account {
  readonly id: string;
  readonly disabled_at: Date | null;
}
