import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { problem } from '#kernel/problem.ts';
import { drillHeader, sayDrill } from '#standards/drill-copy.ts';
import { isUnmarkedFile } from '../export/marked-replies.ts';
import { settleJobs } from '../jobs/batch-jobs.ts';
import type { Metrics } from '../observe/metrics.ts';
import { answer, openAnswerer, sendProblem } from './answer-request.ts';
import type { AnyRoute, ServerContext } from './define-route.ts';
import { problemOf } from './problems.ts';
import { cameInPlain, tellBehindTls } from './reached-by-tls.ts';

/** Slow or endless requests are cut; see the time-outs of Node's own server, none of which close a slow body alone. */
const limits = {
  bodyBytes: 1024 * 1024,
  requestMilliseconds: 10_000,
  headersMilliseconds: 5_000,
  connectionsCheckMilliseconds: 1_000,
  keepAliveMilliseconds: 30_000,
  /** Requests in work at once before new ones are told to come back. */
  inFlight: { work: 200, signIn: 60 },
};

/** Builds the HTTP server from routes. Throws when a route does not name its action, or when two share a place. */
export async function createHttpServer(
  context: ServerContext,
  routes: readonly AnyRoute[],
  options: {
    staticFolder?: string;
    fieldFolder?: string;
    metrics?: Metrics | undefined;
    behindTls?: boolean;
  } = {},
): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestMilliseconds,
    keepAliveTimeout: limits.keepAliveMilliseconds,
    http: {
      headersTimeout: limits.headersMilliseconds,
      requestTimeout: limits.requestMilliseconds,
      connectionsCheckingInterval: limits.connectionsCheckMilliseconds,
    },
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 200 },
  });
  if (options.behindTls) tellBehindTls(app);
  app.removeContentTypeParser('text/plain');
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  await app.register(fastifyCookie);
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // The component library writes style elements at run time; no script may.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: true },
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });

  app.addHook('onClose', () => settleJobs(context.database));
  const inFlight = { work: 0, signIn: 0 };
  app.addHook('onRequest', async (request, reply) => {
    // Signing in costs a password check: it has a lane of its own, so that a flood at the door stops nobody inside.
    const lane = request.method === 'POST' && request.url === '/api/session' ? 'signIn' : 'work';
    inFlight[lane] += 1;
    reply.raw.once('close', () => {
      inFlight[lane] -= 1;
    });
    // An address written another way (`/%61pi/…`, `http://host/api/…`) leads to the same route and passes the same checks.
    if (!request.url.startsWith('/api/') && !request.routeOptions.url?.startsWith('/api/')) return;
    reply.header('cache-control', 'no-store');
    reply.header(drillHeader, sayDrill(context.database.drill));
    if (cameInPlain(request))
      return sendProblem(
        request,
        reply,
        problem('not-allowed', { detail: '连接没有加密，请用 https 打开本系统。' }),
      );
    if (isOtherText(request.headers['content-type']))
      return sendProblem(request, reply, problem('malformed-request'));
    if (inFlight[lane] > limits.inFlight[lane]) {
      options.metrics?.requestTurnedAway();
      reply.header('retry-after', '2');
      return sendProblem(request, reply, problem('busy'));
    }
    if (request.method !== 'GET' && !isSameOrigin(request)) {
      return sendProblem(
        request,
        reply,
        problem('not-allowed', { detail: '请求来源不正确，请从系统页面内操作。' }),
      );
    }
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const { statusCode: status, elapsedTime } = reply;
    options.metrics?.requestDone({ method: request.method, route, status, seconds: elapsedTime / 1000 });
    if (!request.url.startsWith('/api/')) return;
    const ms = Math.round(elapsedTime * 10) / 10;
    // The route as declared, never the address asked for: people type names into addresses.
    context.log.info({ requestId: request.id, method: request.method, route, status, ms }, 'request');
  });
  app.setErrorHandler((error, request, reply) => {
    const known = problemOf(error);
    if (known?.code === 'audit-unavailable')
      context.log.error({ requestId: request.id }, 'audit unavailable');
    if (!known) context.log.error({ err: describeError(error), requestId: request.id }, 'unexpected error');
    return sendProblem(request, reply, known ?? problem('unexpected'));
  });

  const answerer = openAnswerer(context);
  const seen = new Set<string>();
  for (const route of routes) {
    const place = `${route.method} ${route.path}`;
    if (!route.action) throw new Error(`route without action: ${place}`);
    if (seen.has(place)) throw new Error(`route declared twice: ${place}`);
    seen.add(place);
    app.route({
      method: route.method,
      url: route.path,
      ...(route.bodyLimitBytes === undefined ? {} : { bodyLimit: route.bodyLimitBytes }),
      handler: (request, reply) => answer(answerer, route, request, reply),
      ...(route.file === 'no-residents' ? {} : { onSend: holdUnmarkedFile }),
    });
  }
  app.get('/health', async () => ({ alive: true }));
  app.get('/ready', async (_request, reply) => {
    const ready = await context.database.pool.query('select 1').then(
      () => true,
      () => false,
    );
    return reply.code(ready ? 200 : 503).send({ ready });
  });
  const { metrics } = options;
  if (metrics)
    app.get('/metrics', (request, reply) =>
      isTokenShown(request, metrics.token)
        ? metrics.text().then((text) => reply.type(metrics.contentType).send(text))
        : sendProblem(request, reply, problem('not-found')),
    );
  await serveFiles(app, options);
  return app;
}

