import type { FastifyReply, FastifyRequest } from 'fastify';
import { dayInChina } from '#kernel/plain-date.ts';
import { type Problem, type ProblemCode, problem, type Refused } from '#kernel/problem.ts';
import { type Action, policyOf } from '#standards/access-policy.ts';
import type { LookUpKind } from '#standards/access-profile.ts';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor, SignInStage } from '../auth/actor.ts';
import { admit } from '../auth/admit.ts';
import { LookUpLimit } from '../auth/look-up-limit.ts';
import { guarded, PresumedSessions } from '../auth/presumed-sessions.ts';
import { readSession, sessionCookie } from '../auth/sessions.ts';
import { withScope } from '../database/with-scope.ts';
import { maskAnswer } from '../masking/mask-answer.ts';
import type { AnyRoute, RouteInput, ServerContext } from './define-route.ts';
import { issuesOf, problemOf } from './problems.ts';

/** What answering needs and remembers between requests. */
interface Answerer {
  readonly context: ServerContext;
  readonly lookUps: LookUpLimit;
  readonly sessions: PresumedSessions;
}

/** Opens what the answers of one server share. */
export function openAnswerer(context: ServerContext): Answerer {
  return { context, lookUps: new LookUpLimit(), sessions: new PresumedSessions() };
}

/** What a person must do before anything but the sign-in itself is answered. */
const stageDetails: Readonly<Record<SignInStage, string | undefined>> = {
  open: undefined,
  'second-factor': '请先输入手机上的动态验证码。',
  'set-up-factor': '您的角色须先启用第二因子（动态验证码）。',
  'change-password': '请先修改口令。',
};

/** Everything by which phones take and give data. */
const ofPhones: ReadonlySet<Action> = new Set<Action>(['field.sync', 'field.hand-over']);

/**
 * Answers one request: who asks, whether they may, whether what they sent is sound, and then the route's own work. What
 * did not happen is in the trail as well, in a transaction of its own: the work's was rolled back.
 */
export async function answer(
  answerer: Answerer,
  route: AnyRoute,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const { context, lookUps, sessions } = answerer;
  const now = context.clock();
  // A phone that handed its work to a copy would take it for saved.
  if (context.database.drill !== undefined && ofPhones.has(route.action))
    return sendProblem(request, reply, problem('drill-copy'));
  const early = await workPresuming(answerer, route, request, reply, now);
  if (early) return send(context, route, early, request, reply);
  let actor: Actor | undefined;
  if (policyOf(route.action)?.grants !== 'anybody') {
    const token = request.cookies[sessionCookie];
    const holder = await readSession(context.database, context.countyId, token, now);
    if (!holder) return sendProblem(request, reply, problem('not-signed-in'));
    sessions.remember(token, holder);
    const who = fromHere(holder, request);
    actor = admit(who, route.action);
    const first = stillToDo(route, who);
    if (first || !actor) {
      await recordRefusal(context, who, `${route.method} ${route.path}`, now);
      return sendProblem(request, reply, problem('not-allowed', first ? { detail: first } : {}));
    }
  }
  const given = readGiven(route, request);
  if (given.issues) {
    if (actor) await recordFailure(context, actor, route, { code: 'invalid-input', now });
    return sendProblem(request, reply, problem('invalid-input', { issues: given.issues }));
  }
  if (route.lookUp && actor) {
    const about = JSON.stringify(given.params ?? given.body ?? given.query);
    if (!lookUps.note(actor.staffId, route.lookUp, about, now)) {
      await recordRefusal(context, actor, `look-up.${route.lookUp}-limit`, now);
      return sendProblem(request, reply, problem('too-many-look-ups'));
    }
  }
  const mayLookUp = (kind: LookUpKind, people: readonly string[]) =>
    actor !== undefined && lookUps.noteAll(actor.staffId, kind, people, now);
  const input = { ...given, actor, now, today: dayInChina(now), request, reply, mayLookUp };
  try {
    const result = await route.handle(input as unknown as RouteInput<never, never, never>, context);
    return await send(context, route, { result, actor, now, given }, request, reply);
  } catch (error) {
    const code = problemOf(error)?.code ?? 'unexpected';
    if (actor) await recordFailure(context, actor, route, { code, now });
    throw error;
  }
}

/**
 * Does the work as who last held the session, which the work's first transaction reads again. Undefined when the session
 * was not read before, when it has changed, or when the work ended without it having been confirmed: then nothing was
 * done, and the request is answered from the beginning.
 */
