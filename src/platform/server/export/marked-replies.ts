import type { FastifyReply } from 'fastify';

/** Replies whose file was entered in the register. */
const marked = new WeakSet<FastifyReply>();

/** Says that the file of this reply is marked and registered. */
export const noteMarked = (reply: FastifyReply): void => void marked.add(reply);

/** Whether this reply hands out a file that nobody entered in the register. */
export const isUnmarkedFile = (reply: FastifyReply): boolean =>
  reply.getHeader('content-disposition') !== undefined && !marked.has(reply);