/** A file that nobody entered in the export register does not leave, whatever the route forgot. */
async function holdUnmarkedFile(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (!isUnmarkedFile(reply)) return;
  reply.removeHeader('content-disposition');
  throw new Error('a file without its mark');
}

/** A body in another character set would be read as something it does not say. */
function isOtherText(contentType: string | undefined): boolean {
  return contentType !== undefined && /charset\s*=\s*"?(?!utf-?8\b)/i.test(contentType);
}

/** The same time for every wrong token. */
function isTokenShown(request: FastifyRequest, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(request.headers.authorization ?? ''), digest(`Bearer ${token}`));
}

/** Our screens send `sec-fetch-site: same-origin`; other clients without a browser send no origin at all. */
function isSameOrigin(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = request.headers;
  return origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
}

/** Name, code and place of an error; its message may quote a row, so it stays out of the log. */
function describeError(error: unknown): object {
  const { name, code, stack } = (error ?? {}) as { name?: string; code?: string; stack?: string };
  const frames = (stack ?? '').split('\n').filter((line) => line.trim().startsWith('at '));
  return { name, code, at: frames.slice(0, 6).map((line) => line.trim()) };
}

/** The pages of the workbench at `/`, those of the phone's app at `/field/`; each app's paths lead to its own start page. */
async function serveFiles(
  app: FastifyInstance,
  folders: { staticFolder?: string; fieldFolder?: string },
): Promise<void> {
  const { staticFolder, fieldFolder } = folders;
  if (staticFolder === undefined || !existsSync(join(staticFolder, 'index.html'))) return;
  const shared = {
    index: false,
    wildcard: true,
    // The build lays packed copies beside the files.
    preCompressed: true,
    // Otherwise its own header replaces the one set below.
    cacheControl: false,
    setHeaders: (response: { setHeader(name: string, value: string): unknown }, path: string) => {
      const hashed = path.includes('/assets/');
      response.setHeader('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      response.setHeader('vary', 'accept-encoding');
    },
  } as const;
  await app.register(fastifyStatic, { ...shared, root: staticFolder });
  const field =
    fieldFolder !== undefined && existsSync(join(fieldFolder, 'index.html')) ? fieldFolder : undefined;
  if (field !== undefined)
    await app.register(fastifyStatic, { ...shared, root: field, prefix: '/field/', decorateReply: false });
  const startPage = (path: string, reply: FastifyReply) => {
    const isField = field !== undefined && /^\/field(\/|\?|$)/.test(path);
    reply.header('cache-control', 'no-cache');
    return isField ? reply.sendFile('index.html', field) : reply.sendFile('index.html');
  };
  app.get('/', (request, reply) => startPage(request.url, reply));
  // The folder itself is no file: without this its name alone would be refused.
  if (field !== undefined) app.get('/field/', (request, reply) => startPage(request.url, reply));
  app.setNotFoundHandler((request, reply) => {
    const isPage =
      request.method === 'GET' &&
      !request.url.startsWith('/api/') &&
      !/^(\/field)?\/assets\//.test(request.url);
    return isPage ? startPage(request.url, reply) : sendProblem(request, reply, problem('not-found'));
  });
}
