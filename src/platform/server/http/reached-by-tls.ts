import type { FastifyInstance, FastifyRequest } from 'fastify';

const behindTls = new WeakSet<object>();

/** Says of a server that whoever reaches it from outside does so by TLS, which a gateway in front of it ends. */
export const tellBehindTls = (app: FastifyInstance): void => void behindTls.add(app.server);

/** Whether the caller's own connection is encrypted: then what the browser keeps must never travel otherwise. */
export const isReachedByTls = (request: FastifyRequest): boolean =>
  request.protocol === 'https' || behindTls.has(request.server.server);

/** A gateway that let somebody in without encryption says so; what was asked that way is not answered. */
export const cameInPlain = (request: FastifyRequest): boolean =>
  behindTls.has(request.server.server) && /^http$/i.test(String(request.headers['x-forwarded-proto'] ?? ''));