async function workPresuming(
  { context, sessions }: Answerer,
  route: AnyRoute,
  request: FastifyRequest,
  reply: FastifyReply,
  now: Date,
): Promise<Outcome | undefined> {
  if (!route.sessionRidesAlong) return undefined;
  const guard = sessions.guard(context.countyId, request.cookies[sessionCookie], now);
  const actor = guard && admit(fromHere(guard.actor, request), route.action);
  if (!guard || !actor || stillToDo(route, actor)) return undefined;
  const given = readGiven(route, request);
  if (given.issues) return undefined;
  const input = { ...given, actor, now, today: dayInChina(now), request, reply, mayLookUp: () => false };
  const within = { ...context, database: guarded(context.database, guard) };
  try {
    const result = await route.handle(input as unknown as RouteInput<never, never, never>, within);
    return guard.isConfirmed ? { result, actor, now, given } : undefined;
  } catch (error) {
    if (guard.isConfirmed) {
      await recordFailure(context, actor, route, { code: problemOf(error)?.code ?? 'unexpected', now });
      throw error;
    }
    return undefined;
  }
}

const fromHere = (holder: Actor, request: FastifyRequest): Actor => ({
  ...holder,
  origin: { address: request.ip, requestId: request.id },
});

const stillToDo = (route: AnyRoute, actor: Actor) =>
  route.path.startsWith('/api/session') ? undefined : stageDetails[actor.stage];

/** What was sent, as the route's schemas read it, or what is wrong with it. */
function readGiven(route: AnyRoute, request: FastifyRequest) {
  const params = route.params?.safeParse(request.params);
  const query = route.query?.safeParse(request.query);
  const body = route.body?.safeParse(request.body);
  const failed = [params, query, body].find((part) => part && !part.success);
  const issues = failed?.error && issuesOf(failed.error);
  return { params: params?.data, query: query?.data, body: body?.data, issues };
}

function recordRefusal({ database }: ServerContext, who: Actor, action: string, now: Date): Promise<void> {
  return withScope(database, { countyId: who.countyId, path: who.scopePath }, (tx) =>
    recordAudit(tx, who, { action, outcome: 'refused', now }),
  );
}

/** Writes down what did not happen. Where even that cannot be written, the answer is a refusal anyway. */
async function recordFailure(
  context: ServerContext,
  actor: Actor,
  route: AnyRoute,
  { code, now }: { code: ProblemCode; now: Date },
): Promise<void> {
  const entry = {
    action: `${route.method} ${route.path}`,
    outcome: 'refused' as const,
    detail: { code },
    now,
  };
  await withScope(context.database, { countyId: actor.countyId, path: actor.scopePath }, (tx) =>
    recordAudit(tx, actor, entry),
  ).catch(() => context.log.error({ code }, 'a failure could not be written into the trail'));
}

/** What a route's work came to, for whom. */
interface Outcome {
  readonly result: unknown;
  readonly actor: Actor | undefined;
  readonly now: Date;
  readonly given: ReturnType<typeof readGiven>;
}

async function send(
  context: ServerContext,
  route: AnyRoute,
  { result, actor, now, given }: Outcome,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  if (result === undefined) return reply;
  const masked = (value: unknown) =>
    actor && policyOf(route.action)?.relation === 'area'
      ? maskAnswer(context.database, actor, {
          action: route.action,
          value,
          ...whatWasAsked(given),
          now,
          today: dayInChina(now),
        })
      : undefined;
  if (!isRefused(result)) {
    const text = await masked(result);
    return text === undefined ? reply.send(result) : reply.type('application/json; charset=utf-8').send(text);
  }
  if (actor) await recordFailure(context, actor, route, { code: result.problem.code, now });
  // What a refusal brings along (the latest answers of a stale version) is an answer like any other.
  const extra = result.problem.extra && (await masked(result.problem.extra));
  const shown = extra === undefined ? result.problem : { ...result.problem, extra: JSON.parse(extra) };
  return sendProblem(request, reply, shown);
}

/** Whom a request names, and everything it said. */
function whatWasAsked({ params, query, body }: Outcome['given']) {
  const { residentId } = { ...(body as object), ...(params as object) } as { residentId?: unknown };
  return {
    residentId: typeof residentId === 'string' ? residentId : undefined,
    said: JSON.stringify([params, query, body]),
  };
}

function isRefused(result: unknown): result is Refused {
  return typeof result === 'object' && result !== null && (result as { kind?: unknown }).kind === 'refused';
}

/** Answers with a named problem. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, what: Problem) {
  if (what.status === 503 && !reply.getHeader('retry-after')) reply.header('retry-after', '2');
  return reply
    .code(what.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send({ type: `urn:quancheng:problem:${what.code}`, instance: request.id, ...what });
}
