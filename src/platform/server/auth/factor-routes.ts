import { sql } from 'kysely';
import { refused } from '#kernel/problem.ts';
import {
  approveFactorReset,
  enableFactor,
  listFactorResets,
  listSessions,
  passSecondFactor,
  requestFactorReset,
  revokeSession,
  setUpFactor,
  showFactor,
} from '#standards/session-contract.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { defineRoute } from '../http/define-route.ts';
import type { Actor } from './actor.ts';
import { countFailure } from './check-credentials.ts';
import { beginFactor, checkFactor, confirmFactor, describeFactor, wrongCode } from './second-factor.ts';
import { describeSession, setCookie } from './session-routes.ts';
import {
  closeSession,
  inCounty,
  listOwnSessions,
  openSession,
  readSession,
  revokeOwnSession,
  sessionCookie,
} from './sessions.ts';

/** Another than who asked and than the person; the security administrator, but for one of their own kind also the other. */
const mayApprove = (actor: Actor) => sql`(r.requested_by <> ${actor.staffId}::uuid
  and r.staff_id <> ${actor.staffId}::uuid
  and (${actor.role} = 'security-administrator' or s.role = 'security-administrator'))`;

export const factorRoutes = [
  defineRoute({
    ...passSecondFactor,
    summary: '输入动态验证码',
    action: 'own-account.use',
    async handle({ actor, body, now, request, reply }, { database, countyId, keys }) {
      const locked = await inCounty(database, countyId, (tx) =>
        tx
          .selectFrom('staff')
          .select('locked_until')
          .where('county_id', '=', countyId)
          .where('id', '=', actor.staffId)
          .executeTakeFirst(),
      );
      if (locked?.locked_until && locked.locked_until > now) return refused('too-many-attempts');
      const right = await inCounty(database, countyId, (tx) =>
        checkFactor(tx, actor, keys, { code: body.code, now }),
      );
      if (!right) {
        await countFailure(database, countyId, actor.staffId, now);
        return wrongCode();
      }
      // A new token: what was known before the second factor opens nothing after it.
      const old = request.cookies[sessionCookie];
      if (old !== undefined) await closeSession(database, countyId, old);
      const token = await openSession(database, {
        countyId,
        staffId: actor.staffId,
        address: request.ip,
        agent: request.headers['user-agent'],
        secondFactorAt: now,
        now,
      });
      const opened = await readSession(database, countyId, token, now);
      if (!opened) return refused('not-signed-in');
      setCookie(request, reply, token);
      return describeSession(database, opened, now);
    },
  }),
  defineRoute({
    ...showFactor,
    summary: '第二因子的状态',
    action: 'own-account.use',
    handle: ({ actor }, { database, countyId }) =>
      inCounty(database, countyId, (tx) => describeFactor(tx, actor)),
  }),
  defineRoute({
    ...setUpFactor,
    summary: '生成第二因子',
    action: 'own-account.use',
    async handle({ actor, now }, { database, countyId, keys }) {
      if (actor.stage === 'second-factor') return refused('not-allowed');
      return inCounty(database, countyId, (tx) => beginFactor(tx, actor, keys, now));
    },
  }),
  defineRoute({
    ...enableFactor,
    summary: '启用第二因子',
    action: 'own-account.use',
    async handle({ actor, body, now }, { database, countyId, keys }) {
      return inCounty(database, countyId, async (tx) => {
        const enabled = await confirmFactor(tx, actor, keys, { code: body.code.trim(), now });
        if (!('kind' in enabled))
          await sql`update session set second_factor_at = ${now}
            where county_id = ${countyId} and id = ${actor.sessionId ?? null}::uuid`.execute(tx);
        return enabled;
      });
    },
  }),
  defineRoute({
    ...listSessions,
    summary: '自己的登录',
    action: 'own-account.use',
    handle: async ({ actor }, { database }) => ({ items: await listOwnSessions(database, actor) }),
  }),
  defineRoute({
    ...revokeSession,
    summary: '撤销自己的一处登录',
    action: 'own-account.use',
    async handle({ actor, params }, { database }) {
      const gone = await revokeOwnSession(database, actor, params.sessionId);
      return gone ? { revoked: true as const } : refused('not-found');
    },
  }),
  defineRoute({
    ...requestFactorReset,
    summary: '申请重置第二因子',
    action: 'factor-resets.settle',
    async handle({ actor, body, now }, { database, countyId }) {
      if (body.reason.trim().length < 4)
        return refused('invalid-input', {
          issues: [{ path: 'reason', code: 'missing', message: '请写明原因（至少 4 个字）。' }],
        });
      return inCounty(database, countyId, async (tx) => {
        const { rows } = await sql<{ id: string }>`
          insert into factor_reset (county_id, id, staff_id, reason, requested_by, requested_at)
          select county_id, ${body.resetId}::uuid, id, ${body.reason.trim()}, ${actor.staffId}::uuid, ${now} from staff
          where county_id = ${countyId} and id = ${body.staffId}::uuid on conflict do nothing returning id`.execute(
          tx,
        );
        if (rows.length === 0) {
          const held = await sql<{
            mine: boolean;
          }>`select id = ${body.resetId}::uuid as mine from factor_reset
            where county_id = ${countyId} and (id = ${body.resetId}::uuid or (staff_id = ${body.staffId}::uuid and approved_at is null))`.execute(
            tx,
          );
          if (held.rows.some((row) => row.mine)) return { resetId: body.resetId };
          return held.rows.length > 0
            ? refused('already-exists', { detail: '此人的重置申请正等待批准。' })
            : refused('not-found');
        }
        await recordAudit(tx, actor, { action: 'factor.reset-request', subject: body.staffId, now });
        return { resetId: body.resetId };
      });
    },
  }),
  defineRoute({
    ...listFactorResets,
    summary: '待批准的第二因子重置',
    action: 'factor-resets.settle',
    handle: ({ actor }, { database, countyId }) =>
      inCounty(database, countyId, async (tx) => {
        const { rows } = await sql<{
          id: string;
          name: string;
          username: string;
          reason: string;
          by: string;
          requested_at: Date;
          may: boolean;
        }>`
          select r.id, s.name, s.username, r.reason, q.name as by, r.requested_at,
            ${mayApprove(actor)} as may
          from factor_reset r
          join staff s on s.county_id = r.county_id and s.id = r.staff_id
          join staff q on q.county_id = r.county_id and q.id = r.requested_by
          where r.county_id = ${countyId} and r.approved_at is null order by r.requested_at limit 100`.execute(
          tx,
        );
        return {
          items: rows.map((row) => ({
            resetId: row.id,
            staffName: row.name,
            username: row.username,
            reason: row.reason,
            requestedBy: row.by,
            requestedAt: row.requested_at.toISOString(),
            mayApprove: row.may,
          })),
        };
      }),
  }),
  defineRoute({
    ...approveFactorReset,
    summary: '批准重置第二因子',
    action: 'factor-resets.settle',
    handle: ({ actor, params, now }, { database, countyId }) =>
      inCounty(database, countyId, async (tx) => {
        const { rows } = await sql<{ staff_id: string }>`
          update factor_reset r set approved_by = ${actor.staffId}::uuid, approved_at = ${now} from staff s
          where r.county_id = ${countyId} and r.id = ${params.resetId}::uuid and r.approved_at is null
            and s.county_id = r.county_id and s.id = r.staff_id and ${mayApprove(actor)}
          returning r.staff_id`.execute(tx);
        const staffId = rows[0]?.staff_id;
        if (staffId === undefined)
          return refused('not-allowed', {
            detail: '须由申请人和本人之外的安全管理员批准；安全管理员本人的，由另一位管理员批准。',
          });
        for (const table of ['staff_factor', 'recovery_code', 'session'] as const)
          await tx
            .deleteFrom(table)
            .where('county_id', '=', countyId)
            .where('staff_id', '=', staffId)
            .execute();
        await recordAudit(tx, actor, { action: 'factor.reset', subject: staffId, now });
        return { approved: true as const };
      }),
  }),
];
